"""Leads of one person that may go to several reps, and keys that join nobody."""

from collections.abc import Iterator

import pandas as pd

from crm import CrmData, Issue, alike, listed
from crm.contact_keys.keys import COLUMNS, KeyReader, refusals
from crm.contact_keys.reading import PLACEHOLDER
from scenarios.duplicates import Duplicates
from scenarios.validation import ScenarioFile
from solver.rules.one_owner import OneOwner

NAMED = 3
"""Leads and cells named before the rest is counted."""
OF_A_PERSON = ("email", "phone")
"""Kinds of keys in which leads of one person are alike."""
OF_AN_ACCOUNT = {"domain": ("website", "domain", "email"), "company": ("company",)}


def key_reader(spec: Duplicates | None) -> KeyReader:
    """Return how cells are read as keys; without a section, by its defaults."""
    spec = spec or Duplicates()
    return KeyReader(spec.country or "", spec.plus_addresses)


def duplicate_issues(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    """Yield warnings of leads that are one, and faults of the section about them."""
    spec = file.scenario.duplicates
    is_joined = spec is not None and file.scenario.ledger is not None
    joined = any(isinstance(rule, OneOwner) for rule in file.scenario.rules)
    kinds = {*(OF_A_PERSON if not (is_joined or joined) else ())}
    read = key_reader(spec).read(crm.leads, kinds | {*(spec.keys if spec else ())})
    if not (is_joined or joined):
        yield from _alike(file, read)
    if spec is None:
        return
    if not is_joined:
        text = (
            "leads that are one have one owner by the ledger; add `ledger: ledger.db`"
        )
        yield file.issue(("duplicates",), text, severity="warning")
    yield from _lacking(file, crm, spec)
    yield from _refused(file, read[read["kind"].isin(spec.keys)])


def _alike(file: ScenarioFile, read: pd.DataFrame) -> Iterator[Issue]:
    """Yield a warning where leads of one person may go to several reps."""
    for kind in OF_A_PERSON:
        own = read[(read["kind"] == kind) & (read["why_not"] != PLACEHOLDER)]
        texts = own["key"].where(own["key"] != "", own["cell"].map(alike))
        again = own[texts.duplicated(keep=False)]
        if len(again):
            ids = again["lead_id"].tolist()
            text = (
                f"{len(ids):,} leads share their {kind} with another one "
                f"({listed(ids, NAMED)}) and may go to several reps; a rule of kind "
                f"one_owner with same: {kind} gives them one, and so does "
                "`duplicates: {}` with a ledger, for one slot"
            )
            yield file.issue(("data", "leads"), text, severity="warning")


def _lacking(file: ScenarioFile, crm: CrmData, spec: Duplicates) -> Iterator[Issue]:
    """Yield an error for each key that no column tells."""
    given = "keys" in spec.model_fields_set
    for place, kind in enumerate(spec.keys if given else ()):
        if not any(crm.has("leads", column) for column in COLUMNS[kind]):
            names = " or ".join(COLUMNS[kind])
            yield file.issue(("duplicates", "keys", place), f"leads have no {names}")
    for place, kind in enumerate(spec.accounts):
        for table, columns in (
            ("leads", COLUMNS[kind]),
            ("accounts", OF_AN_ACCOUNT[kind]),
        ):
            if not any(crm.has(table, column) for column in columns):
                text = f"{table} have no {' or '.join(columns)}"
                yield file.issue(("duplicates", "accounts", place), text)


def _refused(file: ScenarioFile, read: pd.DataFrame) -> Iterator[Issue]:
    """Yield a warning for each reason why cells join nobody."""
    for kind, why, cells in refusals(read):
        n_cells = int(((read["kind"] == kind) & (read["why_not"] == why)).sum())
        named = listed([repr(cell) for cell in cells], NAMED)
        n_leads = "1 lead" if n_cells == 1 else f"{n_cells:,} leads"
        text = f"{kind} of {n_leads} {why}, so it joins nobody: {named}"
        yield file.issue(("duplicates",), text, severity="warning")

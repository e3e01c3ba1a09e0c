"""Outcomes of a CRM's export taken into the ledger, all of them or none."""

from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
from sqlalchemy import Connection

from crm import DataError, Issue, Source, read_outcomes
from crm.reading.outcomes import OUTCOMES, known_reps
from ledger.events import Event, add_events
from ledger.frames import Kind, rows_of
from ledger.learning.outcomes import Known, known_of
from ledger.near_ids import near_hint
from ledger.ownership import give
from reporting.text.company.outcomes import OutcomeFigures
from runs.company.company import Company
from runs.company.people import actor
from runs.outcomes.facts import Facts, facts_of
from runs.outcomes.left_out import left_out, together
from runs.outcomes.news import News, news_of
from runs.outcomes.owners import other_owners
from runs.outcomes.standing import owner_at
from scenarios import ScenarioError
from scenarios.places import placed

GUESSED = 5
"""Unknown leads of which the nearest known one is named."""
EVENT: dict[str, Kind] = {
    "kind": "text",
    "at": "time",
    "lead_id": "text",
    "rep_id": "text",
    "reason": "text",
    "value": "number",
}
OWNER: dict[str, Kind] = {
    "kind": "text",
    "at": "time",
    "lead_id": "text",
    "rep_id": "text",
    "owner": "text",
    "reason": "text",
}


def take_outcomes(
    here: Company,
    file: Path | None = None,
    *,
    at: datetime | date | None = None,
    by: str = "",
    owners: bool = False,
    is_dry: bool = False,
) -> tuple[OutcomeFigures, tuple[Issue, ...]]:
    """Return what an export of outcomes brought to the ledger, and issues of its file.

    Parameters
    ----------
    here
        The scenario and its open ledger.
    file
        The export; by default the file or query that the scenario names.
    at
        When it was made; by default as late as the latest time it names.
    by
        Who does it.
    owners
        Whether owners of the CRM are taken over.
    is_dry
        Whether nothing is written.

    Raises
    ------
    DataError, ScenarioError
        Where the file cannot be read.
    """
    sources = sources_of(here, file)
    folder = here.file.path.parent if file is None else Path()
    try:
        table, issues = read_outcomes(sources, folder, here.calendar)
        reps = known_reps(sources["reps"], folder, here.calendar) if owners else set()
    except DataError as error:
        raise ScenarioError(placed(here.file.document, error.issues)) from error
    facts = facts_of(table, issues)
    now = None if at is None else here.moment(at)
    connected = here.ledger.reading() if is_dry else here.ledger.writing()
    with connected as connection:
        known = known_of(connection, list(facts.leads["lead_id"]))
        facts, unknown = _without_unknown(facts, known, connection)
        news = news_of(facts, known, now, datetime.now(UTC), here.calendar.zone)
        others = other_owners(facts, known, news, reps)
        who = by or actor()
        if not is_dry:
            add_events(connection, _events(news, known, who))
            _take_over(connection, others, news, who)
    out = together(unknown, news.left_out)
    n_told = len({*news.events["lead_id"], *out["lead_id"]} & {*_ids(facts)})
    figures = OutcomeFigures(
        file=table.file,
        ledger=here.ledger.name,
        moment=news.moment,
        is_dry=is_dry,
        n_rows=len(table.rows),
        n_nothing_new=len(facts.leads) - n_told,
        events=news.events,
        corrected=news.corrected,
        left_out=together(facts.left_out, out),
        owners=others,
        n_planned=news.n_planned,
    )
    return figures, tuple(issue for issue in issues if issue.severity != "error")


def sources_of(here: Company, file: Path | None) -> dict[str, Source]:
    """Return how outcomes are read, and reps, whom they may name."""
    data = here.file.scenario.data
    own = data.outcomes
    if own is None and file is None:
        expected = "name a file, or give `outcomes` here"
        raise ScenarioError([here.file.issue(("data",), expected)])
    if file is not None:
        given = {"file": str(file), "sql": None, "url": None}
        own = (own or Source(file=str(file))).model_copy(update=given)
    assert own is not None
    reps = data.reps
    if file is not None and reps.file is not None:
        home = here.file.path.parent.absolute()
        reps = reps.model_copy(update={"file": str(home / reps.file)})
    return {OUTCOMES: own, "reps": reps}


def _ids(facts: Facts) -> list[str]:
    return list(facts.leads["lead_id"])


def _without_unknown(
    facts: Facts, known: Known, connection: Connection
) -> tuple[Facts, pd.DataFrame]:
    """Return the facts of leads that a run has met, and the rows of others."""
    is_known = facts.leads["lead_id"].isin(known.leads["lead_id"])
    unknown = facts.leads[~is_known]
    hints = {
        lead_id: near_hint(connection, lead_id)
        for lead_id in unknown["lead_id"].head(GUESSED)
    }

    def detail(row: pd.Series) -> str:
        return f"no run of the ledger has met it{hints.get(row['lead_id'], '')}"

    out = left_out(unknown, "unknown_lead", detail)
    leads = facts.leads[is_known].reset_index(drop=True)
    return Facts(leads, facts.steps, facts.left_out), out


def _events(news: News, known: Known, who: str) -> list[Event]:
    events = news.events
    owner = owner_at(events, known) if len(events) else pd.Series(dtype=object)
    rows = rows_of(events.assign(rep_id=owner), EVENT)
    return [Event(actor=who, **row) for row in rows]


def _take_over(
    connection: Connection, others: pd.DataFrame, news: News, who: str
) -> None:
    taken = others[others["is_taken"]].assign(
        kind="overridden", at=news.moment, reason="owner in the CRM"
    )
    for row in rows_of(taken, OWNER):
        give(connection, Event(actor=who, other=row.pop("owner"), **row))

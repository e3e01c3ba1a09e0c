"""A run folder held against every rule, without the solver."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crm import CrmData
from runs.experiment.recorded import Rows
from runs.folder.manifest import Manifest
from runs.folder.reading import read_folder
from solver import known_reasons, violations


@dataclass(frozen=True)
class Verdict:
    """What a run folder holds, and everything wrong with it.

    Attributes
    ----------
    problems
        A sentence each; empty if the folder is as it should be.
    n_assigned, n_unassigned, n_rules
        Rows in the two tables, and rules of the scenario.
    """

    problems: tuple[str, ...]
    n_assigned: int
    n_unassigned: int
    n_rules: int


def verify(folder: Path) -> Verdict:
    """Return the verdict on a run folder.

    Raises
    ------
    DataError, ScenarioError
        Where the folder is none, or its files cannot be read.
    """
    run = read_folder(folder)
    manifest, crm, rules = run.manifest, run.crm, run.file.scenario.rules
    columns = "lead_id", "rep_id", "value", "arm", "propensity"
    assigned = run.rows("assignments.csv", *columns)
    unassigned = run.rows("unassigned.csv", "lead_id", "reason")
    problems = [
        *(f"{name} {what}" for name, what in run.changed.items()),
        *_coverage(crm, assigned, unassigned),
        *_totals(manifest, assigned, unassigned),
        *manifest.experiment.problems(crm.leads["lead_id"], run.rows, assigned),
    ]
    if manifest.status.has_solution:
        owner = {row["lead_id"]: row["rep_id"] for row in assigned}
        problems += [str(violation) for violation in violations(crm, rules, owner)]
    counts = len(assigned), len(unassigned), len(rules)
    return Verdict(tuple(problems), *counts)


def _coverage(crm: CrmData, assigned: Rows, unassigned: Rows) -> Iterator[str]:
    """Yield a sentence for each lead that is not in exactly one place, once."""
    seen = Counter(row["lead_id"] for row in [*assigned, *unassigned])
    for lead_id in crm.leads["lead_id"]:
        if seen[lead_id] == 0:
            yield f"lead {lead_id} is lost: neither assigned nor unassigned"
        elif seen[lead_id] > 1:
            yield f"lead {lead_id} is listed {seen[lead_id]} times"
    leads, reasons = set(crm.leads["lead_id"]), known_reasons()
    for row in unassigned:
        if row["lead_id"] not in leads:
            yield f"lead {row['lead_id']} is unassigned but not among the leads"
        if row["reason"] not in reasons:
            yield f"lead {row['lead_id']}: unknown reason {row['reason']!r}"


def _totals(manifest: Manifest, assigned: Rows, unassigned: Rows) -> Iterator[str]:
    counts = {
        "n_assigned": (manifest.n_assigned, len(assigned)),
        "n_unassigned": (manifest.n_unassigned, len(unassigned)),
    }
    for key, (stated, counted) in counts.items():
        if stated != counted:
            yield f"the manifest says {key} {stated}, the table has {counted}"
    objective = manifest.objective
    total = sum(_number(row["value"]) for row in assigned)
    total -= sum(manifest.penalties.values())
    if objective is None or not math.isclose(
        total, objective, rel_tol=1e-9, abs_tol=1e-9
    ):
        yield f"the manifest's objective is {objective}, the rows sum to {total}"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan

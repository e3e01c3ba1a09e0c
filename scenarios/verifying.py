"""A run folder held against every rule, without the solver."""

import math
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from crm import CrmData, DataError, Issue, Source, read_crm
from crm.formats import read_table
from scenarios.folder import INPUTS, sha256
from scenarios.validation import ScenarioFile, read_scenario
from solver import Reason, violations

Rows = list[dict[str, str]]


class _Manifest(BaseModel):
    """What the check needs of ``manifest.json``."""

    status: str
    objective: float | None
    n_assigned: int
    n_unassigned: int
    files: dict[str, str]


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
    manifest = _manifest(folder)
    file = read_scenario(folder / "scenario.yaml")
    crm = _tables(folder, file)
    assigned = _rows(folder, "assignments.csv", ("lead_id", "rep_id", "value"))
    unassigned = _rows(folder, "unassigned.csv", ("lead_id", "reason"))
    problems = [
        *_changed(folder, manifest),
        *_coverage(crm, assigned, unassigned),
        *_totals(manifest, assigned, unassigned),
    ]
    if manifest.status in {"optimal", "feasible"}:
        owner = {row["lead_id"]: row["rep_id"] for row in assigned}
        found = violations(crm, file.scenario.rules, owner)
        problems += [str(violation) for violation in found]
    counts = len(assigned), len(unassigned), len(file.scenario.rules)
    return Verdict(tuple(problems), *counts)


def _manifest(folder: Path) -> _Manifest:
    path = folder / "manifest.json"
    expected = "not a run folder; name one that rightrep run has written"
    if not os.path.isfile(path):
        raise DataError([Issue(str(path), f"there is no such file: {expected}")])
    try:
        return _Manifest.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise DataError([Issue(str(path), expected)]) from error


def _tables(folder: Path, file: ScenarioFile) -> CrmData:
    sources = {table: Source(file=f"inputs/{table}.csv") for table in INPUTS}
    return read_crm(sources, folder, file.scenario.data.as_of)[0]


def _rows(folder: Path, name: str, columns: tuple[str, ...]) -> Rows:
    frame = read_table(folder / name, name).frame
    if lacking := [column for column in columns if column not in frame]:
        expected = "the run wrote this column, it is gone"
        raise DataError([Issue(name, expected, 1, column) for column in lacking])
    return [
        {str(k): str(v) for k, v in row.items()} for row in frame.to_dict("records")
    ]


def _changed(folder: Path, manifest: _Manifest) -> Iterator[str]:
    for name, expected in manifest.files.items():
        path = folder / name
        if not os.path.isfile(path):
            yield f"{name} is missing"
        elif sha256(path.read_bytes()) != expected:
            yield f"{name} was changed after the run"


def _coverage(crm: CrmData, assigned: Rows, unassigned: Rows) -> Iterator[str]:
    """Yield a sentence for each lead that is not in exactly one place, once."""
    seen = Counter(row["lead_id"] for row in [*assigned, *unassigned])
    for lead_id in crm.leads["lead_id"]:
        if seen[lead_id] == 0:
            yield f"lead {lead_id} is lost: neither assigned nor left over"
        elif seen[lead_id] > 1:
            yield f"lead {lead_id} is listed {seen[lead_id]} times"
    leads, reasons = set(crm.leads["lead_id"]), set(map(str, Reason))
    for row in unassigned:
        if row["lead_id"] not in leads:
            yield f"lead {row['lead_id']} is left over but not among the leads"
        if row["reason"] not in reasons:
            yield f"lead {row['lead_id']}: unknown reason {row['reason']!r}"


def _totals(manifest: _Manifest, assigned: Rows, unassigned: Rows) -> Iterator[str]:
    counts = {
        "n_assigned": (manifest.n_assigned, len(assigned)),
        "n_unassigned": (manifest.n_unassigned, len(unassigned)),
    }
    for key, (said, found) in counts.items():
        if said != found:
            yield f"the manifest says {key} {said}, the table has {found}"
    objective = manifest.objective
    total = sum(_number(row["value"]) for row in assigned)
    if objective is None or not math.isclose(
        total, objective, rel_tol=1e-9, abs_tol=1e-9
    ):
        yield f"the manifest's objective is {objective}, the rows sum to {total}"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan

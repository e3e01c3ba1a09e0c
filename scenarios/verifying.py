"""A run folder held against every rule, without the solver."""

import json
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm import CrmData, DataError, Issue, Source, read_crm
from crm.formats import read_table
from scenarios.folder import INPUTS, sha256
from scenarios.validation import ScenarioFile, read_scenario
from solver import Reason, violations

Rows = list[dict[str, str]]


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
    crm = _tables(folder, file, manifest)
    assigned = _rows(folder, "assignments.csv")
    unassigned = _rows(folder, "unassigned.csv")
    problems = [
        *_changed(folder, manifest),
        *_coverage(crm, assigned, unassigned),
        *_totals(manifest, assigned, unassigned),
    ]
    if manifest["status"] in {"optimal", "feasible"}:
        owner = {row["lead_id"]: row["rep_id"] for row in assigned}
        found = violations(crm, file.scenario.rules, owner)
        problems += [str(violation) for violation in found]
    counts = len(assigned), len(unassigned), len(file.scenario.rules)
    return Verdict(tuple(problems), *counts)


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    expected = "not a run folder; name one that rightrep run has written"
    if not path.is_file():
        raise DataError([Issue(str(path), f"there is no such file: {expected}")])
    try:
        manifest = json.loads(path.read_bytes())
        known = {"status", "as_of", "objective", "files", "n_assigned", "n_unassigned"}
        if not isinstance(manifest["files"], dict) or known - set(manifest):
            raise KeyError
    except (ValueError, KeyError, TypeError) as error:
        raise DataError([Issue(str(path), expected)]) from error
    return dict(manifest)


def _tables(folder: Path, file: ScenarioFile, manifest: dict[str, Any]) -> CrmData:
    sources = {table: Source(file=f"inputs/{table}.csv") for table in INPUTS}
    return read_crm(sources, folder, file.scenario.data.as_of)[0]


def _rows(folder: Path, name: str) -> Rows:
    frame = read_table(folder / name, name).frame
    return [
        {str(k): str(v) for k, v in row.items()} for row in frame.to_dict("records")
    ]


def _changed(folder: Path, manifest: dict[str, Any]) -> Iterator[str]:
    for name, expected in manifest["files"].items():
        path = folder / name
        if not path.is_file():
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
    reasons = {str(reason) for reason in Reason}
    for row in unassigned:
        if row["lead_id"] not in set(crm.leads["lead_id"]):
            yield f"lead {row['lead_id']} is left over but not among the leads"
        if row["reason"] not in reasons:
            yield f"lead {row['lead_id']}: unknown reason {row['reason']!r}"


def _totals(
    manifest: dict[str, Any], assigned: Rows, unassigned: Rows
) -> Iterator[str]:
    for key, rows in {"n_assigned": assigned, "n_unassigned": unassigned}.items():
        if manifest[key] != len(rows):
            yield f"the manifest says {key} {manifest[key]}, the table has {len(rows)}"
    total = math.fsum(_number(row["value"]) for row in assigned)
    if not math.isclose(total, manifest["objective"], rel_tol=1e-9, abs_tol=1e-9):
        said = manifest["objective"]
        yield f"the manifest's objective is {said}, the rows sum to {total}"


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan

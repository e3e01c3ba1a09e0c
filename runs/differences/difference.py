"""Two run folders compared: only what changed, and what changed it."""

from collections import Counter
from collections.abc import Mapping
from math import nan
from pathlib import Path

import pandas as pd

from reporting.text.whatif.difference_figures import (
    ComparedRun,
    RunDifference,
    Step,
    TableChange,
)
from runs.differences.attribution import attributed
from runs.differences.scenario_changes import rule_changes, setting_changes
from runs.differences.score_changes import score_change
from runs.differences.side import Side
from runs.differences.steps import day_steps
from runs.differences.table_changes import table_changes

MOVES = ["lead_id", "way", "before", "after", "step"]
"""Columns of a table of moves."""
PART = 0.9
"""Part of the second run's time limit that attribution may take."""


def difference_of(before: str | Path, after: str | Path) -> RunDifference:
    """Return what changed from one run to another, and what changed it.

    The first run's day is changed into the second's, one change after the other, and
    solved after each: a lead is moved by the change after which it has its new rep. In
    another order, another change may be the one.

    Raises
    ------
    DataError, ScenarioError
        Where a folder is none, or was changed after the run.
    """
    old, new = Side.of(Path(before)), Side.of(Path(after))
    shared = new.lead_ids.intersection(old.lead_ids, sort=False).tolist()
    rules = rule_changes(*({r.name: r for r in side.rules} for side in (old, new)))
    tables = table_changes(old, new)
    altered = _altered(tables)
    scores = score_change(old, new, altered)
    moved = [lead for lead in shared if old.owner.get(lead) != new.owner.get(lead)]
    changes = day_steps(old, new, rules, tables, scores)
    seconds = PART * new.run.file.scenario.solve.time_limit
    steps = attributed(old, new, changes, shared, altered, seconds) if moved else []
    return RunDifference(
        _compared(old),
        _compared(new),
        {**old.names, **new.names},
        len(shared),
        len(old.rep_ids.intersection(new.rep_ids)),
        sum(rule in old.rules for rule in new.rules),
        _moves(old, new, moved, steps),
        _only(old, new),
        _only(new, old),
        rules,
        setting_changes(old.run.file.scenario, new.run.file.scenario),
        tables,
        scores,
        steps,
        _loads(old, new),
        _figures(old, new),
        _reasons(old, new),
        _versions(old, new),
    )


def _compared(side: Side) -> ComparedRun:
    run, crm = side.run, side.run.crm
    return ComparedRun(
        str(run.folder),
        run.manifest.scenario,
        crm.today,
        crm.as_of,
        str(run.manifest.status),
        run.manifest.experiment.is_drawn,
    )


def _altered(tables: Mapping[str, TableChange]) -> frozenset[str]:
    """Return the leads that have other cells."""
    return frozenset(tables["leads"].cells["row"] if "leads" in tables else ())


def _moves(old: Side, new: Side, moved: list[str], steps: list[Step]) -> pd.DataFrame:
    step_of = {lead: place for place, step in enumerate(steps) for lead in step.settled}
    rows = [
        (
            lead,
            _way(lead, old, new),
            _place(lead, old),
            _place(lead, new),
            step_of[lead],
        )
        for lead in moved
    ]
    return pd.DataFrame(rows, columns=MOVES)


def _way(lead: str, old: Side, new: Side) -> str:
    if lead not in old.owner:
        return "newly_assigned"
    return "new_owner" if lead in new.owner else "newly_unassigned"


def _place(lead: str, side: Side) -> str:
    """Return a lead's rep, or the reason why it has none."""
    return side.owner.get(lead) or side.reason.get(lead, "")


def _only(side: Side, other: Side) -> pd.DataFrame:
    ids = side.lead_ids.difference(other.lead_ids, sort=False)
    rows = [
        (i, side.owner.get(i, ""), side.reason.get(i, ""), other.kept.get(i, ""))
        for i in ids
    ]
    return pd.DataFrame(rows, columns=["lead_id", "rep_id", "reason", "kept"])


def _loads(old: Side, new: Side) -> pd.DataFrame:
    before, after = (Counter(side.owner.values()) for side in (old, new))
    reps = dict.fromkeys([*new.rep_ids, *old.rep_ids])
    rows = [(rep, before[rep], after[rep]) for rep in reps if before[rep] != after[rep]]
    return pd.DataFrame(rows, columns=["rep_id", "before", "after"])


def _figures(old: Side, new: Side) -> dict[str, tuple[float, float]]:
    """Return the figures of the two days that a reader compares."""
    units = [_unit(side) for side in (old, new)]
    names = [f"objective, {unit}" * (units[0] != units[1]) for unit in units]
    before, after = map(_figures_of, (old, new), names)
    every = dict.fromkeys([*before, *after])
    return {name: (before.get(name, nan), after.get(name, nan)) for name in every}


def _unit(side: Side) -> str:
    return side.run.file.scenario.objective.maximise


def _figures_of(side: Side, objective: str) -> dict[str, float]:
    """Return the figures of a day; its objective has a name where units differ."""
    manifest = side.run.manifest
    p_convert = side.assignments["p_convert"].astype(float)
    return {
        "leads": float(manifest.n_leads),
        "assigned": float(manifest.n_assigned),
        "unassigned": float(manifest.n_unassigned),
        "expected conversions": float(p_convert.sum()),
        "expected conversions per assigned lead": float(p_convert.mean()),
        objective or "objective": manifest.objective,
    }


def _reasons(old: Side, new: Side) -> dict[str, tuple[int, int]]:
    before, after = (Counter(side.reason.values()) for side in (old, new))
    codes = dict.fromkeys([*before, *after])
    return {code: (before[code], after[code]) for code in codes}


def _versions(old: Side, new: Side) -> dict[str, tuple[str, str]]:
    """Return the libraries whose version is another."""
    before, after = old.run.manifest.versions, new.run.manifest.versions
    both = {name: (before.get(name, ""), after.get(name, "")) for name in after}
    return {name: pair for name, pair in both.items() if pair[0] != pair[1]}

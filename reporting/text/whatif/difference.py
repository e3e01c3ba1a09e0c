"""Two runs compared: text, JSON and CSV."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from evaluation import EXPECTED
from reporting.text.layout.json_record import record_of
from reporting.text.layout.layout import aligned, counted, number, table
from reporting.text.whatif.difference_figures import (
    ComparedRun,
    DayChange,
    RunDifference,
)
from reporting.text.whatif.difference_words import (
    change_sentences,
    change_text,
    step_text,
)
from reporting.text.words.people import rep_name
from reporting.text.words.reasons import reason_text

SHOWN = 20
"""Leads and reps that the text names; --json and --csv have all."""
WAYS = {
    "new_owner": "new owner",
    "newly_assigned": "newly assigned",
    "newly_unassigned": "newly unassigned",
}
ORDER_NOTE = (
    "The first run's day was changed step by step in this order, and solved after\n"
    "each; a lead is moved by the step after which it has its new rep. In another\n"
    "order another step may be the one."
)
COUNTS = ("leads", "assigned", "unassigned")
"""Figures that are whole numbers."""
BEYOND = ("solved again", "not attributed")
"""Causes that are no change of what runs are made from."""
NOTHING = "Nothing changed: neither what the runs were made from, nor what came of it."


def difference_text(difference: RunDifference) -> str:
    """Return only what changed, and what changed it."""
    return "\n\n".join(filter(None, _parts(difference)))


def _parts(difference: RunDifference) -> Iterator[str]:
    both = ("before", difference.before), ("after", difference.after)
    yield aligned([(label, _run(run)) for label, run in both])
    if difference.is_nothing:
        yield NOTHING
        return
    yield "\n".join(_counts(difference))
    yield _figures(difference)
    changes = list(change_sentences(difference))
    yield "\n".join(
        ["What changed:", *(f"  {text}" for text in changes)] * bool(changes)
    )
    yield from _attribution(difference)
    yield from _tables(difference)


def _run(run: ComparedRun) -> str:
    drawn = ", drawn by an experiment" if run.is_drawn else ""
    moment = f"{run.as_of:%Y-%m-%d %H:%M}"
    return f"{run.folder}: {run.scenario}, {moment}, {run.status}{drawn}"


def _counts(difference: RunDifference) -> Iterator[str]:
    n_before, n_after = len(difference.only_before), len(difference.only_after)
    only = f"{n_before:,} only in the first run, {n_after:,} only in the second"
    if not difference.n_shared:
        yield f"No lead is in both runs: {only}. What follows compares the two days,"
        reps = counted(difference.n_same_reps, "rep")
        rules = counted(difference.n_same_rules, "rule")
        yield f"which have {reps} and {rules} in common."
        return
    yield f"{counted(difference.n_shared, 'lead')} in both runs; {only}."
    ways = Counter(difference.moves["way"])
    moved = ", ".join(
        f"{ways[way]:,} {text}" for way, text in WAYS.items() if ways[way]
    )
    stays = f"{difference.n_shared - len(difference.moves):,} as before"
    yield f"Of those in both: {moved or 'none moved'}, {stays}."
    for rows, run in (
        (difference.only_before, "second"),
        (difference.only_after, "first"),
    ):
        if n_kept := int((rows["kept"] != "").sum()):
            leads = counted(n_kept, "lead")
            yield f"{leads} of one run only kept an owner in the {run}."


def _figures(difference: RunDifference) -> str:
    rows = [
        (_label(name), _figure(name, old), _figure(name, new), _signed(name, new - old))
        for name, (old, new) in difference.figures.items()
        if _differs(old, new)
    ]
    rows += [
        (f"  {reason_text(code)}", f"{old:,}", f"{new:,}", f"{new - old:+,}")
        for code, (old, new) in difference.reasons.items()
        if old != new
    ]
    return _columns(["", "before", "after", "difference"], rows)


def _label(name: str) -> str:
    return f"{name} ({EXPECTED})" if name.startswith("expected") else name


def _differs(old: float, new: float) -> bool:
    return not np.isclose(old, new, rtol=1e-9, atol=1e-12, equal_nan=True)


def _figure(name: str, value: float) -> str:
    if value != value:
        return "none"
    return f"{value:,.0f}" if name in COUNTS else number(value)


def _signed(name: str, value: float) -> str:
    return ("+" if value > 0 else "") + _figure(name, value)


def _columns(names: list[str], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a table whose columns but the first are to the right; "" without rows."""
    if not rows:
        return ""
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    padded = [
        [row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]
        for row in (names, *rows)
    ]
    return table(pd.DataFrame(padded[1:], columns=padded[0]))


def _attribution(difference: RunDifference) -> Iterator[str]:
    steps = [step for step in difference.steps if step.moved or _is_news(step.changes)]
    if not steps:
        return
    rows = [
        (step_text(step.changes), f"{len(step.moved):,}", f"{len(step.settled):,}")
        for step in steps
    ]
    yield f"What moved leads:\n\n{_columns(['step', 'moved', 'for good'], rows)}"
    yield ORDER_NOTE


def _is_news(changes: tuple[DayChange, ...]) -> bool:
    """Tell whether a step says something though it moved nothing."""
    return any(change.cause not in BEYOND for change in changes)


def _tables(difference: RunDifference) -> Iterator[str]:
    names = difference.names
    if len(difference.loads):
        loads = difference.loads
        rep = [rep_name(rep_id, names) for rep_id in loads["rep_id"]]
        shown = loads.assign(rep=rep)[["rep", "before", "after"]]
        yield f"Reps with another number of leads:\n\n{_shortened(shown)}"
    if len(difference.moves):
        rows = moves_table(difference).drop(columns="way")
        yield f"Leads of both runs that moved:\n\n{_shortened(rows)}"


def _shortened(rows: pd.DataFrame) -> str:
    more = len(rows) - SHOWN
    text = table(rows.head(SHOWN))
    return f"{text}\nand {more:,} more; --csv and --json have all" if more > 0 else text


def moves_table(difference: RunDifference) -> pd.DataFrame:
    """Return one row per moved lead: lead_id, way, from, to, moved by."""
    moves, names, steps = difference.moves, difference.names, difference.steps
    return pd.DataFrame(
        {
            "lead_id": moves["lead_id"],
            "way": moves["way"].map(WAYS),
            "from": [_place(place, names) for place in moves["before"]],
            "to": [_place(place, names) for place in moves["after"]],
            "moved by": [step_text(steps[step].changes) for step in moves["step"]],
        }
    )


def _place(place: str, names: Mapping[str, str]) -> str:
    """Return a rep by name, or that a lead is unassigned and why."""
    return rep_name(place, names) if place in names else f"none: {reason_text(place)}"


def difference_csv(difference: RunDifference) -> pd.DataFrame:
    """Return one row per lead of either run that is elsewhere, as CSV takes them."""
    steps = difference.steps
    moves = difference.moves.assign(
        step=[step_text(steps[step].changes) for step in difference.moves["step"]]
    )
    columns = ["lead_id", "way", "before", "after", "step"]
    only = [
        rows.assign(
            way=f"only_{side}",
            **{side: rows["rep_id"].where(rows["rep_id"] != "", rows["reason"])},
        ).reindex(columns=columns, fill_value="")
        for side, rows in (
            ("before", difference.only_before),
            ("after", difference.only_after),
        )
    ]
    return pd.concat([moves[columns], *only], ignore_index=True)


def difference_json(difference: RunDifference) -> dict[str, Any]:
    """Return everything as a record of JSON."""
    record: dict[str, Any] = record_of(
        {
            "nothing_changed": difference.is_nothing,
            "before": _run_record(difference.before),
            "after": _run_record(difference.after),
            "same_day": difference.is_same_day,
            "shared_leads": difference.n_shared,
            "changes": list(change_sentences(difference)),
            "rules": difference.rules,
            "settings": difference.settings,
            "tables": [
                {**record_of(change), "cells": change.cells.to_dict("records")}
                for change in difference.tables.values()
            ],
            "scores": difference.scores,
            "steps": [
                {
                    "step": step_text(step.changes),
                    "changes": [change_text(change) for change in step.changes],
                    "moved": step.moved,
                    "for_good": step.settled,
                }
                for step in difference.steps
            ],
            "leads": difference_csv(difference).to_dict("records"),
            "loads": difference.loads.to_dict("records"),
            "figures": {
                _label(name): {"before": old, "after": new}
                for name, (old, new) in difference.figures.items()
            },
            "unassigned_by_reason": {
                code: {"before": old, "after": new}
                for code, (old, new) in difference.reasons.items()
            },
            "versions": difference.versions,
        }
    )
    return record


def _run_record(run: ComparedRun) -> dict[str, Any]:
    return {
        "folder": run.folder,
        "scenario": run.scenario,
        "as_of": run.as_of.isoformat(),
        "status": run.status,
        "experiment": run.is_drawn,
    }

"""The changes between two runs in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from crm import listed
from reporting.text.layout.layout import counted
from reporting.text.whatif.difference_figures import (
    ChangedKey,
    ChangedRule,
    DayChange,
    RunDifference,
    ScoreChange,
    TableChange,
)
from reporting.text.words.people import rep_name

NAMED = 5
"""Rows and cells that a line names before it counts the rest."""
CAUSE_TEXT = {
    "drawn before": "the first run's experiment, undone",
    "solved again": "the first day solved again, nothing changed",
    "leads": "leads that are in one run only",
    "scores": "the model's scores",
    "values": "what leads count once won",
    "moment": "the moment and the calendar",
    "lead cells": "the leads' cells, and the scores that follow",
    "reps": "the table of reps",
    "accounts": "the table of accounts",
    "absences": "the absences",
    "tie_width": "objective.tie_width",
    "solve": "how the solver runs",
    "ties": "ties, broken by another seed or moment",
    "not attributed": "not attributed",
    "drawn": "the second run's experiment, drawn at random",
}
"""Cause of a step -> in words."""
ONE = {"leads": "lead", "reps": "rep", "accounts": "account", "absences": "absence"}


def change_text(change: DayChange) -> str:
    """Return one change of a step in words."""
    if change.rule is None:
        return CAUSE_TEXT[change.cause]
    return f"rule {change.rule.name} ({change.rule.way})"


def step_text(changes: tuple[DayChange, ...]) -> str:
    """Return the changes of a step, together where they were made at once."""
    texts = [change_text(change) for change in changes]
    if len(texts) > 1 and changes[-1].cause == "not attributed":
        return f"not told apart in time: {'; '.join(texts[:-1])}"
    return " together with ".join(texts)


def change_sentences(difference: RunDifference) -> Iterator[str]:
    """Yield everything that is different of what two runs were made from."""
    before, after = difference.before, difference.after
    if before.as_of != after.as_of:
        moments = (f"{run.as_of:%Y-%m-%d %H:%M}" for run in (after, before))
        yield f"Moment: {' instead of '.join(moments)}."
    yield from map(_rule, difference.rules)
    yield from (f"Scenario: {_key(change)}." for change in difference.settings)
    for table in difference.tables.values():
        yield from _table(table, difference.names)
    if difference.scores:
        yield from _scores(difference.scores)
    for library, (old, new) in difference.versions.items():
        yield f"Version of {library}: {new} instead of {old or 'none'}."


def _rule(change: ChangedRule) -> str:
    kind = f" ({change.kind})" if change.kind != change.name else ""
    name = f"Rule {change.name}{kind}"
    if change.way != "changed":
        state = "is new" if change.way == "added" else "is gone"
        return f"{name} {state}: {change.sentence}"
    return (
        f"{name}: {'; '.join(map(_key, change.keys))}. It now says: {change.sentence}"
    )


def _key(change: ChangedKey) -> str:
    if change.before is None:
        return f"{change.key} is now {_value(change.after)}"
    if change.after is None:
        return f"{change.key} is gone, it was {_value(change.before)}"
    if isinstance(change.before, list) and isinstance(change.after, list):
        return _entries(change.key, change.before, change.after)
    return f"{change.key} {_value(change.after)} instead of {_value(change.before)}"


def _entries(key: str, before: list[Any], after: list[Any]) -> str:
    """Return which entries of a list are new, and which are gone."""
    new = [_value(entry) for entry in after if entry not in before]
    gone = [_value(entry) for entry in before if entry not in after]
    parts = [f"with {listed(new, NAMED)}"] if new else []
    parts += [f"without {listed(gone, NAMED)}"] if gone else []
    return f"{key} {' and '.join(parts) or 'in another order'}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return " ".join(f"{key} {_value(part)}" for key, part in value.items())
    if isinstance(value, float):
        return f"{value:g}"
    return ", ".join(map(_value, value)) if isinstance(value, list) else str(value)


def _table(change: TableChange, names: Mapping[str, str]) -> Iterator[str]:
    table = change.table
    rows = {
        way: [_row(table, row, names) for row in ids]
        for way, ids in (("new", change.added), ("gone", change.removed))
    }
    for way, ids in rows.items():
        if ids:
            verb = "is" if len(ids) == 1 else "are"
            yield f"{counted(len(ids), ONE[table])} {verb} {way}: {listed(ids, NAMED)}."
    for column, cells in change.cells.groupby("column", sort=False):
        told = zip(cells["row"], cells["before"], cells["after"], strict=True)
        texts = [
            f"{_row(table, row, names)} {new or 'empty'} instead of {old or 'empty'}"
            for row, old, new in told
        ]
        count = counted(len(texts), ONE[table])
        yield f"{column} of {count} changed: {listed(texts, NAMED)}."
    for way, columns in (("new", change.new_columns), ("gone", change.lost_columns)):
        if columns:
            yield f"Columns of {table} that are {way}: {listed(columns, NAMED)}."


def _row(table: str, row: str, names: Mapping[str, str]) -> str:
    return rep_name(row, names) if table == "reps" else row


def _scores(scores: ScoreChange) -> Iterator[str]:
    leads = counted(scores.n_leads, "lead")
    if scores.n_moved:
        yield (
            f"P(convert) of {scores.n_moved:,} of {leads} with the same cells moved: "
            f"on average {scores.mean_after:.2%} instead of {scores.mean_before:.2%}, "
            f"most for {scores.largest_lead} ({100 * scores.largest:+.1f} points)."
        )
    if scores.reps_moved:
        yield f"What reps add to the scores of {leads} with the same cells moved."
    if scores.n_revalued:
        yield f"{scores.n_revalued:,} of {leads} count otherwise once won."

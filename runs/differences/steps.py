"""The changes between two runs as steps, in the order in which they are made."""

from collections.abc import Iterator
from dataclasses import replace

from reporting.text.whatif.difference_figures import (
    Cause,
    ChangedRule,
    DayChange,
    ScoreChange,
    TableChange,
)
from runs.differences.mixture import Mixture
from runs.differences.side import Side


def day_steps(
    before: Side,
    after: Side,
    rules: list[ChangedRule],
    tables: dict[str, TableChange],
    scores: ScoreChange | None,
) -> list[DayChange]:
    """Return the changes of the day, in the order in which they are made."""
    return [
        *_changes(before, after, tables, scores),
        *(DayChange("rule", rule) for rule in rules),
        *_ways(before, after),
    ]


def _changes(
    before: Side,
    after: Side,
    tables: dict[str, TableChange],
    scores: ScoreChange | None,
) -> Iterator[DayChange]:
    leads = tables.get("leads")
    if leads and (leads.added or leads.removed):
        yield DayChange("leads")
    if scores and scores.is_other_model:
        yield DayChange("scores")
    if scores and scores.n_revalued:
        yield DayChange("values")
    old, new = before.run.crm, after.run.crm
    if old.as_of != new.as_of or old.calendar != new.calendar:
        yield DayChange("moment")
    if leads and leads.is_altered:
        yield DayChange("lead cells")
    names: tuple[Cause, ...] = ("reps", "accounts", "absences")
    yield from (DayChange(name) for name in names if name in tables)


def _ways(before: Side, after: Side) -> Iterator[DayChange]:
    if before.tie_width != after.tie_width:
        yield DayChange("tie_width")
    old, new = (side.run.file.scenario.solve for side in (before, after))
    if (old.two_level, old.effort) != (new.two_level, new.effort):
        yield DayChange("solve")
    if before.seed != after.seed:
        yield DayChange("ties")


def made(day: Mixture, change: DayChange) -> Mixture:
    """Return the day after a change."""
    if change.rule is not None:
        return replace(day, rules=_with_rule(day, change.rule))
    return day.taking(change.cause)


def _with_rule(day: Mixture, change: ChangedRule) -> tuple:
    """Return the rules in force with one of them as the second run has it."""
    new = {rule.name: rule for rule in day.after.rules}
    if change.way == "removed":
        return tuple(rule for rule in day.rules if rule.name != change.name)
    if change.way == "added":
        return (*day.rules, new[change.name])
    return tuple(new[r.name] if r.name == change.name else r for r in day.rules)

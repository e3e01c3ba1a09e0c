"""Reps at work whom no lead of the day can reach, and by which rule."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from crm import Issue, listed
from crm.rep_names import names_of
from reporting.text.words.people import rep_name
from scenarios.validation import ScenarioFile
from solver import Day

MANY = 5
"""Reps that are named before the rest is counted."""
TOGETHER = "the hard rules together"


def idle_reps(file: ScenarioFile, day: Day) -> Iterator[Issue]:
    """Yield a warning for reps whom rules leave no lead, and those without a slot."""
    problem = day.problem
    if not problem.n_pairs:
        return
    n_pairs = np.bincount(problem.rep, minlength=problem.n_reps)
    idle = day.available & (n_pairs == 0)
    position = {rule.name: i for i, rule in enumerate(file.scenario.rules)}
    for rule, reps in _by_rule(day, idle).items():
        who = _named(day, np.array(reps))
        text = (
            f"no lead of today may go to {who}, at work: {_by(rule)} them none; "
            "correct their lists in the reps, or widen the rule"
        )
        keys = ("rules", position[rule]) if rule in position else ("rules",)
        yield file.issue(keys, text, severity="warning")
    full = np.flatnonzero(day.available & (n_pairs > 0) & (problem.capacity < 1))
    if len(full):
        slots = [r for r in day.rules if r.slots(day.crm) is not None]
        keys = ("rules", position[slots[0].name]) if slots else ("rules",)
        text = (
            f"without a slot today, though at work: {_named(day, full)}; see "
            "daily_capacity, and open_leads against open_capacity"
        )
        yield file.issue(keys, text, severity="warning")


def _by(rule: str) -> str:
    return f"{rule} leave" if rule == TOGETHER else f"rule {rule} leaves"


def _by_rule(day: Day, idle: NDArray[np.bool_]) -> dict[str, list[int]]:
    """Return the rule that alone leaves reps no lead, or all together -> the reps."""
    if not idle.any():
        return {}
    leads = day.kept_by == ""
    some = {rule.name: _allows_some(day, rule.name, leads) for rule in day.hard_filters}
    blamed: defaultdict[str, list[int]] = defaultdict(list)
    for rep in np.flatnonzero(idle).tolist():
        alone = (name for name, allows in some.items() if not allows[rep])
        blamed[next(alone, TOGETHER)].append(rep)
    return blamed


def _allows_some(day: Day, rule: str, leads: NDArray[np.bool_]) -> NDArray[np.bool_]:
    table = day.filters[rule]
    present = np.bincount(table.key[leads], minlength=len(table.allowed)) > 0
    return np.asarray(table.allowed[present].any(axis=0))


def _named(day: Day, reps: NDArray[np.integer]) -> str:
    names = names_of(day.crm.reps)
    return listed([rep_name(rep, names) for rep in day.problem.rep_ids[reps]], MANY)

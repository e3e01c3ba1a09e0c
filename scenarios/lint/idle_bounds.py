"""Bounds that can never bind: nobody could get as much as they allow."""

from collections import defaultdict
from collections.abc import Iterator
from math import isfinite

import numpy as np

from crm import Issue
from scenarios.validation import ScenarioFile
from solver import Day, Problem
from solver.problem.constraints import Limit


def idle_bounds(file: ScenarioFile, day: Day) -> Iterator[Issue]:
    """Yield a warning for each rule none of whose upper bounds can be reached today."""
    limits: defaultdict[str, list[Limit]] = defaultdict(list)
    for limit in day.problem.limits:
        limits[limit.rule].append(limit)
    for place, rule in enumerate(file.scenario.rules):
        own = [limit for limit in limits.get(rule.name, []) if len(limit.pair)]
        if not own or any(limit.lower > 0 for limit in own):
            continue
        if not all(isfinite(limit.upper) for limit in own):
            continue
        most = [most_of(day.problem, limit) for limit in own]
        if all(can <= limit.upper for can, limit in zip(most, own, strict=True)):
            nearest = max(range(len(own)), key=lambda at: most[at] - own[at].upper)
            can, limit = most[nearest], own[nearest]
            text = (
                f"rule {rule.name} can never bind today: {limit.key} could get at most "
                f"{can:g} by slots and eligible leads, and the rule allows "
                f"{limit.upper:g}; lower the bound, or delete the rule"
            )
            yield file.issue(("rules", place), text, severity="warning")


def most_of(problem: Problem, limit: Limit) -> float:
    """Return the most that slots and eligible leads let a limit's sum become."""
    if not limit.counts_leads:
        return float(limit.weight.sum())
    slotted = limit.pair[problem.uses_slot[limit.pair]]
    held = np.bincount(problem.rep[slotted], minlength=problem.n_reps)
    in_slots = int(np.minimum(held, problem.capacity).sum())
    free = len(limit.pair) - len(slotted)
    return float(min(len(np.unique(problem.lead[limit.pair])), in_slots + free))

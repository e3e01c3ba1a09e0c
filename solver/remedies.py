"""What would place a lead that has no rep: the least changes, each tried."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from crm import Bounds
from solver.building import Day
from solver.engines import solve
from solver.problem import Problem
from solver.result import Result
from solver.rules import Rule

TRIED = 5
"""Reps for whom room is made, the most valuable first."""


@dataclass(frozen=True)
class Remedy:
    """A change that gives a lead without a rep one.

    Attributes
    ----------
    change
        In words.
    rep_id
        Who would have it then.
    gain
        What the objective gains by the change, in its unit; a loss if negative.
    """

    change: str
    rep_id: str
    gain: float

    def __str__(self) -> str:
        return f"{self.change}: it would go to {self.rep_id} ({self.gain:+.6g})"


def find_remedies(
    day: Day, result: Result, lead: int, *, seed: int, time_limit: float
) -> list[Remedy]:
    """Return changes that would place the lead, the most gainful first.

    Each was tried by solving again: one more place wherever a rep's slots or limits
    are full, and sparing the lead from the fewest rules that leave it no rep.

    Parameters
    ----------
    lead
        Position of a lead without a rep.
    seed, time_limit
        For solving again; seconds for each.
    """
    found = []
    for change, problem in [*_with_room(day, result, lead), *_spared(day, lead)]:
        again = solve(problem, seed=seed, time_limit=time_limit)
        rep = again.solution.rep_of[lead]
        if rep >= 0:
            gain = again.objective - result.objective
            found.append(Remedy(change, str(problem.rep_ids[rep]), gain))
    return sorted(found, key=lambda remedy: -remedy.gain)


def _with_room(day: Day, result: Result, lead: int) -> Iterator[tuple[str, Problem]]:
    """Yield the problem with one more place around each of the lead's best pairs."""
    problem, solution = day.problem, result.solution
    pairs = np.arange(problem.indptr[lead], problem.indptr[lead + 1])
    for pair in pairs[np.argsort(-problem.value[pairs], kind="stable")][:TRIED]:
        rep = problem.rep[pair]
        changes, capacity, limits = [], problem.capacity.copy(), list(problem.limits)
        if problem.uses_slot[pair] and solution.slots_used[rep] >= capacity[rep]:
            capacity[rep] += 1
            changes.append(f"one more slot for {problem.rep_ids[rep]}")
        for place, limit in enumerate(limits):
            weight = float(limit.weight[limit.pair == pair].sum())
            full = limit.amount(solution.chosen) + weight > limit.upper
            if weight and full and limit.is_hard:
                limits[place] = replace(limit, upper=limit.upper + weight)
                changes.append(f"{weight:g} more for {limit.key} in rule {limit.rule}")
        if changes:
            roomier = problem.replace(capacity=capacity, limits=tuple(limits))
            yield " and ".join(changes), roomier


def _spared(day: Day, lead: int) -> Iterator[tuple[str, Problem]]:
    """Yield the problem in which the rules that exclude a rep do not speak of the lead.

    For the fewest rules that would have to give way, whichever they are.
    """
    sets = {
        frozenset(rule.name for rule in _against(day, lead, int(rep)))
        for rep in np.flatnonzero(day.available)
    } - {frozenset[str]()}
    by_id = {rule.name for rule in day.rules if "lead_id" in rule.where}
    sets = {names for names in sets if not names & by_id}
    fewest = min(map(len, sets), default=0)
    for names in sorted(sorted(each) for each in sets if len(each) == fewest):
        rules = [
            _sparing(day, rule, lead) if rule.name in names else rule
            for rule in day.rules
        ]
        yield f"rule {' and rule '.join(names)} sparing it", day.under(rules).problem


def _against(day: Day, lead: int, rep: int) -> Iterator[Rule]:
    """Yield the hard rules that forbid a pair."""
    for rule in day.hard_filters:
        allowed = day.filters[rule.name]
        if not allowed.allowed[allowed.key[lead], rep]:
            yield rule


def _sparing(day: Day, rule: Rule, lead: int) -> Rule:
    """Return the rule that does not speak of this lead."""
    others = Bounds.model_validate({"not": day.problem.lead_ids[lead]})
    return rule.model_copy(update={"where": {**rule.where, "lead_id": others}})

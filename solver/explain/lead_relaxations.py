"""The least changes that would place an unassigned lead, each solved anew."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import isfinite

import numpy as np

from crm import Bounds
from solver.building.day import Day
from solver.explain.counterfactuals import Counterfactuals
from solver.problem.constraints import Limit, outside
from solver.problem.problem import Problem
from solver.problem.solution import Solution
from solver.rules import Rule

SLOTS = -1
"""Stands for the slots of a rep among the positions of limits."""
HOURS = "rep_hours"
"""What a limit in hours says it limits."""
TRIED = 5
"""Reps for whom room is made, the most valuable first."""


@dataclass(frozen=True)
class LeadRelaxation:
    """A change by which an unassigned lead gets a rep.

    Attributes
    ----------
    change
        In words.
    rep_id
        Who would have it then.
    gain
        What the objective gains by the change, in its unit; a loss if negative.
    size
        Leads for which there is more room, rules that spare it, and locks.
    """

    change: str
    rep_id: str
    gain: float
    size: int

    def __str__(self) -> str:
        return f"{self.change}: it would go to {self.rep_id} ({self.gain:+.6g})"


def find_relaxations(
    what_if: Counterfactuals, lead: int, forced: Mapping[str, float]
) -> list[LeadRelaxation]:
    """Return changes that would place the lead, the least first, then by gain.

    Each was tried by solving again: more room under the fewest bounds around a rep that
    let the lead in, and as little as does; sparing it from the fewest rules that leave
    it no rep; and a lock.

    Parameters
    ----------
    lead
        Position of a lead without a rep.
    forced
        Rep id -> what the objective loses if the rep must have the lead; not finite
        where that cannot be, or is not known.
    """
    relaxations = [
        *_locked(forced),
        *_roomier(what_if, lead),
        *_spared(what_if, lead),
    ]
    return sorted(
        relaxations, key=lambda relaxation: (relaxation.size, -relaxation.gain)
    )


def _locked(forced: Mapping[str, float]) -> Iterator[LeadRelaxation]:
    """Yield the cheapest lock; other leads make room."""
    costs = {rep_id: cost for rep_id, cost in forced.items() if isfinite(cost)}
    if costs:
        rep_id = min(costs, key=costs.__getitem__)
        yield LeadRelaxation(f"a lock to {rep_id}", rep_id, -costs[rep_id], 1)


def _roomier(what_if: Counterfactuals, lead: int) -> Iterator[LeadRelaxation]:
    """Yield the least room that places the lead, around each of its best pairs."""
    problem = what_if.day.problem
    pairs = np.arange(problem.indptr[lead], problem.indptr[lead + 1])
    pairs = pairs[problem.value[pairs] + problem.skip_cost[lead] > 0]
    for pair in pairs[np.argsort(-problem.value[pairs], kind="stable")][:TRIED]:
        yield from _least_room(what_if, lead, int(pair))


def _least_room(what_if: Counterfactuals, lead: int, pair: int) -> list[LeadRelaxation]:
    """Return the least room around a pair that places the lead, if any does.

    Under as few bounds as suffice; of sets of as many, the one of least room, then of
    most gain.
    """
    solution = what_if.result.solution
    around = _bounds_around(solution.problem, pair)
    full = {place for place in around if _is_full(solution, pair, place)}
    for size in range(1, len(around) + 1):
        tried = [
            relaxation
            for bounds in combinations(around, size)
            if full.intersection(bounds)
            for relaxation in _least_room_under(what_if, lead, pair, bounds)
        ]
        if tried:
            return [min(tried, key=lambda each: (each.size, -each.gain))]
    return []


def _least_room_under(
    what_if: Counterfactuals, lead: int, pair: int, bounds: tuple[int, ...]
) -> list[LeadRelaxation]:
    """Return the least room under these bounds that places the lead, if any does.

    Found by doubling and halving, as if more room never let others in instead.
    """
    too_little, most = 0, what_if.result.solution.n_unassigned
    best: list[LeadRelaxation] = []
    more = 1
    while too_little < more <= most and what_if.has_time:
        change, problem = _with_room(what_if.day.problem, pair, bounds, more)
        tried = _relaxation(what_if, lead, change, problem, more)
        if tried:
            best, most = tried, more - 1
        else:
            too_little = more
        more = (too_little + most + 1) // 2 if best else min(2 * more, most)
    what_if.n_unsolved += not what_if.has_time
    return best


def _relaxation(
    what_if: Counterfactuals,
    lead: int,
    change: str,
    problem: Problem,
    size: int,
) -> list[LeadRelaxation]:
    """Return the change as a relaxation if it places the lead."""
    again = what_if.solved(problem)
    rep = again.solution.rep_of[lead]
    if rep < 0:
        return []
    gain = again.objective - what_if.result.objective
    return [LeadRelaxation(change, str(problem.rep_ids[rep]), gain, size)]


def _forced(
    what_if: Counterfactuals,
    lead: int,
    change: str,
    problem: Problem,
    size: int,
) -> list[LeadRelaxation]:
    """Return the change and a lock as a relaxation if they place the lead."""
    must = problem.must.copy()
    must[lead] = True
    forced = problem.replace(must=must)
    return [
        replace(relaxation, change=f"{change} and a lock to {relaxation.rep_id}")
        for relaxation in _relaxation(what_if, lead, change, forced, size)
    ]


def _bounds_around(problem: Problem, pair: int) -> list[int]:
    """Return the hard bounds that could leave no room for a pair.

    :data:`SLOTS`, or positions of limits; those that can never be full are left out.
    """
    slotted = problem.uses_slot & (problem.rep == problem.rep[pair])
    scarce = slotted[pair] and slotted.sum() > problem.capacity[problem.rep[pair]]
    return [SLOTS] * bool(scarce) + [
        place
        for place, limit in enumerate(problem.limits)
        if limit.is_hard
        and _weight(limit, pair)
        and outside(limit.weight.sum(), -np.inf, limit.upper)
    ]


def _is_full(solution: Solution, pair: int, place: int) -> bool:
    """Tell whether a bound leaves no room for one more pair."""
    problem, rep = solution.problem, solution.problem.rep[pair]
    if place == SLOTS:
        return bool(solution.slots_used[rep] >= problem.capacity[rep])
    limit = problem.limits[place]
    amount = limit.amount(solution.chosen) + _weight(limit, pair)
    return bool(outside(amount, -np.inf, limit.upper))


def _with_room(
    problem: Problem, pair: int, bounds: tuple[int, ...], more: int
) -> tuple[str, Problem]:
    """Return the problem with room for so many more such pairs under these bounds."""
    changes, capacity, limits = [], problem.capacity.copy(), list(problem.limits)
    for place in bounds:
        if place == SLOTS:
            rep = problem.rep[pair]
            capacity[rep] += more
            slots = "one more slot" if more == 1 else f"{more} more slots"
            changes.append(f"{slots} for {problem.rep_ids[rep]}")
            continue
        limit = limits[place]
        room = more * _weight(limit, pair)
        limits[place] = replace(limit, upper=limit.upper + room)
        hours = " hours" if limit.what == HOURS else ""
        changes.append(f"{room:g} more{hours} for {limit.key} in rule {limit.rule}")
    roomier = problem.replace(capacity=capacity, limits=tuple(limits))
    return " and ".join(changes), roomier


def _weight(limit: Limit, pair: int) -> float:
    return float(limit.weight[limit.pair == pair].sum())


def _spared(what_if: Counterfactuals, lead: int) -> Iterator[LeadRelaxation]:
    """Yield what sparing the lead from the rules that exclude a rep does.

    For the fewest rules of which that places it, whichever they are.
    """
    day = what_if.day
    sets = {
        frozenset(rule.name for rule in _against(day, lead, int(rep)))
        for rep in np.flatnonzero(day.available)
    } - {frozenset[str]()}
    by_id = {rule.name for rule in day.rules if "lead_id" in rule.where}
    sets = {names for names in sets if not names & by_id}
    for size in sorted({len(names) for names in sets}):
        of_size = sorted(sorted(names) for names in sets if len(names) == size)
        if not what_if.has_time:
            what_if.n_unsolved += 1
            return
        tried = [
            relaxation
            for names in of_size
            for relaxation in _sparing_all(what_if, lead, names)
        ]
        if tried:
            yield from tried
            return


def _sparing_all(
    what_if: Counterfactuals, lead: int, names: Sequence[str]
) -> list[LeadRelaxation]:
    """Return what sparing the lead from these rules does, with a lock if need be."""
    day, size = what_if.day, len(names)
    rules = [
        _sparing(day, rule, lead) if rule.name in names else rule for rule in day.rules
    ]
    change = f"rule {' and rule '.join(names)} sparing it"
    problem = day.under(rules).problem
    return _relaxation(what_if, lead, change, problem, size) or _forced(
        what_if, lead, change, problem, size + 1
    )


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

"""The least changes that would place an unassigned lead, each solved anew."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np

from crm import Bounds
from solver.building import Day
from solver.explain.counterfactuals import Counterfactuals
from solver.problem.problem import Problem
from solver.problem.solution import Solution
from solver.rules import Rule

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
        How much is changed: slots, rules, or a lock.
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

    Each was tried by solving again: as little more room around a rep as lets the
    lead in, sparing it from the fewest rules that leave it no rep, and a lock.

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
    """Return the least room around a pair that places the lead, if any does."""
    too_little, most = 0, what_if.result.solution.n_unassigned
    best: list[LeadRelaxation] = []
    more = 1
    while too_little < more <= most and what_if.has_time:
        change, problem = _with_room(what_if.result.solution, pair, more)
        if not change:
            break
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


def _with_room(solution: Solution, pair: int, more: int) -> tuple[str, Problem]:
    """Return the problem with so much more room wherever a pair finds none."""
    problem, rep = solution.problem, solution.problem.rep[pair]
    changes, capacity, limits = [], problem.capacity.copy(), list(problem.limits)
    if problem.uses_slot[pair] and solution.slots_used[rep] >= capacity[rep]:
        capacity[rep] += more
        slots = "one more slot" if more == 1 else f"{more} more slots"
        changes.append(f"{slots} for {problem.rep_ids[rep]}")
    for place, limit in enumerate(limits):
        weight = float(limit.weight[limit.pair == pair].sum())
        full = limit.amount(solution.chosen) + weight > limit.upper
        if weight and full and limit.is_hard:
            limits[place] = replace(limit, upper=limit.upper + more * weight)
            amount = f"{more * weight:g} more for {limit.key}"
            changes.append(f"{amount} in rule {limit.rule}")
    roomier = problem.replace(capacity=capacity, limits=tuple(limits))
    return " and ".join(changes), roomier


def _spared(what_if: Counterfactuals, lead: int) -> Iterator[LeadRelaxation]:
    """Yield what sparing the lead from the rules that exclude a rep does.

    For the fewest rules that would have to give way, whichever they are.
    """
    day = what_if.day
    sets = {
        frozenset(rule.name for rule in _against(day, lead, int(rep)))
        for rep in np.flatnonzero(day.available)
    } - {frozenset[str]()}
    by_id = {rule.name for rule in day.rules if "lead_id" in rule.where}
    sets = {names for names in sets if not names & by_id}
    fewest = min(map(len, sets), default=0)
    for names in sorted(sorted(names) for names in sets if len(names) == fewest):
        if not what_if.has_time:
            what_if.n_unsolved += 1
            continue
        rules = [
            _sparing(day, rule, lead) if rule.name in names else rule
            for rule in day.rules
        ]
        change = f"rule {' and rule '.join(names)} sparing it"
        problem = day.under(rules).problem
        yield from _relaxation(what_if, lead, change, problem, fewest) or _forced(
            what_if, lead, change, problem, fewest + 1
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

"""Why a day is infeasible: a minimal conflict, and the cheapest relaxation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from solver.building.day import Day
from solver.engines import solve
from solver.problem.deadline import Deadline
from solver.problem.problem import Problem
from solver.problem.result import Result, Status
from solver.problem.solution import Solution
from solver.rules.base import LEADS, Rule

PART = 0.25
"""Part of the time left that one solve may take."""


@dataclass(frozen=True)
class RuleRelaxation:
    """How far one rule would have to give way for the day to be feasible.

    Attributes
    ----------
    rule
        Name of the rule.
    amount
        By how much, in `unit`.
    places
        Where, and by how much there: leads, reps, teams.
    unit
        What the rule counts; amounts in two units cannot be compared.
    """

    rule: str
    amount: float
    places: tuple[str, ...]
    unit: str = "leads"


@dataclass(frozen=True)
class Conflict:
    """Rules that cannot hold together on this day.

    Attributes
    ----------
    rules
        Their names; without any one of them the others can hold.
    is_smallest
        Whether no smaller set of rules conflicts.
    relaxations
        Each rule that alone could make the whole day feasible by giving way; of those
        that count the same, the one that gives way least first.
    joint_relaxation
        Where there is none, the fewest rules that could together; empty if none were
        found in time.
    is_complete
        Whether there was time for all. If not, some rules may not be needed for the
        conflict, and relaxations may be missing or give way too far.
    """

    rules: tuple[str, ...]
    is_smallest: bool
    relaxations: tuple[RuleRelaxation, ...]
    joint_relaxation: tuple[RuleRelaxation, ...]
    is_complete: bool = True


def find_conflict(day: Day, *, seed: int, time_limit: float) -> Conflict:
    """Return why no allocation obeys every hard rule of the day.

    Parameters
    ----------
    day
        An infeasible day.
    time_limit
        Seconds. Where they run out, all hard rules together are the conflict, less
        those that were found not to be needed.
    """
    search = _Search(day, seed, Deadline.after(time_limit))
    core = search.irreducible(search.hard)
    smallest, is_smallest = search.smallest(core)
    alone = [r for rule in search.hard for r in search.relaxations([rule])]
    relaxations = sorted(alone, key=_unit_then_amount)
    joint_relaxation = () if relaxations else search.joint_relaxation(smallest)
    names = tuple(rule.name for rule in smallest)
    return Conflict(
        names,
        is_smallest and search.is_complete,
        tuple(relaxations),
        tuple(joint_relaxation),
        search.is_complete,
    )


@dataclass
class _Search:
    """Searches, by solving, which rules a day can obey together."""

    day: Day
    seed: int
    deadline: Deadline
    is_complete: bool = True
    shortest: float = 0.0

    @property
    def hard(self) -> list[Rule]:
        """The rules that must hold."""
        return [rule for rule in self.day.rules if rule.is_hard]

    def is_feasible(self, rules: Sequence[Rule]) -> bool:
        """Tell whether some allocation obeys these rules, or there is no time to."""
        if not self._has_time:
            return True
        problem = self.day.under(rules).problem
        status = self._solved(problem.replace(value=np.zeros(problem.n_pairs))).status
        self.is_complete &= status != Status.NO_SOLUTION
        return status != Status.INFEASIBLE

    def irreducible(self, rules: Sequence[Rule]) -> list[Rule]:
        """Return a minimal conflict among these rules: none can be spared.

        What is a fair part depends on the other rules, so that a rule may turn out not
        to be needed once another one is gone.
        """
        core, more = list(rules), True
        while more:
            before = len(core)
            for rule in tuple(core):
                fewer = [other for other in core if other is not rule]
                if not self.is_feasible(fewer):
                    core = fewer
            more = len(core) < before
        return core

    def smallest(self, core: list[Rule]) -> tuple[Sequence[Rule], bool]:
        """Return the fewest rules that conflict, and whether that is certain."""
        for size in range(1, len(core)):
            for rules in combinations(self.hard, size):
                if not self._has_time:
                    return core, False
                if not self.is_feasible(rules):
                    return rules, True
        return core, True

    def joint_relaxation(self, core: Sequence[Rule]) -> list[RuleRelaxation]:
        """Return how far the fewest rules that suffice must give way together.

        A set suffices if it meets every conflict: one that meets all those known is
        tried, and if it does not suffice, the other rules have a further one.
        """
        conflicts = [[self.hard.index(rule) for rule in core]]
        while self._has_time:
            giving = [self.hard[place] for place in _fewest_meeting(conflicts)]
            if relaxations := self.relaxations(giving):
                return relaxations
            others = [rule for rule in self.hard if rule not in giving]
            if not self._has_time or self.is_feasible(others):
                return []
            further = self.irreducible(others)
            conflicts.append([self.hard.index(rule) for rule in further])
        return []

    def relaxations(self, rules: Sequence[Rule]) -> list[RuleRelaxation]:
        """Return how far rules must give way while all others hold, if that helps.

        As few units as possible of the first rule's, then of further units.
        """
        if not self._has_time:
            return []
        others = [other for other in self.hard if other not in rules]
        softened = zip(rules, _unit_penalties(self.day, rules), strict=True)
        giving = [rule.softened(penalty) for rule, penalty in softened]
        day = self.day.under([*others, *giving])
        broken = {rule.name: _broken_pairs(day, rule.name) for rule in rules}
        value = -np.sum(
            [rule.cost * broken[rule.name] for rule in giving], axis=0, dtype=float
        )
        result = self._solved(day.problem.replace(value=value))
        self.is_complete &= result.status in {Status.OPTIMAL, Status.INFEASIBLE}
        if not result.status.has_solution:
            return []
        relaxations = []
        for rule in rules:
            places = dict(_places(day, rule.name, broken[rule.name], result.solution))
            named = tuple(f"{key}: {amount:g}" for key, amount in places.items())
            amount = sum(places.values())
            relaxations.append(
                RuleRelaxation(rule.name, amount, named, rule.counted_in)
            )
        return [relaxation for relaxation in relaxations if relaxation.places]

    def _solved(self, problem: Problem) -> Result:
        began, seconds = perf_counter(), self.deadline.part(PART).seconds
        result = solve(problem, seed=self.seed, time_limit=seconds)
        took = perf_counter() - began
        self.shortest = min(self.shortest or took, took)
        return result

    @property
    def _has_time(self) -> bool:
        """Whether there is time for the quickest of the solves so far."""
        has_time = self.deadline.seconds > self.shortest
        self.is_complete &= has_time
        return has_time


def _unit_then_amount(relaxation: RuleRelaxation) -> tuple[str, float]:
    """Return what relaxations are ordered by: leads first, units never compared."""
    first = "" if relaxation.unit == LEADS else relaxation.unit
    return first, relaxation.amount


def _fewest_meeting(conflicts: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return the fewest numbers of which every conflict has one."""
    numbers = sorted({number for conflict in conflicts for number in conflict})
    for size in range(1, len(numbers) + 1):
        for chosen in combinations(numbers, size):
            if all(set(chosen) & set(conflict) for conflict in conflicts):
                return chosen
    return ()


def _unit_penalties(day: Day, rules: Sequence[Rule]) -> list[float]:
    """Return what a unit of each rule costs: of one unit all cost the same, and all
    that could be broken of a later unit costs less than one lead.
    """
    units = sorted({rule.counted_in for rule in rules}, key=lambda unit: unit != LEADS)
    most = 1.0
    for limit in day.problem.limits:
        most = max(most, float(limit.weight.sum()))
    return [(2 * most) ** -float(units.index(rule.counted_in)) for rule in rules]


def _broken_pairs(day: Day, name: str) -> NDArray[np.bool_]:
    """Return the pairs that break the rule by themselves, shape (n_pairs,)."""
    problem = day.problem
    if name not in day.filters:
        return np.zeros(problem.n_pairs, dtype=bool)
    return ~day.filters[name].at(problem.lead, problem.rep)


def _places(
    day: Day, name: str, broken: NDArray[np.bool_], solution: Solution
) -> Iterator[tuple[str, float]]:
    """Yield where an allocation breaks the rule, and by how much."""
    problem = day.problem
    for pair in np.flatnonzero(broken & solution.chosen):
        rep_id = problem.rep_ids[problem.rep[pair]]
        yield f"lead {problem.lead_ids[problem.lead[pair]]} to {rep_id}", 1.0
    wanted = day.rule(name).wants_owner(day.crm) & ~solution.assigned
    for lead_id in problem.lead_ids[wanted]:
        yield f"lead {lead_id} unassigned", 1.0
    for limit in problem.limits:
        if limit.rule == name and (amount := limit.outside(solution.chosen)):
            yield limit.key, amount
    for share in problem.shares:
        if share.rule == name:
            beyond = share.outside(solution.rep_of)
            yield from ((problem.rep_ids[j], beyond[j]) for j in np.flatnonzero(beyond))
    for group in problem.groups:
        if group.rule == name and (more := group.outside(solution.rep_of)):
            yield group.key, float(more)

"""One lead of a day decided alone: who may have it, who would get it, and why."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from crm import listed
from crm.rep_names import names_of
from reporting.text.words.people import rep_name
from solver import Day, Rule
from solver.explain.reasons import Choice, Reason
from solver.explain.unassigned import reason_without_pair
from solver.problem.constraints import outside

NEAR = 1e-9
"""Values as near as this are equal."""
MANY = 5
"""Reps that are named before the rest is counted."""


@dataclass(frozen=True, eq=False)
class LoneLead:
    """One lead of a day decided alone, as if there were no other.

    Attributes
    ----------
    day, lead
        The day, and the lead's position.
    is_scored
        Whether values of pairs are known, so that the best rep is.
    """

    day: Day
    lead: int
    is_scored: bool

    @cached_property
    def pairs(self) -> NDArray[np.int64]:
        """The pairs of the lead that no hard rule forbids to it alone."""
        start, end = self.day.problem.indptr[self.lead : self.lead + 2]
        pairs = np.arange(start, end)
        return pairs[~np.isin(pairs, [*self.blocked])]

    @cached_property
    def blocked(self) -> dict[int, str]:
        """Each pair that a bound forbids to the lead alone -> the rule, in words."""
        problem = self.day.problem
        start, end = (int(each) for each in problem.indptr[self.lead : self.lead + 2])
        full = {
            pair: "the rep has no slot"
            for pair in range(start, end)
            if problem.uses_slot[pair] and problem.capacity[problem.rep[pair]] < 1
        }
        for limit in problem.limits:
            if not limit.is_hard:
                continue
            first, last = np.searchsorted(limit.pair, [start, end])
            for place in range(int(first), int(last)):
                weight = limit.weight[place]
                if outside(weight, 0.0, limit.upper) > 0:
                    full[int(limit.pair[place])] = (
                        f"beyond the bound of rule {limit.rule}"
                    )
        return full

    @cached_property
    def eligible(self) -> list[str]:
        """Ids of the reps who may have it."""
        problem = self.day.problem
        return [str(rep) for rep in problem.rep_ids[problem.rep[self.pairs]]]

    @cached_property
    def best(self) -> list[str]:
        """Ids of the reps one of whom gets it; several tie, or scores are missing."""
        if not self.eligible or not self.is_scored:
            return self.eligible
        value = self.day.problem.value[self.pairs]
        if self._is_too_dear:
            return []
        near = value >= value.max() - NEAR
        return [
            rep for rep, is_best in zip(self.eligible, near, strict=True) if is_best
        ]

    @property
    def _is_too_dear(self) -> bool:
        problem = self.day.problem
        gain = problem.value[self.pairs].max() + problem.skip_cost[self.lead]
        return bool(gain < -NEAR and not problem.must[self.lead])

    @cached_property
    def reason(self) -> str:
        """Code of why it has no rep, or its rep; empty where scores decide that."""
        without = reason_without_pair(self.day, self.lead)
        if without is not None:
            return str(without[0])
        if not self.eligible:
            slots = all("slot" in text for text in self.blocked.values())
            return str(Reason.REPS_FULL if slots else Reason.LIMIT_REACHED)
        if not self.best:
            return str(Reason.PENALTIES_EXCEED_VALUE)
        if chosen := self._choices:
            return chosen[-1]
        if len(self.eligible) == 1:
            return str(Choice.ONLY_ELIGIBLE_REP)
        return str(Choice.HIGHEST_VALUE) if self.is_scored else ""

    @property
    def _choices(self) -> list[str]:
        """Codes of the rules that decide its rep, the one that is named last."""
        if len(self.best) != 1:
            return []
        day = self.day
        rep = np.flatnonzero(day.problem.rep_ids == self.best[0]).astype(np.int32)
        at = np.array([self.lead])
        deciding = [r for r in day.rules if r.choice and r.name in day.filters]
        ranked = sorted(deciding, key=lambda rule: rule.choice_rank)
        return [r.choice for r in ranked if day.filters[r.name].names(at, rep).all()]

    @property
    def detail(self) -> str:
        """Why it has no eligible rep, with rules and cells; empty where it has one."""
        without = reason_without_pair(self.day, self.lead)
        if without is not None:
            return without[1]
        return (
            "; ".join(dict.fromkeys(self.blocked.values())) if self.is_nobodys else ""
        )

    @property
    def is_nobodys(self) -> bool:
        """Whether no rep may have it."""
        return not self.eligible

    def forbidding(self, rep_id: str) -> list[Rule]:
        """Return the hard rules that forbid it to a rep, whatever others say."""
        rep = self._position(rep_id)
        return [rule for rule in self.day.hard_filters if not self._allows(rule, rep)]

    def allowing(self, rep_id: str) -> list[Rule]:
        """Return the hard rules that speak of it and allow it to a rep."""
        rep = self._position(rep_id)
        filters = self.day.filters
        return [
            rule
            for rule in self.day.hard_filters
            if filters[rule.name].key[self.lead] > 0 and self._allows(rule, rep)
        ]

    def why_not(self, rep_id: str) -> str:
        """Return why a rep may not have it, with each rule in its words."""
        forbidding = self.forbidding(rep_id)
        told = [f"forbidden by rule {r.name} ({r.sentence})" for r in forbidding]
        rep = self._position(rep_id)
        if not self.day.available[rep]:
            told.append("not at work: see active, start_date, end_date and absences")
        for pair, text in self.blocked.items():
            if self.day.problem.rep[pair] == rep:
                told.append(text)
        return " and ".join(told)

    def named(self, rep_ids: list[str]) -> str:
        """Return reps by name and id."""
        names = names_of(self.day.crm.reps)
        return listed([rep_name(rep, names) for rep in rep_ids], MANY) or "nobody"

    def _allows(self, rule: Rule, rep: int) -> bool:
        table = self.day.filters[rule.name]
        return bool(table.allowed[table.key[self.lead], rep])

    def _position(self, rep_id: str) -> int:
        return int(np.flatnonzero(self.day.problem.rep_ids == rep_id)[0])

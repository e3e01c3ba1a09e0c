"""What each rule reached on a day: leads, reps, pairs, and entries that never met."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import Bounds, matches, where_text
from solver.building.day import Day
from solver.rules.base import Rule
from solver.rules.lookup import Lookup

COLUMNS = [
    *["rule", "kind", "strength", "leads", "reps"],
    *["pairs_removed", "pairs_charged", "pairs_bounded", "unmet"],
]
COUNTS = COLUMNS[3:8]


@dataclass(frozen=True, eq=False)
class RuleReach:
    """What one rule reached on a day.

    All follows from what the rule's class says of it, so that it holds of rules from
    outside as well.

    Attributes
    ----------
    day, rule
        The day, and one of its rules.
    """

    day: Day
    rule: Rule

    @cached_property
    def lookups(self) -> tuple[Lookup, ...]:
        """What the rule looks up."""
        return tuple(self.rule.lookups(self.day.crm))

    @cached_property
    def leads(self) -> NDArray[np.bool_]:
        """The leads it says something of, shape (n_leads,)."""
        problem = self.day.problem
        leads = np.bincount(problem.lead[self._pairs], minlength=problem.n_leads) > 0
        leads |= self.rule.wants_owner(self.day.crm)
        allowed = self.day.filters.get(self.rule.name)
        return leads if allowed is None else leads | (allowed.key > 0)

    @property
    def is_of_pairs(self) -> bool:
        """Whether it speaks of eligible pairs alone, as bounds on sums do."""
        speaks_of_leads = type(self.rule).wants_owner is not Rule.wants_owner
        return self.rule.name not in self.day.filters and not speaks_of_leads

    @cached_property
    def reps(self) -> NDArray[np.bool_]:
        """The reps at work who may have such a lead by this rule, shape (n_reps,)."""
        problem = self.day.problem
        reps = np.bincount(problem.rep[self._pairs], minlength=problem.n_reps) > 0
        allowed = self.day.filters.get(self.rule.name)
        if allowed is not None and allowed.key.any():
            rows = np.unique(allowed.key[allowed.key > 0])
            reps = np.any(allowed.allowed[rows] & self.day.available, axis=0)
        return np.asarray(reps, dtype=bool)

    @cached_property
    def n_removed(self) -> int:
        """Pairs of a lead and a rep at work that it removes, others or not."""
        return self.n_unwanted if self.rule.is_hard else 0

    @cached_property
    def n_unwanted(self) -> int:
        """Pairs of a lead and a rep at work that it removes, or would charge."""
        allowed = self.day.filters.get(self.rule.name)
        if allowed is None or self.rule.cost == 0:
            return 0
        n_leads = np.bincount(allowed.key, minlength=len(allowed.allowed))
        n_leads[0] = 0
        forbidden = (~allowed.allowed & self.day.available).sum(axis=1)
        return int(n_leads @ forbidden)

    @cached_property
    def charged(self) -> NDArray[np.bool_]:
        """The eligible pairs that it charges, shape (n_pairs,)."""
        problem, rule = self.day.problem, self.rule
        charged = rule.charge(self.day.crm, problem.lead, problem.rep) != 0
        allowed = self.day.filters.get(rule.name)
        if allowed is not None and rule.penalty:
            charged |= ~allowed.at(problem.lead, problem.rep)
        return charged

    @cached_property
    def bounded(self) -> NDArray[np.bool_]:
        """The eligible pairs in a sum that it bounds, shape (n_pairs,)."""
        problem, rule = self.day.problem, self.rule
        bounded = rule.wants_owner(self.day.crm)[problem.lead] & (rule.cost > 0)
        if rule.is_hard and not rule.where and rule.slots(self.day.crm) is not None:
            bounded |= problem.uses_slot
        for limit in problem.limits:
            if limit.rule == rule.name:
                bounded[limit.pair] = True
        grouped = np.zeros(problem.n_leads, dtype=bool)
        for share in problem.shares:
            if share.rule == rule.name:
                grouped |= share.weight > 0
        for group in problem.groups:
            if group.rule == rule.name:
                grouped[group.lead] = True
        return bounded | grouped[problem.lead]

    @cached_property
    def record(self) -> tuple[object, ...]:
        """Its row of the table."""
        return (
            *(self.rule.name, self.rule.kind, self.rule.strength),
            *(int(self.leads.sum()), int(self.reps.sum()), self.n_removed),
            *(int(self.charged.sum()), int(self.bounded.sum())),
            "; ".join([*map(str, filter(_has_missed, self.lookups)), *self._blanks]),
        )

    @property
    def warnings(self) -> list[str]:
        """Whom it binds not, and what it looked up in vain, in sentences."""
        name = f"rule {self.rule.name}"
        notable = [lookup for lookup in self.lookups if lookup.is_notable]
        if not self.leads.any():
            reason, told = self._why_no_lead
            sentence = f"{name} reaches no lead of the day: {reason}"
            rest = [str(lookup) for lookup in notable if lookup is not told]
            return [sentence, *(f"{name}: {text}" for text in rest)]
        return [*self._idle, *(f"{name}: {lookup}" for lookup in notable)]

    @property
    def _blanks(self) -> Iterator[str]:
        """Yield how many rows lack what the rule needs, where others have it."""
        crm = self.day.crm
        tables = {"leads": crm.leads[self.rule.speaks_of(crm)], "reps": crm.reps}
        for table, column in self.rule.needs:
            rows = tables.get(table, crm.reps[:0])
            if column in rows:
                n_blank = matches(rows, {column: Bounds(missing=True)}).sum()
                if 0 < n_blank < len(rows):
                    yield f"empty {column} of {table}: {n_blank:,} of {len(rows):,}"

    @property
    def _pairs(self) -> NDArray[np.bool_]:
        return self.charged | self.bounded

    @property
    def _idle(self) -> list[str]:
        """Return why the rule binds nobody, though it speaks of leads."""
        n_leads, name = int(self.leads.sum()), f"rule {self.rule.name}"
        leads = "the one lead" if n_leads == 1 else f"any of the {n_leads:,} leads"
        keeps = self.rule.keeps(self.day.crm).any()
        if not (keeps or self.reps.any()):
            return [f"{name}: no rep at work may have {leads} it speaks of"]
        if not (self.n_unwanted or self._pairs.any()):
            return [f"{name} binds nobody: every rep at work may have {leads} as it is"]
        return []

    @property
    def _why_no_lead(self) -> tuple[str, Lookup | None]:
        """Return why it reaches no lead, and what it looked up, if that says so."""
        crm, rule = self.day.crm, self.rule
        speaks = rule.speaks_of(crm)
        if not speaks.any():
            return f"none has {where_text(rule.where)}", None
        for table, column in rule.needs:
            frame = getattr(crm, table)
            if frame.empty:
                return f"{table} has no rows", None
            rows = speaks if table == "leads" else np.ones(len(frame), dtype=bool)
            if not matches(frame[rows], {column: Bounds(missing=False)}).any():
                return f"{column} of {table} is empty", None
        for lookup in self.lookups:
            if lookup.missed and not lookup.met:
                return str(lookup), lookup
        if not self.day.problem.n_pairs:
            return "none has an eligible rep", None
        return f"there is none for it ({rule.statement})", None


def _has_missed(lookup: Lookup) -> bool:
    return bool(lookup.missed)


def reach_of_rules(day: Day) -> list[RuleReach]:
    """Return what each rule reached, in their order."""
    return [RuleReach(day, rule) for rule in day.rules]


def reach_table(reaches: list[RuleReach]) -> pd.DataFrame:
    """Return one row per rule: what it reached today, as in ``reach.csv``.

    Returns
    -------
    pandas.DataFrame
        ``rule``, ``kind``, ``strength``; ``leads`` it says something of, of a bound on
        sums those with an eligible rep, and ``reps`` at work who may have one of them
        by it; ``pairs_removed``, of such a lead and
        a rep at work, whatever other rules say; ``pairs_charged`` and
        ``pairs_bounded``, the eligible pairs that it charges, and those in a sum that
        it bounds; ``unmet``, entries that the other side has not, in words.
    """
    return pd.DataFrame([reach.record for reach in reaches], columns=COLUMNS).astype(
        dict.fromkeys(COUNTS, np.int64)
    )

"""Leads that all rules treat alike, once each: what lint looks at."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from solver import Day, Rule

MOST_LEADS = 20_000
"""Leads that are looked at; of more, as many at even distances."""
MOST_CELLS = 4_000_000
"""Groups times reps that are looked at; of more groups, the largest."""


@dataclass(frozen=True, eq=False)
class LeadGroups:
    """Leads of a day that are distributed, in groups that all rules treat alike.

    Attributes
    ----------
    day
        The day.
    first, count
        Shape (n_groups,); a lead of each group, and its number of leads.
    """

    day: Day
    first: NDArray[np.int64]
    count: NDArray[np.int64]

    @classmethod
    def of(cls, day: Day) -> "LeadGroups":
        """Return the groups of a day, of a sample of its leads where it is large."""
        leads = np.flatnonzero(day.kept_by == "")
        leads = leads[:: max(-(-len(leads) // MOST_LEADS), 1)]
        group, first = (
            np.zeros(len(leads), dtype=np.int64),
            np.arange(min(len(leads), 1)),
        )
        for table in day.filters.values():
            combined = group * len(table.allowed) + table.key[leads]
            _, first, group = np.unique(
                combined, return_index=True, return_inverse=True
            )
        count = np.bincount(group, minlength=len(first))
        most = max(MOST_CELLS // max(len(day.available), 1), 1)
        largest = np.sort(np.argsort(-count, kind="stable")[:most])
        return cls(day, leads[first[largest]], count[largest])

    @property
    def n_leads(self) -> int:
        """Number of leads that are looked at."""
        return int(self.count.sum())

    @cached_property
    def looked_at(self) -> str:
        """How many leads were looked at, in words: ``140 leads``."""
        everybody = int(np.count_nonzero(self.day.kept_by == ""))
        sample = "" if self.n_leads == everybody else f" (a sample of {everybody:,})"
        return f"{self.n_leads:,} leads{sample}"

    @cached_property
    def hard(self) -> list[Rule]:
        """The hard filters."""
        return self.day.hard_filters

    def allowed(self, rule: Rule) -> NDArray[np.bool_]:
        """Tell which reps a rule allows for which groups, shape (n_groups, n_reps)."""
        table = self.day.filters[rule.name]
        return table.allowed[table.key[self.first]]

    def allowed_by(self, rules: list[Rule]) -> NDArray[np.bool_]:
        """Tell which reps all of these rules allow, shape (n_groups, n_reps)."""
        shape = len(self.first), len(self.day.available)
        allowed = np.ones(shape, dtype=bool)
        for rule in rules:
            allowed &= self.allowed(rule)
        return allowed

    def served(self, rules: list[Rule]) -> NDArray[np.bool_]:
        """Tell for each group whether these rules leave it a rep, (n_groups,)."""
        return np.asarray(self.allowed_by(rules).any(axis=1))

    def leads(self, groups: NDArray[np.bool_]) -> int:
        """Return the number of leads of some groups."""
        return int(self.count[groups].sum())

    def example(self, groups: NDArray[np.bool_]) -> str:
        """Return the id of the first lead of some groups."""
        return str(self.day.problem.lead_ids[self.first[groups].min()])

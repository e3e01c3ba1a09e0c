"""Rules of one shape: the rep's list covers what the lead needs."""

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

import numpy as np
import pandas as pd

from crm import CrmData
from crm.schema import EVERYTHING
from solver.day.allocation import Allocation, Row, Violation
from solver.day.eligibility import Eligibility
from solver.rules.base import Rule
from solver.rules.issue import Need
from solver.rules.lookup import Lookup, needs_and_offers


class PairRule(Rule):
    """A rule that says which reps may serve which leads.

    Hard, it removes the other pairs; soft, it charges a penalty for each.
    """

    @abstractmethod
    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return which reps the rule allows for which leads."""

    @abstractmethod
    def allows(self, lead: Row, rep: Row, allocation: Allocation) -> bool:
        """Tell whether this rep may serve this lead, from their rows alone.

        The lead's row has the columns of :attr:`reads` and no others.
        """

    @property
    def reads(self) -> tuple[str, ...] | None:
        """What :meth:`allows` reads of a lead; `None` for every column.

        Of leads that have the same there, and the same rep, it is asked once.
        """
        return None

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each assigned lead whose rep the rule forbids."""

        def broken(lead: Row, rep: Row) -> str | None:
            return None if self.allows(lead, rep, allocation) else ""

        for place in allocation.verdicts(self.where, self.reads, broken):
            yield Violation(self.name, *place)


class CoverageRule(PairRule):
    """The rep's list covers the lead's need; a lead without a need goes anywhere."""

    lead_column: ClassVar[str]
    rep_column: ClassVar[str]

    @property
    def needs(self) -> tuple[Need, ...]:
        """What the lead needs, and what the rep covers."""
        return (("leads", self.lead_column), ("reps", self.rep_column))

    @property
    def reads(self) -> tuple[str, ...]:
        """What the lead needs."""
        return (self.lead_column,)

    @property
    def statement(self) -> str:
        """Whose list covers what."""
        return f"the lead's {self.lead_column} is one of the rep's {self.rep_column}"

    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return one row of reps per need found among the leads."""
        need = crm.leads[self.lead_column].to_numpy()
        speaks = self.speaks_of(crm) & (need != "")
        code, needs = pd.factorize(need[speaks])
        key = np.zeros(len(need), dtype=np.int64)
        key[speaks] = code + 1
        allowed = np.zeros((len(needs) + 1, len(crm.reps)), dtype=bool)
        allowed[0] = True
        rows_of = self._rows_of_entries(needs.tolist())
        for rep, covered in enumerate(crm.reps[self.rep_column]):
            for entry in covered:
                allowed[rows_of.get(self.spelt(entry), []), rep] = True
            allowed[:, rep] |= EVERYTHING in covered
        return Eligibility(key, allowed)

    def lookups(self, crm: CrmData) -> Iterator[Lookup]:
        """Yield the needs of the leads, and the entries of the reps' lists."""
        yield from super().lookups(crm)
        lead_column, rep_column = self.lead_column, self.rep_column
        needs = Counter(crm.leads.loc[self.speaks_of(crm), lead_column])
        del needs[""]
        offers = Counter(entry for cell in crm.reps[rep_column] for entry in cell)
        everywhere = EVERYTHING in offers
        spelt = {self.spelt(entry) for entry in offers}
        wanted = frozenset[str]().union(*map(self.entries, needs)) | {EVERYTHING}
        met = [need for need in needs if everywhere or self.entries(need) & spelt]
        taken = [entry for entry in offers if self.spelt(entry) in wanted]
        yield from needs_and_offers(
            (lead_column, rep_column),
            needs,
            offers,
            (met, taken),
            (f"in the {rep_column} of no rep", f"the {lead_column} of no lead"),
        )

    def entries(self, need: str) -> set[str]:
        """Return the entries of a rep's list that cover the need."""
        return {need}

    def spelt(self, entry: str) -> str:
        """Return an entry of a rep's list as :meth:`entries` writes it."""
        return entry

    def allows(self, lead: Row, rep: Row, allocation: Allocation) -> bool:
        """Tell whether the rep's list holds the lead's need."""
        need, covered = lead[self.lead_column], rep[self.rep_column]
        return not need or need in covered or EVERYTHING in covered

    def _rows_of_entries(self, needs: list[str]) -> dict[str, list[int]]:
        """Return entry -> the rows, from 1, of the needs it covers."""
        rows: dict[str, list[int]] = {}
        for row, need in enumerate(needs, start=1):
            for entry in self.entries(need):
                rows.setdefault(entry, []).append(row)
        return rows

"""Rules on one lead and one rep."""

from abc import abstractmethod
from collections.abc import Iterator

from crm import CrmData
from solver.day.allocation import Allocation, Row, Violation
from solver.day.eligibility import Eligibility
from solver.rules.base import Rule


class PairRule(Rule):
    """A rule that says which reps may serve which leads.

    Hard, it removes the other pairs; soft, it charges a penalty for each.
    """

    @abstractmethod
    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return which reps the rule allows for which leads."""

    @abstractmethod
    def allows(self, lead: Row, rep: Row, allocation: Allocation) -> bool:
        """Tell whether this rep may serve this lead, from their rows alone."""

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each assigned lead whose rep the rule forbids."""
        for lead, rep in allocation.pairs(self.where):
            if not self.allows(lead, rep, allocation):
                yield Violation(self.name, lead["lead_id"], rep["rep_id"])

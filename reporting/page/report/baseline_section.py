"""The allocation beside round robin: expectation and measurement apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.page.environment import NOTHING
from reporting.page.report.section import PageSection, section


@dataclass(frozen=True)
class Expected:
    """What the model expects of an allocation.

    Attributes
    ----------
    n_assigned, conversions
        Leads with an owner; the sum of P(convert). Means over draws.
    objective
        What is optimised: conversions or revenue, less the penalties of soft rules.
    revenue
        The sum of P(convert) times what each lead counts once won; None where the
        objective counts conversions.
    """

    n_assigned: float
    conversions: float
    objective: float
    revenue: float | None = None

    @property
    def penalties(self) -> float:
        """What the objective is below the model expectation of its unit."""
        whole = self.conversions if self.revenue is None else self.revenue
        return whole - self.objective


@dataclass(frozen=True)
class Baseline:
    """A run beside round robin under the same rules.

    Attributes
    ----------
    own, baseline
        What the model expects of what was assigned, and of the baseline policy.
    n_draws, spread
        Orders of reps that were drawn for the baseline, and the standard deviation of
        its expected conversions over them.
    measured
        What was measured, in sentences.
    """

    own: Expected
    baseline: Expected
    n_draws: int
    spread: float
    measured: Sequence[str]

    @property
    def has_penalties(self) -> bool:
        """Whether soft rules are broken by either."""
        both = (self.own, self.baseline)
        return any(abs(each.penalties) > NOTHING * abs(each.objective) for each in both)


def baseline_section(baseline: Baseline) -> PageSection:
    """Return the two expectations in one table, and what was measured apart."""
    return section("baseline", "Beside round robin", baseline=baseline)

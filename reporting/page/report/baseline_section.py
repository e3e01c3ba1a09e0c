"""The allocation beside round robin: expectation and measurement apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.page.report.section import PageSection, section


@dataclass(frozen=True)
class Expected:
    """What the model expects of an allocation.

    Attributes
    ----------
    n_assigned, conversions
        Leads with an owner; the sum of P(convert). Means over draws.
    revenue
        The sum of P(convert) times what each lead counts once won; None where the
        objective counts conversions.
    """

    n_assigned: float
    conversions: float
    revenue: float | None = None


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


def baseline_section(baseline: Baseline) -> PageSection:
    """Return the two expectations in one table, and what was measured apart."""
    return section("baseline", "Beside round robin", baseline=baseline)

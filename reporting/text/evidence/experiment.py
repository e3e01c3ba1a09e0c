"""The experiment of a run, in a line and in notes."""

from collections.abc import Iterator
from dataclasses import dataclass

from evaluation.labels import EXPECTED
from reporting.text.layout.layout import counted


@dataclass(frozen=True)
class ExperimentFigures:
    """A randomised assignment in figures.

    Attributes
    ----------
    control_share, control_policy, max_pair_probability
        As the scenario asks for them.
    design
        ``lead`` where each lead draws its arm, ``day`` where all leads share one.
    control_draws
        Allocations of the control policy, of which one was drawn.
    n_eligible, n_control
        Leads with an eligible rep, and those of them in the control arm.
    share_kept
        Expected objective over all draws, as a share of the optimum's; None where
        that is zero.
    tying_rules
        Rules for whose sake all leads share an arm.
    """

    control_share: float
    control_policy: str
    max_pair_probability: float | None
    design: str
    control_draws: int
    n_eligible: int
    n_control: int
    share_kept: float | None
    tying_rules: tuple[str, ...]


def experiment_line(figures: ExperimentFigures) -> str:
    """Return what was randomised, and the share of the objective that it keeps."""
    parts = []
    if figures.control_share:
        leads = counted(figures.n_eligible, "lead")
        parts.append(
            f"{figures.n_control:,} of {leads} by {figures.control_policy}, the "
            f"control arm (share {figures.control_share:.4g})"
        )
    if figures.max_pair_probability:
        parts.append(f"no pair likelier than {figures.max_pair_probability:.4g}")
    if figures.share_kept is not None:
        parts.append(
            f"keeps {figures.share_kept:.1%} of the optimum's objective on average "
            f"({EXPECTED})"
        )
    return "; ".join(parts)


def experiment_notes(figures: ExperimentFigures) -> Iterator[str]:
    """Yield what a reader must know of a randomised day."""
    yield (
        "This day's assignment is randomised: propensities.csv has every probability, "
        "optimum.csv what would have been assigned otherwise. Prices and rule costs "
        "are the optimum's."
    )
    if figures.tying_rules:
        yield (
            "The whole day is in one arm, since these rules tie leads together: "
            f"{', '.join(figures.tying_rules)}. It takes many days to measure."
        )

"""Findings of a model card: rep effects, and distributed and self-generated leads."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scoring.card.figures import SIGNIFICANCE
from scoring.rep_effects import Answer, VarianceComponent, WinRates


@dataclass(frozen=True)
class RepFigure:
    """One rep in the card.

    Attributes
    ----------
    effect
        Shrunken effect on all leads, logits; 0 where none is used.
    low, high
        95 % interval of the effect.
    n_leads
        Closed distributed leads it rests on.
    """

    effect: float
    low: float
    high: float
    n_leads: int


@dataclass(frozen=True)
class RepFinding:
    """Whether reps differ measurably, and the evidence.

    Attributes
    ----------
    answer
        Yes, no or cannot tell.
    main, interaction
        Variance components of the rep effects and of the interactions.
    interaction_features
        Features of the lead that may interact with the rep.
    win_rates
        The spread of win rates beside binomial noise.
    reps
        Figures by rep.
    doubt
        Why history cannot tell whether reps differ; empty if it can.
    lasting_tested
        Whether newer rows could show that a difference lasts.
    """

    answer: Answer
    main: VarianceComponent
    interaction: VarianceComponent
    interaction_features: tuple[str, ...]
    win_rates: WinRates
    reps: Mapping[str, RepFigure]
    doubt: str = ""
    lasting_tested: bool = True

    @property
    def used(self) -> bool:
        """Tell whether reps score differently."""
        return self.main.used or self.interaction.used


@dataclass(frozen=True)
class RepOrigins:
    """One rep's leads of both kinds.

    Attributes
    ----------
    rep_id
        The rep.
    n_distributed, won_distributed, n_self_generated, won_self_generated
        Closed leads of each kind, and the won ones among them.
    rate_distributed, rate_self_generated
        Share won, shrunken as in
        :func:`scoring.origins.conversion_rates.assigned_conversion`.
    difference, low, high
        What the rep adds to the log odds of distributed leads less what they add to
        self-generated ones, both relative to the company and shrunken; 95 % interval.
    adjusted_p
        p-value of no difference, adjusted for all reps (Holm); 1 for a rep with too
        few leads of one kind.
    """

    rep_id: str
    n_distributed: int
    won_distributed: int
    n_self_generated: int
    won_self_generated: int
    rate_distributed: float
    rate_self_generated: float
    difference: float
    low: float
    high: float
    adjusted_p: float

    @property
    def better_self_generated(self) -> bool:
        """Tell whether the rep does better with self-generated leads."""
        return self.adjusted_p <= SIGNIFICANCE and self.high < 0

    @property
    def better_distributed(self) -> bool:
        """Tell whether the rep does better with distributed leads."""
        return self.adjusted_p <= SIGNIFICANCE and self.low > 0


@dataclass(frozen=True)
class OriginFinding:
    """How distributed and self-generated leads differ, by rep.

    Attributes
    ----------
    rate_distributed, rate_self_generated
        Share won in the whole company; NaN where not known.
    reps
        One row per rep; empty where history cannot compare the two kinds.
    """

    rate_distributed: float = np.nan
    rate_self_generated: float = np.nan
    reps: tuple[RepOrigins, ...] = ()

"""One way in which reps may differ: its variance, its test, how much of it is used."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

SIGNIFICANCE = 0.025
"""Of each of the two tests, so that both together claim something 1 time in 20."""
SUGGESTIVE = 0.1
"""P-value of either test up to which it would be rash to say that there is nothing."""
MATERIAL_SD = 0.25
"""A spread in logits that a sales manager would care about."""
LASTING = 0.1
"""The part of a spread that newer rows must confirm for it to be used."""


@dataclass(frozen=True)
class SpreadTest:
    """A test of no variance between reps, and what it would have missed.

    Attributes
    ----------
    p_value
        Of no spread at all.
    upper_sd
        The largest spread that the rows still allow, at 95 %, logits.
    detectable_sd
        The spread that would have shown four times in five, logits; infinite if
        there is nothing to compare.
    """

    p_value: float
    upper_sd: float
    detectable_sd: float

    @property
    def significant(self) -> bool:
        """Tell whether chance alone hardly gives so much spread."""
        return self.p_value <= SIGNIFICANCE

    @property
    def suggestive(self) -> bool:
        """Tell whether chance alone does not often give so much spread."""
        return self.p_value <= SUGGESTIVE


NOTHING_TO_TEST = SpreadTest(p_value=1.0, upper_sd=np.inf, detectable_sd=np.inf)


@dataclass(frozen=True)
class VarianceComponent:
    """How far reps differ in one way, on the logit scale.

    Attributes
    ----------
    sd
        Estimated spread of the reps' log odds, if there is any.
    test
        Of no spread.
    probability
        That there is any spread, by how much newer rows gain from it.
    persistence
        The part of it that newer rows confirm, between 0 and 1.
    used
        Whether scores make use of it.
    """

    sd: float
    test: SpreadTest
    probability: float
    persistence: float
    used: bool

    @property
    def lasts(self) -> bool:
        """Tell whether newer rows do not speak against it."""
        return self.persistence >= LASTING

    @property
    def confirmed(self) -> bool:
        """Tell whether reps differ beyond noise, in a way that lasts."""
        return self.test.significant and self.lasts and self.sd > 0

    @property
    def shrinkage(self) -> float:
        """What the estimated coefficients are multiplied by, between 0 and 1."""
        return self.probability * self.persistence if self.used else 0.0

    @property
    def shrunken_sd(self) -> float:
        """Spread that the scores make use of, logits."""
        return self.shrinkage * self.sd

    def error(self, error: np.ndarray, effect: np.ndarray) -> np.ndarray:
        """Return the standard errors of effects that may be nothing, (n_reps,).

        Parameters
        ----------
        error, effect
            Standard error and size of each effect if there are effects, (n_reps,).
        """
        within = self.probability * error**2
        between = self.probability * (1 - self.probability) * effect**2
        factor = self.persistence if self.used else 0.0
        return factor * np.sqrt(within + between)

    def settled(self, used: bool) -> Self:
        """Return the same, put to use where it lasts and there is any, or not."""
        return replace(self, used=used and self.lasts and self.sd > 0)


@dataclass(frozen=True)
class WinRates:
    """How far the reps' win rates lie apart, their leads not accounted for.

    Attributes
    ----------
    observed_sd
        Standard deviation of the win rates.
    noise_sd
        What it would be if all reps won alike: binomial noise.
    chi2_p
        Chi-square p-value of equal win rates.
    """

    observed_sd: float
    noise_sd: float
    chi2_p: float

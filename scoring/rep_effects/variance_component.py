"""A variance component of the reps: its estimate, its test, and the part in use."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

SIGNIFICANCE = 0.025
"""Of each of the two tests, so that both together claim something 1 time in 20."""
SUGGESTIVE = 0.1
"""p-value of either test up to which an effect is not ruled out."""
MATERIAL_SD = 0.25
"""A spread in logits that matters to a sales team."""
WIDEST_SD = 1.0
"""No spread of reps is larger, in logits."""
LASTING = 0.1
"""Persistence from which a spread is used."""


@dataclass(frozen=True)
class SpreadTest:
    """A test of no variance between reps, and its power.

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
        """Tell whether no spread is rejected."""
        return self.p_value <= SIGNIFICANCE

    @property
    def suggestive(self) -> bool:
        """Tell whether there are signs of a spread."""
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
        Posterior probability of a spread, by the log likelihood that newer rows gain.
    persistence
        The part of it that holds on newer rows, between 0 and 1.
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
        """Tell whether enough of it holds on newer rows."""
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

    def uncertainty(self, error: np.ndarray, effect: np.ndarray) -> np.ndarray:
        """Return how far true effects may be from the shrunken ones: root mean squares.

        Used or not: where newer rows bear out a part only, the rest of an effect may be
        there nevertheless.

        Parameters
        ----------
        error, effect
            Standard error and size of each effect if there are effects.
        """
        told = self.shrinkage * effect
        there = self.probability * (error**2 + (effect - told) ** 2)
        return np.sqrt(there + (1 - self.probability) * told**2)

    def hidden(self, variance: np.ndarray) -> np.ndarray:
        """Return what a spread that is not used may add to these variances.

        Its test allows spreads up to an upper bound, none likelier than another.
        """
        if self.used:
            return np.zeros_like(variance)
        allowed = min(self.test.upper_sd, WIDEST_SD) ** 2 / 3
        return np.maximum(allowed - variance, 0.0)

    def settled(self, used: bool) -> Self:
        """Return the same, used if asked where it lasts and is above 0."""
        return replace(self, used=used and self.lasts and self.sd > 0)


@dataclass(frozen=True)
class WinRates:
    """The spread of the reps' win rates, their leads not accounted for.

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

"""One way in which reps may differ, and how far it is to be believed."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from scoring.rep_effects.significance import SpreadTest

LASTING = 0.1
"""The part of a spread that newer rows must confirm for it to be used."""


@dataclass(frozen=True)
class Component:
    """How far reps differ in one way, on the logit scale.

    Attributes
    ----------
    sd
        Estimated spread of the reps' log odds, if there is any.
    test
        How likely so much spread is if there is none.
    belief
        How likely it is that there is any, between 0 and 1.
    persistence
        The part of it that newer rows confirm, between 0 and 1.
    used
        Whether scores make use of it.
    """

    sd: float
    test: SpreadTest
    belief: float
    persistence: float
    used: bool

    @property
    def lasts(self) -> bool:
        """Tell whether newer rows do not speak against it."""
        return self.persistence >= LASTING

    @property
    def found(self) -> bool:
        """Tell whether reps differ beyond noise, in a way that lasts."""
        return self.test.significant and self.lasts and self.sd > 0

    @property
    def share(self) -> float:
        """What the estimated coefficients are multiplied by, between 0 and 1."""
        return self.belief * self.persistence if self.used else 0.0

    @property
    def shrunken_sd(self) -> float:
        """Spread that the scores make use of, logits."""
        return self.share * self.sd

    def error(self, error: np.ndarray, effect: np.ndarray) -> np.ndarray:
        """Return the standard errors of effects that may be nothing, (n_reps,).

        Parameters
        ----------
        error, effect
            Standard error and size of each effect if there are effects, (n_reps,).
        """
        within = self.belief * error**2
        between = self.belief * (1 - self.belief) * effect**2
        factor = self.persistence if self.used else 0.0
        return factor * np.sqrt(within + between)

    def settled(self, used: bool) -> Self:
        """Return the same, put to use where it lasts and there is any, or not."""
        return replace(self, used=used and self.lasts and self.sd > 0)

"""A normal effect per group on top of known log odds."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import expit
from scipy.stats import chi2

MAX_SD = 3.0
MAX_STEP = 1.0
MAX_STEPS = 100
TOLERANCE = 1e-9


@dataclass(frozen=True)
class RandomIntercept:
    """Bernoulli outcomes whose groups differ by normal effects on the logit.

    Attributes
    ----------
    offset
        Known log odds of each row, (n_rows,).
    won
        1.0 or 0.0, (n_rows,).
    group
        Group of each row, (n_rows,), 0 .. n_groups - 1.
    n_groups
        Number of groups; a group without rows has effect 0.

    References
    ----------
    Breslow and Clayton (1993), Approximate inference in generalized linear
    mixed models, doi:10.1080/01621459.1993.10594284.
    """

    offset: np.ndarray
    won: np.ndarray
    group: np.ndarray
    n_groups: int

    def information(self, effect: np.ndarray) -> np.ndarray:
        """Return each group's sum of p (1 - p), (n_groups,)."""
        p = expit(self.offset + effect[self.group])
        return np.bincount(self.group, p * (1 - p), self.n_groups)

    def modes(self, sd: float) -> np.ndarray:
        """Return the most likely effects given their spread, (n_groups,).

        Damped Newton steps, all groups at once.
        """
        effect = np.zeros(self.n_groups)
        for _ in range(MAX_STEPS):
            p = expit(self.offset + effect[self.group])
            excess = np.bincount(self.group, self.won - p, self.n_groups)
            gradient = excess - effect / sd**2
            step = gradient / (self.information(effect) + 1 / sd**2)
            effect = effect + np.clip(step, -MAX_STEP, MAX_STEP)
            if np.abs(step).max(initial=0.0) < TOLERANCE:
                break
        return effect

    def log_likelihood(self, sd: float) -> float:
        """Return the Laplace approximation of the marginal log likelihood."""
        effect = self.modes(sd) if sd > 0 else np.zeros(self.n_groups)
        z = self.offset + effect[self.group]
        rows = np.sum(self.won * z - np.logaddexp(0, z))
        if sd == 0:
            return float(rows)
        prior = np.sum((effect / sd) ** 2)
        volume = np.sum(np.log1p(sd**2 * self.information(effect)))
        return float(rows - (prior + volume) / 2)

    def estimate_sd(self) -> tuple[float, float]:
        """Return the likeliest spread of the effects and the p-value of none.

        Under no spread the estimate is 0 half of the time, so the likelihood
        ratio is an even mixture of chi-square with 0 and 1 degrees of freedom.

        References
        ----------
        Self and Liang (1987), doi:10.1080/01621459.1987.10478472.
        """
        best = minimize_scalar(
            lambda sd: -self.log_likelihood(sd), bounds=(0.0, MAX_SD), method="bounded"
        )
        ratio = 2 * (-best.fun - self.log_likelihood(0.0))
        if ratio <= 0:
            return 0.0, 1.0
        return float(best.x), float(chi2.sf(ratio, 1) / 2)

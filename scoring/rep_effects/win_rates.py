"""The spread of reps' win rates beside the spread that chance alone gives."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2


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


def win_rates(won: np.ndarray, rep: np.ndarray, n_reps: int) -> WinRates:
    """Return the spread of the win rates of reps who all have rows.

    Parameters
    ----------
    won
        1.0 or 0.0, (n_rows,).
    rep
        Position of each row's rep, (n_rows,).
    """
    if n_reps < 2 or won.min() == won.max():
        return WinRates(0.0, 0.0, 1.0)
    n = np.bincount(rep, minlength=n_reps)
    rate = np.bincount(rep, won, n_reps) / n
    mean = won.mean()
    noise = mean * (1 - mean) / n
    p_value = chi2.sf(np.sum((rate - mean) ** 2 / noise), n_reps - 1)
    observed_sd, noise_sd = rate.std(ddof=1), np.sqrt(noise.mean())
    return WinRates(float(observed_sd), float(noise_sd), float(p_value))

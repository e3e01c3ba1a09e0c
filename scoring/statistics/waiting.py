"""Whether leads lose by waiting for a rep, and how fast: from a company's own history.

P(won | score z, days d) = expit(a + b z) exp(-c d): a day's wait takes the same part of
every lead's probability, whatever its score. The half-life is ln 2 / c.
"""

from dataclasses import dataclass
from math import inf, log
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Z = 1.96
"""Of a 95 % interval."""
FEW = 30
"""Leads won, and lost, below which nothing is fitted."""
LEAST_SPREAD = 0.01
"""Days; where waits differ by less, they tell nothing."""
_ROUNDS, _ENOUGH = 100, 1e-10
_MOST = 1 - 1e-9


@dataclass(frozen=True)
class WaitingFinding:
    """What history tells of waiting.

    Attributes
    ----------
    answer
        loses: the interval excludes that waiting costs nothing. cannot_tell: it does
        not. too_few: hardly any leads, or all waited alike.
    n_leads
        Closed leads that it was looked for in.
    half_life, low, high
        Days after which a lead counts half, and the ends of the 95 % interval; infinite
        where nothing is lost, NaN where nothing was fitted.
    """

    answer: Literal["loses", "cannot_tell", "too_few"]
    n_leads: int
    half_life: float
    low: float
    high: float


def find_waiting(
    won: NDArray[np.float64], log_odds: NDArray[np.float64], days: NDArray[np.float64]
) -> WaitingFinding:
    """Return whether leads that waited longer were won less often at the same score.

    Who is assigned first is not random: the score stands for what is known of the
    leads, and what else people saw in them stays in the answer.

    Parameters
    ----------
    won
        1.0 or 0.0 of each closed lead, shape (n,).
    log_odds
        Of a win by the lead model, shape (n,).
    days
        From creation to assignment, shape (n,); rows where it is missing do not count.
    """
    known = np.isfinite(days) & (days >= 0) & np.isfinite(log_odds)
    won, log_odds, days = won[known], log_odds[known], days[known]
    n_won = int(won.sum())
    if min(n_won, len(won) - n_won) < FEW or days.std() < LEAST_SPREAD:
        return WaitingFinding("too_few", len(won), np.nan, np.nan, np.nan)
    rate, error = _fit(won, log_odds, days)
    if not np.isfinite(error):
        return WaitingFinding("cannot_tell", len(won), np.nan, np.nan, np.nan)
    slow, fast = rate - Z * error, rate + Z * error
    answer: Literal["loses", "cannot_tell"] = "loses" if slow > 0 else "cannot_tell"
    return WaitingFinding(answer, len(won), *map(_half_life, (rate, fast, slow)))


def _half_life(rate: float) -> float:
    return log(2) / rate if rate > 0 else inf


def _fit(
    won: NDArray[np.float64], log_odds: NDArray[np.float64], days: NDArray[np.float64]
) -> tuple[float, float]:
    """Return the part lost per day by maximum likelihood, and its standard error.

    By Fisher scoring, each step halved until the likelihood rises.
    """
    theta = np.array([0.0, 1.0, 0.0])
    likelihood, score, information = _terms(theta, won, log_odds, days)
    for _ in range(_ROUNDS):
        step = np.linalg.lstsq(information, score, rcond=None)[0]
        while True:
            terms = _terms(theta + step, won, log_odds, days)
            if terms[0] >= likelihood or np.abs(step).max() < _ENOUGH:
                break
            step = step / 2
        theta, gained = theta + step, terms[0] - likelihood
        likelihood, score, information = terms
        if gained < _ENOUGH * len(won):
            break
    try:
        covariance = np.linalg.inv(information)
    except np.linalg.LinAlgError:
        return float(theta[2]), np.nan
    return float(theta[2]), float(np.sqrt(covariance[2, 2]))


def _terms(
    theta: NDArray[np.float64],
    won: NDArray[np.float64],
    log_odds: NDArray[np.float64],
    days: NDArray[np.float64],
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Return log likelihood, its gradient, and the expected information, (3, 3)."""
    fresh = expit(theta[0] + theta[1] * log_odds)
    p = np.clip(fresh * np.exp(-theta[2] * days), 1 - _MOST, _MOST)
    likelihood = float(np.sum(won * np.log(p) + (1 - won) * np.log1p(-p)))
    slope = np.stack([1 - fresh, (1 - fresh) * log_odds, -days]) * p
    weight = 1 / (p * (1 - p))
    return likelihood, slope @ (weight * (won - p)), (slope * weight) @ slope.T

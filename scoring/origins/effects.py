"""What reps add to distributed and to self-generated leads, estimated together."""

from itertools import product

import numpy as np
from scipy.special import expit, softmax
from scipy.stats import norm

from scoring.card.figures import SIGNIFICANCE
from scoring.statistics.likelihood import TINY, group_levels, newton_maximum
from scoring.statistics.multiplicity import holm

MIN_OF_REP = 5
WEAK_SD = 3.0
TOLERANCE = 1e-6
FAR_APART = 1.0
"""Variance of the difference, in log odds, of a rep who stands out."""
SPREADS = np.linspace(0.0, 1.5, 13)
"""Standard deviations, in log odds, that are averaged over."""
CONTRAST = np.array([-1.0, 1.0])


def fit_origin_effects(
    offset: np.ndarray,
    won: np.ndarray,
    rep: np.ndarray,
    distributed: np.ndarray,
    n_reps: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return each rep's difference between both kinds, its error and its p, (n_reps,).

    A rep's two effects are normal around what they have in common; how much reps
    differ, and how much their two effects do, is estimated from all of them. A rep
    with a significant difference is not shrunken to 0 with a company that is alike.

    Parameters
    ----------
    offset
        Known log odds of each row, (n_rows,).
    won
        1.0 or 0.0, (n_rows,).
    rep
        Rep of each row, (n_rows,), 0 .. n_reps - 1.
    distributed
        Whether it was distributed, not self-generated, (n_rows,) bool.
    n_reps
        Number of reps.

    Returns
    -------
    tuple of numpy.ndarray
        The shrunken effect on distributed leads less that on self-generated ones, both
        relative to the company; its posterior standard deviation; the p-value of no
        difference, adjusted for all reps (Holm), 1 for a rep with too few leads of one
        kind.

    References
    ----------
    Efron and Morris (1975), Data analysis using Stein's estimator and its
    generalizations, doi:10.1080/01621459.1975.10479864.
    """
    difference = company_difference(offset, won, rep, distributed, n_reps)
    offset = offset + difference * distributed
    offset = offset + group_levels(offset, won, 0 * rep, 1, np.inf, TOLERANCE)[0]
    adjusted_p = np.ones(n_reps)
    kind = 2 * rep + distributed
    n_rows = np.bincount(kind, minlength=2 * n_reps).reshape(n_reps, 2)
    compared = n_rows.min(axis=1) >= MIN_OF_REP
    p_value = score_test(offset, won, rep, distributed, n_reps)
    adjusted_p[compared] = holm(p_value[compared])
    effect, variance = working_effects(offset, won, kind, 2 * n_reps)
    effect, variance = effect.reshape(n_reps, 2), variance.reshape(n_reps, 2)
    stands_out = adjusted_p <= SIGNIFICANCE
    return *shrunken_difference(effect, variance, stands_out), adjusted_p


def company_difference(
    offset: np.ndarray,
    won: np.ndarray,
    rep: np.ndarray,
    distributed: np.ndarray,
    n_reps: int,
) -> float:
    """Return how much likelier distributed leads are won than others, in log odds.

    Estimated within reps, so that good reps with many self-generated leads do not
    bias it.
    """

    def step_at(difference: np.ndarray) -> np.ndarray:
        shifted = offset + difference * distributed
        surplus, variance = scores(shifted, won, rep, distributed, n_reps)
        return np.array([surplus.sum() / max(variance.sum(), TINY)])

    return float(newton_maximum(step_at, np.zeros(1), TOLERANCE, longest=1.0)[0])


def score_test(
    offset: np.ndarray,
    won: np.ndarray,
    rep: np.ndarray,
    distributed: np.ndarray,
    n_reps: int,
) -> np.ndarray:
    """Return the p-value of each rep's two effects being one, (n_reps,).

    Half a lead is taken off, as wins are counted whole.
    """
    surplus, variance = scores(offset, won, rep, distributed, n_reps)
    z = np.maximum(np.abs(surplus) - 0.5, 0.0) / np.sqrt(np.maximum(variance, TINY))
    return 2 * norm.sf(z)


def scores(
    offset: np.ndarray,
    won: np.ndarray,
    rep: np.ndarray,
    distributed: np.ndarray,
    n_reps: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the score of each rep's difference between both kinds, and its variance.

    The surplus of wins of distributed leads at the rep's own level, (n_reps,) each.
    """
    level = group_levels(offset, won, rep, n_reps, WEAK_SD, TOLERANCE)
    p = expit(offset + level[rep])
    surplus = np.bincount(rep, distributed * (won - p), n_reps)
    kinds = distributed, ~distributed
    a, b = (np.bincount(rep, kind * p * (1 - p), n_reps) for kind in kinds)
    variance = a * b / np.maximum(a + b, TINY)
    return surplus, variance


def working_effects(
    offset: np.ndarray, won: np.ndarray, group: np.ndarray, n_groups: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return each group's effect from its rows alone, and its variance.

    The likelihood of each group as a normal one, about the mode under a unit
    normal; a group without rows has an effect of 0 and a vast variance.
    """
    mode = group_levels(offset, won, group, n_groups, 1.0, TOLERANCE)
    p = expit(offset + mode[group])
    information = np.maximum(np.bincount(group, p * (1 - p), n_groups), TINY)
    return mode + mode / information, 1 / information


def shrunken_difference(
    effect: np.ndarray, variance: np.ndarray, stands_out: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return each rep's posterior difference and its standard deviation, (n_reps,).

    Averaged over both variance components by likelihood: the likeliest alone would
    often be 0, without any uncertainty.
    """
    losses, posteriors = [], []
    for common, apart in product(SPREADS**2, SPREADS**2):
        prior = covariance(common, np.full(len(effect), apart))
        losses.append(loss(prior + noise(variance), effect))
        own = covariance(common, np.where(stands_out, max(apart, FAR_APART), apart))
        posteriors.append(difference_under(own, effect, variance))
    weight = softmax(-np.array(losses))[:, None]
    means, variances = (np.array(moments) for moments in zip(*posteriors, strict=True))
    mean = np.sum(weight * means, axis=0)
    square = np.sum(weight * (variances + (means - mean) ** 2), axis=0)
    return mean, np.sqrt(np.maximum(square, 0.0))


def difference_under(
    prior: np.ndarray, effect: np.ndarray, variance: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the difference's posterior mean and variance under a prior, (n_reps,)."""
    gain = prior @ np.linalg.inv(prior + noise(variance))
    mean = (gain @ effect[:, :, None])[:, :, 0] @ CONTRAST
    return mean, CONTRAST @ (prior - gain @ prior) @ CONTRAST


def loss(whole: np.ndarray, effect: np.ndarray) -> float:
    """Return how unlikely the effects are under these covariances."""
    fit = np.einsum("ij,ijk,ik->", effect, np.linalg.inv(whole), effect)
    return float(np.sum(np.linalg.slogdet(whole)[1]) + fit) / 2


def covariance(common: float, apart: np.ndarray) -> np.ndarray:
    """Return the covariance of a rep's two effects, (n, 2, 2) for n differences."""
    return common + apart[:, None, None] / 4 * np.array([[1, -1], [-1, 1]])


def noise(variance: np.ndarray) -> np.ndarray:
    """Return independent errors as covariance matrices, (n_reps, 2, 2)."""
    return variance[:, :, None] * np.eye(2)

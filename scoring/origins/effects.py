"""What reps add to leads given and to leads found, estimated together."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.special import expit, softmax

from scoring.diagnostics.multiplicity import holm
from scoring.origins.scores import (
    TINY,
    company_difference,
    group_effects,
    score_test,
)

SIGNIFICANCE = 0.05
MIN_OF_REP = 5
FAR_APART = 1.0
"""Variance of the difference, in log odds, of a rep who stands out."""
SPREADS = np.linspace(0.0, 1.5, 13)
"""Standard deviations, in log odds, that are thought possible."""
CONTRAST = np.array([-1.0, 1.0])


@dataclass(frozen=True)
class OriginEffects:
    """What each rep adds to the log odds of either kind, relative to the company.

    Attributes
    ----------
    difference
        Shrunken effect on leads given less that on leads found, (n_reps,).
    error
        Its posterior standard deviation, (n_reps,).
    adjusted_p
        How likely so great a difference is where the rep treats both alike, held
        beside all other reps (Holm), (n_reps,); 1 for a rep with too few leads of
        one kind.
    """

    difference: np.ndarray
    error: np.ndarray
    adjusted_p: np.ndarray


def fit_origin_effects(
    offset: np.ndarray, won: np.ndarray, rep: np.ndarray, given: np.ndarray, n_reps: int
) -> OriginEffects:
    """Return the reps' effects on both kinds, pulled together as the data has it.

    A rep's two effects are normal around what they have in common; how much reps
    differ, and how much their two effects do, is learnt from all of them. A rep
    who stands out beside all others is not drawn to a company that is all alike.

    Parameters
    ----------
    offset
        Known log odds of each row, (n_rows,).
    won
        1.0 or 0.0, (n_rows,).
    rep
        Who had it, (n_rows,), 0 .. n_reps - 1.
    given
        Whether it was given to the rep, not found, (n_rows,) bool.
    n_reps
        Number of reps.

    References
    ----------
    Efron and Morris (1975), Data analysis using Stein's estimator and its
    generalizations, doi:10.1080/01621459.1975.10479864.
    """
    offset = offset + company_difference(offset, won, rep, given, n_reps) * given
    offset = offset + group_effects(offset, won, 0 * rep, 1, np.inf)[0]
    adjusted = np.ones(n_reps)
    n_rows = np.bincount(2 * rep + given, minlength=2 * n_reps).reshape(n_reps, 2)
    compared = n_rows.min(axis=1) >= MIN_OF_REP
    adjusted[compared] = holm(score_test(offset, won, rep, given, n_reps)[compared])
    seen, variance = working_effects(offset, won, 2 * rep + given, 2 * n_reps)
    seen, variance = seen.reshape(n_reps, 2), variance.reshape(n_reps, 2)
    difference, spread = shrunken_difference(seen, variance, adjusted <= SIGNIFICANCE)
    return OriginEffects(difference, spread, adjusted)


def working_effects(
    offset: np.ndarray, won: np.ndarray, group: np.ndarray, n_groups: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return each group's effect as its rows alone tell it, and the variance of that.

    The likelihood of each group as a normal one, about the mode under a unit
    normal; a group without rows has an effect of 0 and a vast variance.
    """
    mode = group_effects(offset, won, group, n_groups, 1.0)
    p = expit(offset + mode[group])
    information = np.maximum(np.bincount(group, p * (1 - p), n_groups), TINY)
    return mode + mode / information, 1 / information


def shrunken_difference(
    seen: np.ndarray, variance: np.ndarray, stands_out: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return each rep's posterior difference and its standard deviation, (n_reps,).

    Averaged over how far reps, and the effects of one rep, may be apart, by
    likelihood: the likeliest alone would often be nought, and claim to know that.
    """
    losses, posteriors = [], []
    for common, apart in product(SPREADS**2, SPREADS**2):
        prior = covariance(common, np.full(len(seen), apart))
        losses.append(loss(prior + noise(variance), seen))
        own = covariance(common, np.where(stands_out, max(apart, FAR_APART), apart))
        posteriors.append(difference_given(own, seen, variance))
    weight = softmax(-np.array(losses))[:, None]
    means, variances = (np.array(of) for of in zip(*posteriors, strict=True))
    mean = np.sum(weight * means, axis=0)
    square = np.sum(weight * (variances + (means - mean) ** 2), axis=0)
    return mean, np.sqrt(np.maximum(square, 0.0))


def difference_given(
    prior: np.ndarray, seen: np.ndarray, variance: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the difference's posterior mean and variance under a prior, (n_reps,)."""
    gain = prior @ np.linalg.inv(prior + noise(variance))
    mean = (gain @ seen[:, :, None])[:, :, 0] @ CONTRAST
    return mean, CONTRAST @ (prior - gain @ prior) @ CONTRAST


def loss(whole: np.ndarray, seen: np.ndarray) -> float:
    """Return how unlikely the effects seen are under these covariances."""
    fit = np.einsum("ij,ijk,ik->", seen, np.linalg.inv(whole), seen)
    return float(np.sum(np.linalg.slogdet(whole)[1]) + fit) / 2


def covariance(common: float, apart: np.ndarray) -> np.ndarray:
    """Return the covariance of a rep's two effects, (n, 2, 2) for n differences."""
    return common + apart[:, None, None] / 4 * np.array([[1, -1], [-1, 1]])


def noise(variance: np.ndarray) -> np.ndarray:
    """Return independent errors as covariance matrices, (n_reps, 2, 2)."""
    return variance[:, :, None] * np.eye(2)

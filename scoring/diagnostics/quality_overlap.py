"""Overlap of the reps of a stratum in lead quality."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import logsumexp, ndtri
from scipy.stats import beta, chi2, ncx2, rankdata

from scoring.card.figures import SIGNIFICANCE
from scoring.diagnostics.strata import less_mean

POWER = 0.8
LEAST_WITHIN = 0.05
DECIMALS = 9
N_BINS = 200
MAX_LOG_WEIGHT = 50.0


@dataclass(frozen=True)
class QualityOverlap:
    """How the assignment depends on lead quality.

    Attributes
    ----------
    p_value
        How likely such differences between the reps are if leads were assigned at
        random.
    share_between
        Share of the variance of lead quality that lies between reps, beyond
        that of random assignment.
    detectable_share
        The share found with power 0.8 in so many rows.
    mean_quality
        Each rep's mean in normal scores of quality, shrunken, (n_reps,).
    n_leads, effective_leads
        Leads of each rep, and the effective sample size: leads assigned at random
        with as much information on the rep, (n_reps,).
    """

    p_value: float
    share_between: float
    detectable_share: float
    mean_quality: np.ndarray
    n_leads: np.ndarray
    effective_leads: np.ndarray


def measure_overlap(
    quality: np.ndarray, rep: np.ndarray, cell: np.ndarray, n_reps: int
) -> QualityOverlap:
    """Return how far the assignment depends on lead quality.

    Only ranks count, so that a few extreme leads decide nothing. The share
    of variance between reps is compared with a beta distribution, which has the
    mean that a random assignment within each cell would give.

    Parameters
    ----------
    quality
        Cross-fitted log odds of each lead with an average rep, (n_rows,).
    rep
        Rep of each lead, (n_rows,), 0 .. n_reps - 1, each at least once.
    cell
        Leads that could have gone to the same reps, (n_rows,).
    n_reps
        Number of reps, at least 2 and below n_rows.

    References
    ----------
    van der Waerden (1952), Order tests for the two-sample problem and their power,
    Indagationes Mathematicae 14, 453-458.
    """
    cell = np.unique(cell, return_inverse=True)[1]
    rank = rankdata(less_mean(quality, cell).round(DECIMALS))
    score = less_mean(ndtri((rank - 0.5) / len(rank)), cell)
    n_leads = np.bincount(rep, minlength=n_reps)
    expected = expected_share(score, rep, cell, n_leads)
    if not 0 < expected < 1:
        return QualityOverlap(1.0, 0.0, 1.0, np.zeros(n_reps), n_leads, 1.0 * n_leads)
    score /= score.std()
    mean = np.bincount(rep, score, n_reps) / n_leads
    between = min(1.0, float(n_leads @ mean**2) / len(rank))
    freedom = len(rank) - (cell.max() + 1)
    share = max(0.0, (between - expected) / (1 - expected))
    within = max(1 - share, LEAST_WITHIN)
    shrunken = mean * share / (share + within / n_leads)
    halves = freedom * expected / 2, freedom * (1 - expected) / 2
    return QualityOverlap(
        p_value=float(beta.sf(between, *halves)),
        share_between=share,
        detectable_share=detectable_share(len(rank), freedom * expected),
        mean_quality=shrunken,
        n_leads=n_leads,
        effective_leads=effective_leads(score, n_leads, shrunken, within),
    )


def expected_share(
    score: np.ndarray, rep: np.ndarray, cell: np.ndarray, n_leads: np.ndarray
) -> float:
    """Return the mean share of variance between reps under random assignment.

    The mean of a sample without replacement from each cell, summed over cells; 0
    where quality does not vary or no cell has two reps.
    """
    n_cell = np.bincount(cell)
    squares = np.bincount(cell, score**2)
    pair, count = np.unique(cell * len(n_leads) + rep, return_counts=True)
    pair_cell, pair_rep = np.divmod(pair, len(n_leads))
    variance = squares / np.maximum(n_cell - 1, 1)
    spread = count * (n_cell[pair_cell] - count) / n_cell[pair_cell]
    expected = np.sum(variance[pair_cell] * spread / n_leads[pair_rep])
    return float(expected / max(squares.sum(), np.finfo(float).tiny))


def effective_leads(
    score: np.ndarray, n_leads: np.ndarray, mean: np.ndarray, variance: float
) -> np.ndarray:
    """Return Kish's effective number of each rep's leads, (n_reps,).

    Leads are weighted by one over the propensity of their rep given their quality,
    as if every rep had been assigned leads like those of the whole stratum. Normal
    qualities of one variance make the propensity a multinomial logit of quality.
    It is an expectation over the whole stratum, since a rep's own leads say nothing
    of leads that the rep never gets.

    References
    ----------
    Kish (1965), Survey Sampling, section 11.7.
    """
    count, edges = np.histogram(score, N_BINS)
    middle = (edges[:-1] + edges[1:]) / 2
    own = -((middle[:, None] - mean) ** 2) / (2 * variance)
    whole = logsumexp(own, b=n_leads / len(score), axis=1, keepdims=True)
    mean_weight = count @ np.exp(np.minimum(whole - own, MAX_LOG_WEIGHT)) / len(score)
    return n_leads / np.maximum(mean_weight, 1.0)


def detectable_share(n_rows: int, freedom: float) -> float:
    """Return the share between reps found with power 0.8 by a test at 0.05."""
    critical = chi2.isf(SIGNIFICANCE, freedom)
    excess = brentq(lambda shift: ncx2.sf(critical, freedom, shift) - POWER, 1e-3, 1e4)
    return float(excess / (n_rows + excess))

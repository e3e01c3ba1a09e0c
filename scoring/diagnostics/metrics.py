"""Metrics of predicted probabilities, and paired gains of one model over another."""

import numpy as np
from scipy.special import expit
from sklearn.metrics import average_precision_score, roc_auc_score

from scoring.card.figures import INTERVAL_Z, Figures, Gain, Level, ReliabilityBin
from scoring.statistics.likelihood import log_losses, paired_mean
from scoring.statistics.shares import wilson_interval

N_BINS = 10


def figures(log_odds: np.ndarray, won: np.ndarray, weight: np.ndarray) -> Figures:
    """Return the figures of predicted log odds, all arguments (n_rows,)."""
    p = expit(log_odds)
    ranked = 0 < won.sum() < len(won)
    precision = average_precision_score(won, p, sample_weight=weight) if ranked else 0
    return Figures(
        auc=float(roc_auc_score(won, p, sample_weight=weight)) if ranked else None,
        average_precision=float(precision) if ranked else None,
        brier=float(np.average((p - won) ** 2, weights=weight)),
        log_loss=float(np.average(log_losses(log_odds, won), weights=weight)),
    )


def paired_gain(before: np.ndarray, after: np.ndarray, weight: np.ndarray) -> Gain:
    """Return the mean reduction of the loss, paired by row."""
    return Gain(*paired_mean(before - after, weight))


def level(log_odds: np.ndarray, won: np.ndarray, weight: np.ndarray) -> Level:
    """Return how many wins were expected and observed, all arguments (n_rows,)."""
    p = expit(log_odds)
    return Level(
        predicted=float(np.average(p, weights=weight)),
        observed=float(np.average(won, weights=weight)),
        standard_error=float(np.sqrt(weight**2 @ (p * (1 - p))) / weight.sum()),
    )


def reliability(
    log_odds: np.ndarray, won: np.ndarray, weight: np.ndarray
) -> tuple[ReliabilityBin, ...]:
    """Return up to ten bins of about as many rows each, lowest probability first."""
    p = expit(log_odds)
    n_bins = min(N_BINS, max(1, len(p) // N_BINS))
    order = np.argsort(p, kind="stable")
    return tuple(
        reliability_bin(p[rows], won[rows], weight[rows])
        for rows in np.array_split(order, n_bins)
    )


def reliability_bin(
    p: np.ndarray, won: np.ndarray, weight: np.ndarray
) -> ReliabilityBin:
    """Return the bin of these rows."""
    observed = float(np.average(won, weights=weight))
    n = weight.sum() ** 2 / np.sum(weight**2)
    low, high = wilson_interval(observed, n, INTERVAL_Z)
    return ReliabilityBin(
        predicted=float(np.average(p, weights=weight)),
        observed=observed,
        low=float(low),
        high=float(high),
        n=len(p),
    )

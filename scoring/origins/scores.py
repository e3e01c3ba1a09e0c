"""Whether a rep wins more of the leads given, or found, than one effect explains."""

import numpy as np
from scipy.special import expit
from scipy.stats import norm

WEAK_SD = 3.0
MAX_STEP = 1.0
N_STEPS = 50
TOLERANCE = 1e-6
TINY = 1e-9


def company_difference(
    offset: np.ndarray, won: np.ndarray, rep: np.ndarray, given: np.ndarray, n_reps: int
) -> float:
    """Return how much likelier leads given are won than found ones, in log odds.

    Within reps, lest good reps who find many leads be taken for good leads.
    """
    difference = 0.0
    for _ in range(N_STEPS):
        shifted = offset + difference * given
        surplus, variance = scores(shifted, won, rep, given, n_reps)
        step = surplus.sum() / max(variance.sum(), TINY)
        difference += float(np.clip(step, -MAX_STEP, MAX_STEP))
        if abs(step) < TOLERANCE:
            break
    return difference


def score_test(
    offset: np.ndarray, won: np.ndarray, rep: np.ndarray, given: np.ndarray, n_reps: int
) -> np.ndarray:
    """Return the p-value of each rep's two effects being one, (n_reps,).

    Half a lead is taken off, as wins are counted whole.
    """
    surplus, variance = scores(offset, won, rep, given, n_reps)
    z = np.maximum(np.abs(surplus) - 0.5, 0.0) / np.sqrt(np.maximum(variance, TINY))
    return 2 * norm.sf(z)


def scores(
    offset: np.ndarray, won: np.ndarray, rep: np.ndarray, given: np.ndarray, n_reps: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return by how much each rep won more leads given than one effect explains.

    The surplus of wins and its variance, (n_reps,) each, at the rep's own level.
    """
    both = group_effects(offset, won, rep, n_reps, WEAK_SD)
    p = expit(offset + both[rep])
    surplus = np.bincount(rep, given * (won - p), n_reps)
    of_given = np.bincount(rep, given * p * (1 - p), n_reps)
    of_found = np.bincount(rep, ~given * p * (1 - p), n_reps)
    variance = of_given * of_found / np.maximum(of_given + of_found, TINY)
    return surplus, variance


def group_effects(
    offset: np.ndarray, won: np.ndarray, group: np.ndarray, n_groups: int, sd: float
) -> np.ndarray:
    """Return the likeliest effect of each group, normal with this sd, (n_groups,)."""
    effect = np.zeros(n_groups)
    for _ in range(N_STEPS):
        p = expit(offset + effect[group])
        slope = np.bincount(group, won - p, n_groups) - effect / sd**2
        curvature = np.bincount(group, p * (1 - p), n_groups) + 1 / sd**2
        step = slope / np.maximum(curvature, TINY)
        effect += np.clip(step, -MAX_STEP, MAX_STEP)
        if np.abs(step).max(initial=0.0) < TOLERANCE:
            break
    return effect

"""Screening of interactions: score tests of the lead's columns, feature by feature."""

import numpy as np
from scipy.special import expit

from scoring.rep_effects.covariance import variances
from scoring.rep_effects.expansion import expanded_near
from scoring.rep_effects.posterior import Posterior
from scoring.rep_effects.rows import RepRows
from scoring.rep_effects.significance import SquaredScores, p_values, spread_test
from scoring.rep_effects.variance_component import NOTHING_TO_TEST, SpreadTest

EXPANSIONS = 3
FIRST = np.array([0])


def screen(
    rows: RepRows, feature: np.ndarray
) -> tuple[SpreadTest, SpreadTest, np.ndarray]:
    """Return the tests of the main effect and of the interactions, and p by feature.

    Parameters
    ----------
    rows
        Closed rows in order of their rep.
    feature
        Feature of each column, (k,): 0 for the first, then 1, 2, ...

    Returns
    -------
    tuple
        The test of no spread between reps on all leads; that of no spread in any
        interaction; the p-value of each feature's interaction, (n_features,).
    """
    main = main_test(rows.main_effect_only())
    interactions = np.arange(1, len(feature))
    if rows.n_reps < 2 or not len(interactions):
        return main, NOTHING_TO_TEST, np.ones(0)
    scale = np.mean(rows.columns[:, 1:] ** 2, axis=0)
    coefficient, null = fit_main_effect(rows)
    excess = excess_variance(rows, coefficient, null, feature)[1:]
    squares = SquaredScores.under(null)
    feature_p = p_values(squares, interactions, feature[1:], excess[:-1])
    interaction = spread_test(squares, interactions, scale, excess[-1], feature_p)
    return main, interaction, feature_p


def main_test(rows: RepRows) -> SpreadTest:
    """Return the test of the only column."""
    nothing = np.zeros((rows.n_reps, 1))
    null = Posterior(expanded_near(rows, nothing), np.zeros((1, 1)))
    excess = excess_variance(rows, nothing, null, FIRST)[0]
    squares = SquaredScores.under(null)
    return spread_test(squares, FIRST, np.ones(1), excess, single=np.empty(0))


def fit_main_effect(rows: RepRows) -> tuple[np.ndarray, Posterior]:
    """Return coefficients and posterior where reps differ in the first column alone."""
    first = rows.main_effect_only()
    coefficient = np.zeros((rows.n_reps, 1))
    variance = np.zeros(1)
    for _ in range(EXPANSIONS):
        likelihood = expanded_near(first, coefficient)
        variance = variances(likelihood, FIRST)
        posterior = Posterior(likelihood, np.diag(variance))
        coefficient = posterior.mean + posterior.deviation
    n_columns = rows.columns.shape[1]
    whole = np.zeros((rows.n_reps, n_columns))
    whole[:, :1] = coefficient
    covariance = np.zeros((n_columns, n_columns))
    covariance[0, 0] = variance[0]
    return whole, Posterior(expanded_near(rows, whole), covariance)


def excess_variance(
    rows: RepRows, coefficient: np.ndarray, null: Posterior, feature: np.ndarray
) -> np.ndarray:
    """Return the variance of squared scores beyond that of normal ones.

    For each feature's columns by themselves, and for all but the first column
    together, which comes last: (n_features + 1,), none below 0. A rare win among few
    leads moves a square further than a normal error would.

    Parameters
    ----------
    rows
        Closed rows in order of their rep.
    coefficient
        The reps' coefficients under no spread in what is tested, (n_reps, k).
    null
        Posterior near them: the reps differ in the first column at most.
    feature
        Feature of each column, (k,): 0 for the first, then 1, 2, ...
    """
    members = np.eye(feature.max() + 1)[feature]
    members = np.column_stack([members, feature > 0])
    explained = null.prior[0, 0] * first_weight(null)
    linear = np.einsum("ik,ik->i", rows.columns, coefficient[rows.rep])
    p = expit(rows.offset + linear)
    spread = p * (1 - p)
    square = (rows.columns - explained[rows.rep]) ** 2 @ members
    return np.maximum((spread * (1 - 6 * spread)) @ square**2, 0.0)


def first_weight(null: Posterior) -> np.ndarray:
    """Return each rep's information on the mean, its first column, (n_reps, k)."""
    weight = np.zeros((null.likelihood.n_reps, null.likelihood.n_columns))
    for rep, of_rep in null.weights():
        weight[rep] = of_rep[:, :, 0]
    return weight

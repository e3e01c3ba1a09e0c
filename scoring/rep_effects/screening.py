"""Which of the lead's columns tell reps apart, before any spread is believed."""

from dataclasses import dataclass

import numpy as np

from scoring.rep_effects.heavy_tails import excess_variance
from scoring.rep_effects.posterior import Posterior, posterior_of
from scoring.rep_effects.rows import RepRows, evidence_near
from scoring.rep_effects.significance import (
    NOTHING_TO_TEST,
    SpreadTest,
    p_values,
    spread_test,
)
from scoring.rep_effects.spread import variances

EXPANSIONS = 3
FIRST = np.array([0])


@dataclass(frozen=True)
class Screening:
    """Both tests, and how much each feature tells.

    Attributes
    ----------
    main
        Of no spread between reps on all leads.
    match
        Of no spread in the leads that suit them.
    feature_p
        P-value of each feature of the lead, (n_features,).
    """

    main: SpreadTest
    match: SpreadTest
    feature_p: np.ndarray


def screen(rows: RepRows, feature: np.ndarray) -> Screening:
    """Return the tests of the first column and of the others.

    Parameters
    ----------
    rows
        Closed rows in order of their rep.
    feature
        Feature of each column, (k,): 0 for the first, then 1, 2, ...
    """
    main = main_test(rows.without_match())
    others = np.arange(1, len(feature))
    if rows.n_reps < 2 or not len(others):
        return Screening(main, NOTHING_TO_TEST, np.ones(0))
    scale = np.mean(rows.columns[:, 1:] ** 2, axis=0)
    coefficient, null = main_only(rows)
    excess = excess_variance(rows, coefficient, null, feature)[1:]
    feature_p = p_values(null, others, feature[1:], excess[:-1])
    match = spread_test(null, others, scale, excess[-1], feature_p)
    return Screening(main, match, feature_p)


def main_test(rows: RepRows) -> SpreadTest:
    """Return the test of the only column."""
    nothing = np.zeros((rows.n_reps, 1))
    alike = posterior_of(evidence_near(rows, nothing), np.zeros((1, 1)))
    excess = excess_variance(rows, nothing, alike, FIRST)[0]
    return spread_test(alike, FIRST, np.ones(1), excess, single=np.empty(0))


def main_only(rows: RepRows) -> tuple[np.ndarray, Posterior]:
    """Return coefficients and posterior where reps differ in the first column alone."""
    first = rows.without_match()
    coefficient = np.zeros((rows.n_reps, 1))
    variance = np.zeros(1)
    for _ in range(EXPANSIONS):
        evidence = evidence_near(first, coefficient)
        variance = variances(evidence, FIRST)
        found = posterior_of(evidence, np.diag(variance))
        coefficient = found.mean + found.deviation
    n_columns = rows.columns.shape[1]
    whole = np.zeros((rows.n_reps, n_columns))
    whole[:, :1] = coefficient
    covariance = np.zeros((n_columns, n_columns))
    covariance[0, 0] = variance[0]
    return whole, posterior_of(evidence_near(rows, whole), covariance)

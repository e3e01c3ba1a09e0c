"""Posteriors of reps who have told much, against arithmetic of 28 digits."""

import numpy as np
import pytest

from scoring.rep_effects.likelihood import QuadraticLikelihood, Stack
from scoring.rep_effects.posterior import LEAST_PRECISION, MEAN_PRECISION, Posterior
from tests.few import few
from tests.scoring.rep_effects.strong_evidence import (
    covariance_of,
    decimals,
    rows_of,
    solved,
)

K = 14
STRENGTHS = (1, 15)
"""That of the columns: the second is as of rows 225 times as many."""


class InDecimals:
    """The same posterior, rep by rep, by inverses of 28 digits."""

    def __init__(self, reps, prior):
        prior = decimals(prior)
        self.reps = [(decimals(rows), decimals(response)) for rows, response in reps]
        of_mean = np.diag([LEAST_PRECISION] + [MEAN_PRECISION] * (K - 1))
        self.precision = [inverted(rows @ prior @ rows.T) for rows, _ in self.reps]
        weighted = [
            precision @ rows
            for precision, (rows, _) in zip(self.precision, self.reps, strict=True)
        ]
        parts = list(zip(self.reps, weighted, strict=True))
        weight = decimals(of_mean) + sum(rows.T @ own for (rows, _), own in parts)
        shown = sum(own.T @ response for (_, response), own in parts)
        error = solved(weight, decimals(np.eye(K)))
        self.mean = error @ shown
        self.unexplained = [
            own.T @ (response - rows @ self.mean) for (rows, response), own in parts
        ]
        self.deviation = [prior @ score for score in self.unexplained]
        squares = [
            rows.T @ own - rows.T @ own @ error @ own.T @ rows
            for (rows, _), own in parts
        ]
        self.expected_square = sum(squares)
        self.covariance = [prior - prior @ square @ prior for square in squares]
        self.second_moment = sum(
            np.outer(deviation, deviation) + covariance
            for deviation, covariance in zip(
                self.deviation, self.covariance, strict=True
            )
        )


def inverted(signal):
    """Return the inverse of 1 + signal."""
    unit = decimals(np.eye(len(signal)))
    return solved(unit + signal, unit)


@pytest.mark.parametrize("strength", STRENGTHS)
@pytest.mark.parametrize("nearness", few([1e-6, 1.0, 1e-3], 1))
@pytest.mark.parametrize("variance", [1e-6, 0.05, 25.0])
@pytest.mark.parametrize("n_varying", [3, K])
def test_posteriors_keep_their_digits(n_varying, variance, nearness, strength):
    """Of few rows and of many, whether few combinations of columns vary or all."""
    drawn = [rows_of(n_rows, K, nearness) for n_rows in (5, 16, 40)]
    reps = [(strength * rows, response) for rows, response in drawn]
    varies = np.arange(K) < n_varying
    prior = covariance_of(K, variance) * np.outer(varies, varies)
    stacks = tuple(
        Stack(np.array([place]), rows[None], response[None])
        for place, (rows, response) in enumerate(reps)
    )
    found = Posterior(QuadraticLikelihood(stacks, len(reps), K), prior)
    expected = InDecimals(reps, prior)
    for name in ("mean", "unexplained", "deviation", "covariance", "expected_square"):
        assert_near(getattr(found, name), getattr(expected, name), 1e-8)
    assert_near(found.expected_diagonal, np.diag(expected.expected_square), 1e-8)
    assert_near(found.second_moment, expected.second_moment, 1e-6)
    assert np.diagonal(found.covariance, axis1=1, axis2=2).min() >= 0


def assert_near(found, expected, tolerance):
    expected = np.array(expected, dtype=float)
    assert np.abs(found - expected).max() <= tolerance * np.abs(expected).max()

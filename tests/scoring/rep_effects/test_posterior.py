import numpy as np
import pytest
from scipy.linalg import block_diag
from scipy.stats import multivariate_normal

from scoring.rep_effects.posterior import (
    LEAST_PRECISION,
    MEAN_PRECISION,
    posterior_of,
    squared_scores,
)
from scoring.rep_effects.rows import QuadraticLikelihood

N_REPS, K = 4, 3


@pytest.fixture
def likelihood():
    rng = np.random.default_rng(0)
    root = rng.normal(size=(N_REPS, K, K))
    information = root @ root.transpose(0, 2, 1) + 0.3 * np.eye(K)
    return QuadraticLikelihood(information, rng.normal(size=(N_REPS, K)))


@pytest.fixture(params=["full", "one column has no spread", "nothing has"])
def covariance(request):
    root = np.random.default_rng(1).normal(size=(K, K))
    full = root @ root.T / 4
    kept = {"full": [1, 1, 1], "one column has no spread": [1, 0, 1]}
    mask = np.array(kept.get(request.param, [0, 0, 0]))
    return full * np.outer(mask, mask)


class Dense:
    """One matrix over all reps: what each shows is its coefficients and noise."""

    def __init__(self, likelihood, covariance):
        self.seen = np.linalg.solve(
            likelihood.information, likelihood.score[..., None]
        ).ravel()
        everybody = np.tile(np.eye(K), (N_REPS, 1))
        prior = np.diag(1 / np.r_[LEAST_PRECISION, [MEAN_PRECISION] * (K - 1)])
        noise = block_diag(*np.linalg.inv(likelihood.information))
        self.of_mean = prior @ everybody.T
        self.of_deviation = np.kron(np.eye(N_REPS), covariance)
        self.marginal = everybody @ self.of_mean + self.of_deviation + noise
        self.inverse = np.linalg.inv(self.marginal)

    @property
    def mean(self):
        return self.of_mean @ self.inverse @ self.seen

    @property
    def deviation(self):
        return (self.of_deviation @ self.inverse @ self.seen).reshape(N_REPS, K)

    @property
    def covariance(self):
        left = self.of_deviation @ self.inverse @ self.of_deviation
        return blocks(self.of_deviation - left)

    @property
    def log_likelihood(self):
        nothing = np.zeros(len(self.seen))
        return multivariate_normal(nothing, self.marginal).logpdf(self.seen)


def blocks(matrix):
    return np.stack([matrix[i : i + K, i : i + K] for i in range(0, K * N_REPS, K)])


def test_mean_and_deviations_are_those_of_one_dense_matrix(likelihood, covariance):
    """The average rep, each rep's deviation, and its error are exact."""
    found, dense = posterior_of(likelihood, covariance), Dense(likelihood, covariance)
    assert found.mean == pytest.approx(dense.mean)
    assert found.deviation == pytest.approx(dense.deviation)
    assert found.covariance == pytest.approx(dense.covariance)


def test_unexplained_scores_are_those_of_one_dense_matrix(likelihood, covariance):
    """What no coefficient explains, and its expected square, are exact."""
    found, dense = posterior_of(likelihood, covariance), Dense(likelihood, covariance)
    unexplained = (dense.inverse @ dense.seen).reshape(N_REPS, K)
    assert found.unexplained == pytest.approx(unexplained)
    assert found.expected_square == pytest.approx(blocks(dense.inverse))


@pytest.mark.parametrize("variance", [[0.3, 0.1, 0.7], [0.3, 0.0, 0.0], [0, 0, 0]])
def test_squared_scores_under_a_diagonal_prior_are_the_same(likelihood, variance):
    """The shorter way leads to the sums of the longer one, of no variance as well."""
    found = posterior_of(likelihood, np.diag(variance))
    observed, expected = squared_scores(likelihood, np.array(variance))
    assert observed == pytest.approx(np.sum(found.unexplained**2, axis=0))
    squares = found.expected_square.sum(axis=0)
    assert expected == pytest.approx(np.diagonal(squares))


def test_the_marginal_is_the_likelihood_of_one_dense_matrix(likelihood, covariance):
    """Priors are told apart by as much as the dense likelihood tells them apart."""
    other = np.diag([0.3, 0.1, 0.7])
    found = [posterior_of(likelihood, one).log_marginal for one in (covariance, other)]
    dense = [Dense(likelihood, one).log_likelihood for one in (covariance, other)]
    assert found[0] - found[1] == pytest.approx(dense[0] - dense[1])


def test_nothing_seen_is_nothing_known(likelihood):
    """A rep without rows has no deviation, and the error of the prior."""
    information, score = likelihood.information.copy(), likelihood.score.copy()
    information[2], score[2] = 0, 0
    prior = np.diag([0.3, 0.1, 0.7])
    found = posterior_of(QuadraticLikelihood(information, score), prior)
    assert found.deviation[2] == pytest.approx(np.zeros(K))
    assert found.covariance[2] == pytest.approx(prior)


def test_more_spread_means_less_pooling(likelihood):
    """Deviations grow with the prior spread, and go to 0 with it."""
    sizes = [
        np.abs(posterior_of(likelihood, spread * np.eye(K)).deviation).sum()
        for spread in (0.0, 0.01, 0.1, 1.0)
    ]
    assert sizes[0] == 0
    assert sizes == sorted(sizes)

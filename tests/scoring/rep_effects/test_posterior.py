import numpy as np
import pytest
from scipy.linalg import block_diag
from scipy.stats import multivariate_normal

from scoring.rep_effects.likelihood import of_information
from scoring.rep_effects.posterior import LEAST_PRECISION, MEAN_PRECISION, Posterior

N_REPS, K = 4, 3


@pytest.fixture
def information():
    root = np.random.default_rng(0).normal(size=(N_REPS, K, K))
    return root @ root.transpose(0, 2, 1) + 0.3 * np.eye(K)


@pytest.fixture
def score():
    return np.random.default_rng(2).normal(size=(N_REPS, K))


@pytest.fixture
def likelihood(information, score):
    return of_information(information, score)


@pytest.fixture(params=["full", "one column has no spread", "nothing has"])
def covariance(request):
    root = np.random.default_rng(1).normal(size=(K, K))
    full = root @ root.T / 4
    kept = {"full": [1, 1, 1], "one column has no spread": [1, 0, 1]}
    mask = np.array(kept.get(request.param, [0, 0, 0]))
    return full * np.outer(mask, mask)


class Dense:
    """One matrix over all reps: what each shows is its coefficients and noise."""

    def __init__(self, information, score, covariance):
        self.seen = np.linalg.solve(information, score[..., None]).ravel()
        everybody = np.tile(np.eye(K), (N_REPS, 1))
        prior = np.diag(1 / np.r_[LEAST_PRECISION, [MEAN_PRECISION] * (K - 1)])
        noise = block_diag(*np.linalg.inv(information))
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


@pytest.fixture
def dense(information, score, covariance):
    return Dense(information, score, covariance)


def test_mean_and_deviations_are_those_of_one_dense_matrix(
    likelihood, covariance, dense
):
    """The average rep, each rep's deviation, and its error are exact."""
    found = Posterior(likelihood, covariance)
    assert found.mean == pytest.approx(dense.mean)
    assert found.deviation == pytest.approx(dense.deviation)
    assert found.covariance == pytest.approx(dense.covariance)


def test_unexplained_scores_are_those_of_one_dense_matrix(
    likelihood, covariance, dense
):
    """What no coefficient explains, and its expected square, are exact."""
    found = Posterior(likelihood, covariance)
    unexplained = (dense.inverse @ dense.seen).reshape(N_REPS, K)
    assert found.unexplained == pytest.approx(unexplained)
    [(rep, squares)] = found.expected_squares()
    assert squares == pytest.approx(blocks(dense.inverse)[rep])
    assert found.expected_square == pytest.approx(squares.sum(axis=0))


@pytest.mark.parametrize(
    "variance", [(0.3, 0.1, 0.2), (0.4, 0.2, 0.2), (0.0, 1.0, 0.0)]
)
def test_average_information_is_that_of_one_dense_matrix(information, score, variance):
    """Half of y'P V P V P y, whose V are the derivatives by each variance."""
    prior = np.diag(variance)
    matrix = Dense(information, score, prior)
    reps = np.eye(N_REPS)
    derivatives = [np.kron(reps, np.diag(one)) for one in np.eye(K)]
    drawn = [one @ matrix.inverse @ matrix.seen for one in derivatives]
    expected = [[a @ matrix.inverse @ b / 2 for b in drawn] for a in drawn]
    found = Posterior(of_information(information, score), prior).average_information
    assert found == pytest.approx(np.array(expected))


def test_the_second_moment_is_that_of_every_rep(likelihood, covariance):
    """It is the sum of squared deviations and their errors."""
    found = Posterior(likelihood, covariance)
    moment = found.deviation.T @ found.deviation + found.covariance.sum(axis=0)
    assert found.second_moment == pytest.approx(moment)


def test_the_marginal_is_the_likelihood_of_one_dense_matrix(
    likelihood, information, score, covariance, dense
):
    """Priors are told apart by as much as the dense likelihood tells them apart."""
    other = np.diag([0.3, 0.1, 0.7])
    found = [Posterior(likelihood, one).log_marginal for one in (covariance, other)]
    by_hand = dense.log_likelihood - Dense(information, score, other).log_likelihood
    assert found[0] - found[1] == pytest.approx(by_hand)


def test_groups_of_one_rep_are_the_reps(likelihood, covariance):
    """The likelihood of a group's mean adds up what its reps show, and nothing else."""
    found = Posterior(likelihood, covariance)
    alone = Posterior(found.by_group(np.arange(N_REPS), N_REPS + 1), 0 * covariance)
    assert alone.shown[:N_REPS] == pytest.approx(found.shown)
    assert alone.shown[N_REPS].tolist() == [0] * K
    assert alone.mean == pytest.approx(found.mean)


def test_nothing_seen_is_nothing_known(information, score):
    """A rep without rows has no deviation, and the error of the prior."""
    information[2], score[2] = 0, 0
    prior = np.diag([0.3, 0.1, 0.7])
    found = Posterior(of_information(information, score), prior)
    assert found.deviation[2] == pytest.approx(np.zeros(K))
    assert found.covariance[2] == pytest.approx(prior)


def test_more_spread_means_less_pooling(likelihood):
    """Deviations grow with the prior spread, and go to 0 with it."""
    sizes = [
        np.abs(Posterior(likelihood, spread * np.eye(K)).deviation).sum()
        for spread in (0.0, 0.01, 0.1, 1.0)
    ]
    assert sizes[0] == 0
    assert sizes == sorted(sizes)

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize

from scoring.rep_effects.covariance import (
    best_within,
    refined,
    split,
    target_reps,
    variances,
)
from scoring.rep_effects.expansion import expanded_near
from scoring.rep_effects.mixed_model import fit_mixed_model
from scoring.rep_effects.posterior import Posterior
from tests.scoring.rep_effects.synthetic_rows import world

FEATURE = np.array([0, 1, 2])
NO_LEVEL = np.full(12, -1)


@pytest.fixture(scope="module")
def rows():
    return world(seed=3, n=2400, n_reps=12, main_sd=0.5, interaction_sd=0.4).by_rep()


@pytest.fixture(scope="module")
def likelihood(rows):
    return expanded_near(rows, np.zeros((rows.n_reps, 3)))


def likeliest(likelihood, group):
    """Brute force: the best of a grid, then downhill from it without gradients."""
    n = group.max() + 1

    def loss(log_variance):
        variance = np.exp(log_variance)[group]
        return -Posterior(likelihood, np.diag(variance)).log_marginal

    grid = np.stack(np.meshgrid(*[np.linspace(-6, 1, 8)] * n), -1).reshape(-1, n)
    start = min(grid, key=loss)
    options = {"xatol": 1e-6, "fatol": 1e-9, "maxiter": 4000, "maxfev": 4000}
    return np.exp(minimize(loss, start, method="Nelder-Mead", options=options).x)


@pytest.mark.parametrize("group", [[0, 0, 0], [0, 1, 1], [0, 1, 2]])
def test_variances_are_the_likeliest_by_brute_force(likelihood, group):
    """They are at the maximum of the restricted likelihood."""
    group = np.array(group)
    best = likeliest(likelihood, group)
    assert variances(likelihood, group) == pytest.approx(best[group], rel=1e-4)


@pytest.mark.parametrize("start", [0.0, 1e-4, 0.02, 5.0])
def test_where_the_search_begins_changes_nothing(likelihood, start):
    """Starts of 0, far too small and far too large end at the same variances."""
    found = variances(likelihood, FEATURE, np.full(3, start))
    assert found == pytest.approx(variances(likelihood, FEATURE), rel=1e-4)


@pytest.mark.parametrize("seed", range(20))
def test_a_quadratic_is_largest_within_its_bounds(seed):
    """No point of the box is higher, and none near the one found."""
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(4, 4)) * rng.choice([1e-3, 1.0, 1e3], size=4)
    curvature, slope = root.T @ root, root.T @ rng.normal(size=4)
    upper = rng.uniform(0.1, 2.0, size=4)
    point = upper * rng.choice([0.0, 0.5, 1.0], size=4)
    best = best_within(point, slope, curvature, upper)
    assert np.all((best >= 0) & (best <= upper))

    def height(places):
        change = places - point
        return change @ slope - np.sum((change @ curvature) * change, axis=-1) / 2

    spots = rng.uniform(size=(2_000, 4)) * upper
    near = np.clip(best + 0.01 * (spots - best), 0, upper)
    slack = 1e-6 * (1 + np.abs(height(best)))
    assert height(best) >= max(height(spots).max(), height(near).max()) - slack


def test_a_quadratic_without_curvature_is_largest_at_a_bound():
    """A slope alone leads to the end, and no slope to nowhere else."""
    point, upper = np.array([0.5, 0.5, 0.5]), np.ones(3)
    best = best_within(point, np.array([1.0, -1.0, 0.0]), np.zeros((3, 3)), upper)
    assert best == pytest.approx([1.0, 0.0, 0.5])


def test_a_column_without_a_group_has_no_variance(likelihood):
    """Its variance is 0, and the others are as if it were not there."""
    found = variances(likelihood, np.array([0, -1, -1]))
    assert found[1:].tolist() == [0, 0]
    assert found[0] > 0.05


def test_reps_who_are_too_alike_have_no_variance():
    """Where reps differ less than chance makes them, the likeliest variance is 0."""
    rows = world(seed=1, n=2000, n_reps=10).by_rep()
    # Every rep wins what is expected of them, to the row.
    likelihood = expanded_near(rows.main_effect_only(), np.zeros((10, 1)))
    nothing = replace(
        likelihood,
        stacks=tuple(
            replace(stack, response=0 * stack.response) for stack in likelihood.stacks
        ),
    )
    assert variances(nothing, np.array([0])).tolist() == [0]


def test_the_refined_covariance_is_at_rest(likelihood):
    """It is the mean square of the deviations and of the target's reps."""
    target = np.diag([0.2, 0.1, 0.1])
    found = refined(likelihood, target)
    moments = Posterior(likelihood, found).second_moment
    strength = target_reps(target)
    again = split((strength * target + moments) / (strength + 12), target)
    assert found == pytest.approx(again, abs=2e-3)
    assert np.linalg.eigvalsh(found).min() > 0


def test_reps_who_suit_one_lead_suit_another():
    """Coefficients that go together are found to, though the target has them apart."""
    rng = np.random.default_rng(5)
    one = rng.normal(size=40)
    effect = np.column_stack([np.zeros(40), one, one])
    rows = world(seed=5, n=16_000, n_reps=40, effect=effect).by_rep()
    found = refined(expanded_near(rows, np.zeros((40, 3))), np.diag([0.0, 0.5, 0.5]))
    assert found[1, 2] / np.sqrt(found[1, 1] * found[2, 2]) > 0.4
    assert found[0].tolist() == [0, 0, 0]


def test_the_covariance_of_the_others_leaves_the_own_share_out(rows):
    """A rep's covariance is the common one less their own part, and as valid."""
    found = fit_mixed_model(rows, FEATURE, NO_LEVEL, 0)
    others = np.zeros((rows.n_reps, 3, 3))
    for rep, covariance in found.covariances_of_others():
        others[rep] = covariance
    n = target_reps(found.target) + rows.n_reps
    deviation = found.posterior.deviation[4]
    moment = np.outer(deviation, deviation) + found.posterior.covariance[4]
    by_hand = (n * found.covariance - moment) / (n - 1)
    assert others[4] == pytest.approx(split(by_hand, found.target))
    assert np.linalg.eigvalsh(others).min() > 0
    size = np.abs(found.posterior.deviation[:, 0])
    assert others[size.argmax(), 0, 0] < others[size.argmin(), 0, 0]


def test_one_loud_rep_is_shrunken_more():
    """Whoever alone stands out is pulled in further than their own spread asks."""
    effect = np.zeros((8, 3))
    effect[2, 0] = 2.0
    rows = world(seed=2, n=1600, n_reps=8, effect=effect).by_rep()
    found = fit_mixed_model(rows, FEATURE, np.full(8, -1), 0)
    with_own = found.posterior.deviation[2, 0]
    assert 0 < found.deviation[2, 0] < with_own

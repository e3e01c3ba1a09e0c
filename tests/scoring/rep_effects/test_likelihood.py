import numpy as np
import pytest

from scoring.rep_effects.likelihood import Stack, of_information
from tests.scoring.rep_effects.stacks import by_hand, stack_of
from tests.scoring.rep_effects.strong_evidence import (
    VARIANCES,
    covariance_of,
    decimals,
    rows_of,
    solved,
)


@pytest.mark.parametrize("m", [1, 7, 30])
def test_likeliest_coefficients_under_a_covariance_of_each_reps_own(m):
    """What the precision of their responses makes of them."""
    root = np.random.default_rng(0).normal(size=(5, 4, 4))
    each = root @ root.transpose(0, 2, 1)
    stack = stack_of(m=m)
    weighted = each @ np.swapaxes(stack.columns, 1, 2) @ by_hand(stack, each)
    expected = np.einsum("nkm,nm->nk", weighted, stack.response)
    assert stack.likeliest(each) == pytest.approx(expected, abs=1e-12)


def test_likeliest_coefficients_are_those_of_ridge_regression():
    """A normal prior is a penalty on squares."""
    stack, prior = stack_of(), np.tile(np.diag([0.5, 0.1, 0.2, 0.3]), (5, 1, 1))
    columns, response = stack.columns[2], stack.response[2]
    penalised = columns.T @ columns + np.linalg.inv(prior[2])
    ridge = np.linalg.solve(penalised, columns.T @ response)
    assert stack.likeliest(prior)[2] == pytest.approx(ridge)


@pytest.mark.parametrize("nearness", [1.0, 1e-3, 1e-6])
@pytest.mark.parametrize("variance", VARIANCES)
@pytest.mark.parametrize("n_rows", [1, 30, 60])
def test_likeliest_coefficients_of_strong_evidence(n_rows, variance, nearness):
    """28 digits say the same, however strong it is and however alike columns are."""
    columns, response = rows_of(n_rows, 14, nearness)
    prior = covariance_of(14, variance)
    rows, exact = decimals(columns), decimals(prior)
    spread = decimals(np.eye(n_rows)) + rows @ exact @ rows.T
    likeliest = exact @ rows.T @ solved(spread, decimals(response))
    found = Stack(np.arange(1), columns[None], response[None]).likeliest(prior[None])
    assert found[0] == pytest.approx(likeliest.astype(float), rel=1e-6, abs=1e-8)


def test_information_and_score_are_kept():
    """Of singular information and of none, too."""
    rng = np.random.default_rng(0)
    root = rng.normal(size=(3, 2, 4))
    root[2] = 0
    information = root.transpose(0, 2, 1) @ root
    score = np.einsum("nmk,nm->nk", root, rng.normal(size=(3, 2)))
    [stack] = of_information(information, score).stacks
    rows = stack.columns
    assert rows.transpose(0, 2, 1) @ rows == pytest.approx(information)
    assert np.einsum("nmk,nm->nk", rows, stack.response) == pytest.approx(score)


def test_what_is_explained_is_taken_off():
    """Beyond their own coefficients exact responses leave nothing."""
    stack = stack_of(m=3)
    coefficient = np.random.default_rng(1).normal(size=(5, 4))
    exact = np.einsum("nmk,nk->nm", stack.columns, coefficient)
    left = Stack(stack.rep, stack.columns, exact).beyond(coefficient)
    assert np.abs(left.response).max() < 1e-12

import numpy as np
import pytest

from scoring.rep_effects.likelihood import Stack, of_information, root_of
from tests.scoring.rep_effects.strong_evidence import (
    VARIANCES,
    covariance_of,
    decimals,
    rows_of,
    solved,
)


def stack_of(n=5, m=7, k=4):
    rng = np.random.default_rng(m + k)
    return Stack(np.arange(n), rng.normal(size=(n, m, k)), rng.normal(size=(n, m)))


def by_hand(stack, covariance):
    rows = stack.columns
    return np.linalg.inv(
        np.eye(rows.shape[1]) + rows @ covariance @ np.swapaxes(rows, 1, 2)
    )


@pytest.mark.parametrize("m", [1, 2, 7, 30])
@pytest.mark.parametrize("variances", [(0.3, 0.1), (0.0, 0.2), (0.4, 0.0), (0, 0)])
def test_precision_under_two_variances(m, variances):
    """One of the first column, one of the others; either may be 0."""
    stack, covariance = stack_of(m=m), np.diag([*variances[:1], *[variances[1]] * 3])
    precision = stack.precision_under(root_of(covariance))
    assert precision == pytest.approx(by_hand(stack, covariance), abs=1e-12)


@pytest.mark.parametrize("m", [1, 7, 30])
def test_precision_under_any_covariance(m):
    """Columns that go together, or do not."""
    root = np.random.default_rng(0).normal(size=(4, 4))
    stack = stack_of(m=m)
    for covariance in (root @ root.T, np.diag([0.1, 0.2, 0.3, 0.2])):
        precision = stack.precision_under(root_of(covariance))
        assert precision == pytest.approx(by_hand(stack, covariance), abs=1e-12)


@pytest.mark.parametrize("m", [1, 7, 30])
def test_likeliest_coefficients_under_a_covariance_of_each_reps_own(m):
    """What the precision of their responses makes of them."""
    root = np.random.default_rng(0).normal(size=(5, 4, 4))
    each = root @ root.transpose(0, 2, 1)
    stack = stack_of(m=m)
    weighted = each @ np.swapaxes(stack.columns, 1, 2) @ by_hand(stack, each)
    expected = np.einsum("nkm,nm->nk", weighted, stack.response)
    assert stack.likeliest(each) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("m", [1, 2, 7, 30])
@pytest.mark.parametrize("rank", [0, 1, 2, 4])
def test_precision_under_a_root(m, rank):
    """Whether few combinations of the columns vary, or all, or none."""
    drawn = np.random.default_rng(rank).normal(size=(4, rank))
    stack, covariance = stack_of(m=m), drawn @ drawn.T
    root = root_of(covariance)
    assert root.shape == (4, rank)
    precision = stack.precision_under(root)
    assert precision == pytest.approx(by_hand(stack, covariance), abs=1e-12)


@pytest.mark.parametrize("strength", [1, 5, 20])
def test_strong_evidence_under_great_variances_is_exact(strength):
    """The little that is left of the columns, as by an inverse of their size."""
    stack, covariance = stack_of(m=30), np.diag([25.0, 0.0, 25.0, 1e-6])
    rows = strength * stack.columns
    strong = Stack(stack.rep, rows, stack.response)
    weighted = strong.precision_under(root_of(covariance)) @ rows
    information = rows.transpose(0, 2, 1) @ rows
    left = rows @ np.linalg.inv(np.eye(4) + covariance @ information)
    assert weighted == pytest.approx(left, rel=1e-6, abs=1e-9)


def test_precision_with_a_single_column():
    """The first column may be the only one."""
    stack = stack_of(m=1, k=1)
    precision = stack.precision_under(np.eye(1))
    assert precision == pytest.approx(by_hand(stack, np.eye(1)))


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

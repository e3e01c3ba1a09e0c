import numpy as np
import pytest

from scoring.rep_effects.likelihood import Stack, root_of
from scoring.rep_effects.whitening import Whitening
from tests.scoring.rep_effects.stacks import by_hand, stack_of
from tests.scoring.rep_effects.strong_evidence import (
    VARIANCES,
    covariance_of,
    decimals,
    rows_of,
    solved,
)


def precision_of(stack, covariance):
    whitening = Whitening(root_of(covariance), stack.columns)
    whitened = whitening.of(np.tile(np.eye(stack.columns.shape[1]), (5, 1, 1)))
    return whitened.transpose(0, 2, 1) @ whitened


@pytest.mark.parametrize("m", [1, 2, 7, 30])
@pytest.mark.parametrize("variances", [(0.3, 0.1), (0.0, 0.2), (0.4, 0.0), (0, 0)])
def test_precision_under_two_variances(m, variances):
    """One of the first column, one of the others; either may be 0."""
    stack, covariance = stack_of(m=m), np.diag([*variances[:1], *[variances[1]] * 3])
    precision = precision_of(stack, covariance)
    assert precision == pytest.approx(by_hand(stack, covariance), abs=1e-12)


@pytest.mark.parametrize("m", [1, 7, 30])
def test_precision_under_any_covariance(m):
    """Columns that go together, or do not."""
    root = np.random.default_rng(0).normal(size=(4, 4))
    stack = stack_of(m=m)
    for covariance in (root @ root.T, np.diag([0.1, 0.2, 0.3, 0.2])):
        precision = precision_of(stack, covariance)
        assert precision == pytest.approx(by_hand(stack, covariance), abs=1e-12)


@pytest.mark.parametrize("m", [1, 2, 7, 30])
@pytest.mark.parametrize("rank", [0, 1, 2, 4])
def test_precision_under_a_root(m, rank):
    """Whether few combinations of the columns vary, or all, or none."""
    drawn = np.random.default_rng(rank).normal(size=(4, rank))
    stack, covariance = stack_of(m=m), drawn @ drawn.T
    assert root_of(covariance).shape == (4, rank)
    expected = by_hand(stack, covariance)
    assert precision_of(stack, covariance) == pytest.approx(expected, abs=1e-12)
    whitening = Whitening(root_of(covariance), stack.columns)
    volume = np.linalg.slogdet(expected)[1].sum()
    assert whitening.log_determinant == pytest.approx(volume, abs=1e-12)


def test_precision_with_a_single_column():
    """The first column may be the only one."""
    stack = stack_of(m=1, k=1)
    precision = precision_of(stack, np.eye(1))
    assert precision == pytest.approx(by_hand(stack, np.eye(1)))


@pytest.mark.parametrize("rank", [0, 1, 4])
def test_what_is_left_of_the_coefficients(rank):
    """The prior less what the responses tell of them."""
    stack, drawn = stack_of(), np.random.default_rng(rank).normal(size=(4, rank))
    prior, rows = drawn @ drawn.T, stack.columns
    told = prior @ rows.transpose(0, 2, 1) @ by_hand(stack, prior) @ rows @ prior
    whitening = Whitening(root_of(prior), stack.columns)
    assert whitening.may_tell_all
    assert whitening.left == pytest.approx(prior - told, abs=1e-12)


@pytest.mark.parametrize("strength", [1, 5, 20])
def test_strong_evidence_under_great_variances_is_exact(strength):
    """The little that is left of the columns, as by an inverse of their size."""
    stack, covariance = stack_of(m=30), np.diag([25.0, 0.0, 25.0, 1e-6])
    rows = strength * stack.columns
    strong = Stack(stack.rep, rows, stack.response)
    weighted = precision_of(strong, covariance) @ rows
    information = rows.transpose(0, 2, 1) @ rows
    left = rows @ np.linalg.inv(np.eye(4) + covariance @ information)
    assert weighted == pytest.approx(left, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("nearness", [1.0, 1e-3, 1e-6])
@pytest.mark.parametrize("variance", VARIANCES)
@pytest.mark.parametrize("n_rows", [1, 14, 60])
def test_products_of_strong_evidence(n_rows, variance, nearness):
    """28 digits say the same, however strong it is and however alike columns are."""
    columns, response = rows_of(n_rows, 14, nearness)
    prior = covariance_of(14, variance)
    rows, exact = decimals(columns), decimals(prior)
    spread = decimals(np.eye(n_rows)) + rows @ exact @ rows.T
    both = np.column_stack([columns, response])
    expected = (decimals(both).T @ solved(spread, decimals(both))).astype(float)
    whitened = Whitening(root_of(prior), columns[None]).of(both[None])[0]
    error = np.abs(whitened.T @ whitened - expected)
    assert error.max() < 1e-9 * np.abs(expected).max()
    assert error[:14, :14].max() < 1e-9 * np.abs(expected[:14, :14]).max()

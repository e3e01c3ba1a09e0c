import numpy as np
import pytest

from scoring.rep_effects.inverse import LARGEST, inverse_root
from tests.scoring.rep_effects.strong_evidence import (
    VARIANCES,
    covariance_of,
    decimals,
    rows_of,
    solved,
)


def inverse(matrices):
    root = inverse_root(matrices)
    return root.transpose(0, 2, 1) @ root


@pytest.mark.parametrize("size", [1, 2, LARGEST, LARGEST + 1, 29, 64])
def test_inverse_is_the_librarys(size):
    """By halves or at once, of one matrix or many, and of none."""
    root = np.random.default_rng(size).normal(size=(6, size, size))
    matrices = np.eye(size) + root @ root.transpose(0, 2, 1)
    assert inverse(matrices) == pytest.approx(np.linalg.inv(matrices), abs=1e-12)
    assert inverse(matrices[:0]).shape == (0, size, size)


def test_large_and_small_numbers_side_by_side():
    """Rows that differ by twelve orders of magnitude keep their digits."""
    scale = np.logspace(-6, 6, 30)
    root = np.random.default_rng(0).normal(size=(30, 30)) / 30
    matrices = (scale[:, None] * (np.eye(30) + root @ root.T) * scale)[None]
    product = inverse(matrices) @ matrices * scale[:, None] / scale
    assert product[0] == pytest.approx(np.eye(30), abs=1e-9)


@pytest.mark.parametrize("nearness", [1.0, 1e-3, 1e-6])
@pytest.mark.parametrize("variance", VARIANCES)
def test_strong_evidence_costs_as_many_digits_as_it_must(variance, nearness):
    """Rounding times the condition, as 28 digits show, in both halves alike."""
    columns, _ = rows_of(30, 14, nearness)
    matrix = np.eye(30) + columns @ covariance_of(14, variance) @ columns.T
    matrix = (matrix + matrix.T) / 2
    exact = solved(decimals(matrix), decimals(np.eye(30))).astype(float)
    found = inverse(matrix[None])[0]
    assert np.abs(found - exact).max() < 1e-15 * np.linalg.cond(matrix)
    assert found == pytest.approx(found.T, abs=1e-15)

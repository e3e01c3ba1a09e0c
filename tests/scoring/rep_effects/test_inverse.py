import numpy as np
import pytest

from scoring.rep_effects.inverse import LARGEST, inverse


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

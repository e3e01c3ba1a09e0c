import numpy as np
import pytest

from scoring.rep_effects.sums_of_products import outer_squares, products, squares


@pytest.mark.parametrize("m", [1, 2, 5])
def test_sums_are_those_of_a_loop(m):
    """Whether rows are fewer than columns or more."""
    rng = np.random.default_rng(m)
    left, right = rng.normal(size=(2, 6, m, 4))
    product = [a.T @ b for a, b in zip(left, right, strict=True)]
    assert products(left, right) == pytest.approx(sum(product))
    outer = sum(one @ one.T for one in product)
    assert outer_squares(left, right) == pytest.approx(outer)
    assert squares(left, right) == pytest.approx(np.diag(outer))

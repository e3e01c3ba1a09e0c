"""The small company's day, scored once for all tests of its variants."""

import pytest

from runs import prepare
from runs.whatif.basis import VariantDay, basis_of
from runs.whatif.figures import solved


@pytest.fixture(scope="package")
def basis(small):
    """Return the small company's day with its model."""
    raw = prepare(small / "daily.yaml")
    return basis_of(raw, None, small / "daily.model")


@pytest.fixture(scope="package")
def first(basis):
    """Return the day as it is, solved."""
    return solved(VariantDay("as it is", basis.scored), 10.0)

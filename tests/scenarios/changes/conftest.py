"""The small company's day, prepared once for all tests of changes."""

import pytest

from runs import prepare


@pytest.fixture(scope="package")
def day(small):
    """Return the small company's scenario and tables."""
    return prepare(small / "daily.yaml")

"""A small company, prepared once for all tests of changes."""

import pytest

from runs import prepare
from tests.small_company import write_company


@pytest.fixture(scope="package")
def small(tmp_path_factory):
    """Return the small company's scenario and tables."""
    folder = tmp_path_factory.mktemp("small")
    write_company(folder)
    return prepare(folder / "daily.yaml")

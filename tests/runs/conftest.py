"""Runs of small companies: many begin alike and train on one history."""

import shutil

import pytest

from tests.runs.morning.test_morning import MONDAY


@pytest.fixture(autouse=True)
def _nothing_fitted_twice(nothing_fitted_twice: None) -> None:
    """Fit once what tests fit on the same rows; tests/scoring fits all anew."""


@pytest.fixture
def after_monday(shared, tmp_path):
    """Return a function: a class of companies, leads -> one that ran on Monday.

    Monday is passed once for all tests with these leads; each has its own copy.
    """

    def after(kind, *leads):
        name = "-".join([kind.__module__, kind.__name__, *leads]).replace(" ", "")
        passed = shared(name, lambda folder: kind(folder).day(MONDAY, *leads))
        shutil.copytree(passed, tmp_path, dirs_exist_ok=True)
        return kind(tmp_path)

    return after

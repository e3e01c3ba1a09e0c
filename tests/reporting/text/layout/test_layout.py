"""Plain text: aligned, with numbers as people read them."""

import numpy as np
import pandas as pd
import pytest

from reporting import aligned, counted, number, table
from reporting.text.layout.layout import percents, whole_numbers


def test_values_stand_in_one_column():
    """The longest label decides where values begin."""
    assert aligned([("a", "1"), ("long", "2"), ("b", "")]) == "a     1\nlong  2\nb"


def test_numbers_stand_to_the_right_and_text_to_the_left():
    """Columns are as wide as their widest cell."""
    frame = pd.DataFrame({"policy": ["optimal", "x"], "n": [7, 1200], "p": [0.5, 12.0]})
    assert table(frame) == (
        "policy      n      p\noptimal     7   0.50\nx        1200  12.00"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.123, "0.12"), (-3.0, "-3.00"), (123.45, "123.5"), (12_345.6, "12,346")],
)
def test_numbers_have_few_digits(value, text):
    """Small ones show hundredths, large ones none."""
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0.00"), (-0.0, "0.00"), (0.0036, "0.004"), (-2e-7, "-2e-07")],
)
def test_only_nothing_looks_like_nothing(value, text):
    """A rule that costs a little is not said to cost nothing, nor minus nothing."""
    assert number(value) == text


def test_one_thing_has_no_plural():
    """Everything else has."""
    assert [counted(n, "rule") for n in (0, 1, 2_000)] == [
        "0 rules",
        "1 rule",
        "2,000 rules",
    ]


def test_only_columns_of_whole_numbers_lose_their_decimals():
    """One fraction or one missing cell is enough to keep them."""
    frame = pd.DataFrame({"a": [1.0, 2.0], "b": [1.0, 2.5], "c": [1.0, np.nan]})
    kinds = whole_numbers(frame.assign(d="x")).dtypes
    assert [kinds[name].kind for name in "abc"] == ["i", "f", "f"]


def test_percent():
    """What is missing is empty."""
    frame = pd.DataFrame({"a": [0.125, np.nan], "b": [1.0, 2.0]})
    assert percents(frame, ["a"], "+.1%")["a"].tolist() == ["+12.5%", ""]
    assert percents(frame, ["a"], ".0%")["b"].tolist() == [1.0, 2.0]

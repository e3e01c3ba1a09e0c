"""Columns of figures as people read them."""

import numpy as np
import pandas as pd

from reporting.text.layout import percents, whole_numbers


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

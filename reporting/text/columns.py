"""Columns of figures as people read them."""

from collections.abc import Iterable

import numpy as np
import pandas as pd


def whole_numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame whose columns of whole numbers show no decimals."""
    numbers = frame.select_dtypes("float")
    whole = [name for name in numbers if (numbers[name] % 1 == 0).all()]
    return frame.astype(dict.fromkeys(whole, np.int64))


def percents(frame: pd.DataFrame, names: Iterable[str], form: str) -> pd.DataFrame:
    """Return the frame with these columns in percent; what is missing is empty.

    Parameters
    ----------
    form
        Of a number, such as ``.1%``.
    """
    texts = {
        name: [format(value, form) if value == value else "" for value in frame[name]]
        for name in names
    }
    return frame.assign(**texts)

"""Plain text for terminals and pipes: numbers, aligned lines and tables."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from crm import one_line

if TYPE_CHECKING:
    from evaluation import Interval

HUNDREDTH = 0.01
"""The last digit that small numbers show."""


def aligned(lines: Sequence[tuple[str, str]]) -> str:
    """Return one line per label and value, the values in one column."""
    shown = [(one_line(label), one_line(value)) for label, value in lines]
    width = max((len(label) for label, _ in shown), default=0)
    return "\n".join(f"{label:<{width}}  {value}".rstrip() for label, value in shown)


def table(frame: pd.DataFrame) -> str:
    """Return the frame as columns of text, numbers to the right, no index."""
    cells = [[one_line(str(name)) for name in frame.columns]]
    cells += [[_cell(value) for value in row] for row in frame.to_numpy(dtype=object)]
    widths = [max(len(row[i]) for row in cells) for i in range(frame.shape[1])]
    right = [pd.api.types.is_numeric_dtype(frame[name]) for name in frame.columns]
    return "\n".join(_line(row, widths, right) for row in cells)


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    columns = [
        cell.rjust(width) if is_right else cell.ljust(width)
        for cell, width, is_right in zip(row, widths, right, strict=True)
    ]
    return "  ".join(columns).rstrip()


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return "" if pd.isna(value) else number(value)
    return one_line(str(value))


def counted(count: int, noun: str) -> str:
    """Return a number of things, such as ``1 rule`` and ``2,000 rules``."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def number(value: float) -> str:
    """Return a number as people read it: thousands apart, hundredths when small.

    What is not nothing is never shown as nothing.
    """
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    if abs(value) >= 100:
        return f"{value:.1f}"
    is_tiny = 0 < abs(value) < HUNDREDTH / 2
    return f"{value:.1g}" if is_tiny else f"{value + 0.0:.2f}"


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


def number_interval(interval: "Interval | None") -> str:
    """Return a figure with its 95 % interval."""
    if interval is None:
        return "not known"
    low, high = number(interval.low), number(interval.high)
    return f"{number(interval.estimate)} ({low} to {high})"


def percent(interval: "Interval") -> str:
    """Return a relative figure in percent, with its 95 % interval."""
    return f"{interval.estimate:+.1%} ({interval.low:+.1%} to {interval.high:+.1%})"

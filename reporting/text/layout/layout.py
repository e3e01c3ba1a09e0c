"""Plain text for terminals and pipes: numbers, aligned lines and tables."""

from collections.abc import Iterable, Sequence
from numbers import Number
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from crm import one_line
from reporting.text.layout.screen import (
    NARROWEST,
    Screen,
    fitting,
    screen,
    shortened,
    text_width,
    wrapped,
)

if TYPE_CHECKING:
    from evaluation import Interval

GAP = 2
"""Columns of space between two of a table."""
HUNDREDTH = 0.01
"""The last digit that small numbers show."""


def aligned(lines: Sequence[tuple[str, str]]) -> str:
    """Return one line per label and value, the values in one column.

    On a terminal, a value longer than its line goes on below its beginning.
    """
    shown = [(one_line(label), one_line(value)) for label, value in lines]
    width = max((text_width(label) for label, _ in shown), default=0)
    on = screen()
    return "\n".join(_labelled(label, value, width, on) for label, value in shown)


def _labelled(label: str, value: str, width: int, on: Screen | None) -> str:
    padded = label + " " * (width - text_width(label))
    if on is None:
        return f"{padded}  {value}".rstrip()
    beginning = f"{on.strong(padded)}  "
    room = on.width - width - GAP
    if room < NARROWEST or text_width(value) <= room:
        return beginning + value
    return beginning + ("\n" + " " * (width + GAP)).join(wrapped(value, room))


def table(frame: pd.DataFrame) -> str:
    """Return the frame as columns of text, numbers to the right, no index.

    On a terminal, long cells are shortened where the table is wider, which a line
    below it says.
    """
    columns = [frame.iloc[:, place] for place in range(frame.shape[1])]
    cells = [[one_line(str(name)) for name in frame.columns]]
    cells += [list(row) for row in zip(*map(_cells, columns), strict=True)]
    right = [is_numbers(column) for column in columns]
    on = screen()
    widths = [max(map(text_width, column)) for column in zip(*cells, strict=True)]
    if on is None:
        return "\n".join(_line(row, widths, right) for row in cells)
    return _on_screen(cells, widths, right, on)


def is_numbers(column: pd.Series) -> bool:
    """Tell whether a column has numbers alone, but for what is missing."""
    if column.dtype != object:
        return pd.api.types.is_numeric_dtype(column)
    there = [cell for cell in column if not _is_missing(cell)]
    return bool(there) and all(
        isinstance(cell, Number) and not isinstance(cell, bool) for cell in there
    )


def _on_screen(
    cells: Sequence[Sequence[str]],
    widths: Sequence[int],
    right: Sequence[bool],
    on: Screen,
) -> str:
    """Return header, rule and rows, as wide as the terminal where they can be.

    A header takes several lines before a cell is shortened; the first column, which
    says what a row is of, is shortened last. On a terminal too narrow for all that,
    each row is a block of its own.
    """
    header, *rows = cells
    room = on.width - GAP * (len(widths) - 1)
    if sum(widths) > room and rows:
        of_cells = [max(map(text_width, column)) for column in zip(*rows, strict=True)]
        of_words = [max(map(text_width, name.split(" "))) for name in header]
        widths = fitting([*map(max, of_cells, of_words)], room)
        if sum(widths) > room:
            return _blocks(header, rows)
    shown = [
        [
            shortened(cell, width, on.ellipsis)
            for cell, width in zip(row, widths, strict=True)
        ]
        for row in rows
    ]
    rule = _line([on.rule * width for width in widths], widths, right)
    lines = [on.strong(line) for line in _header_lines(header, widths, right)]
    lines += [on.faint(rule), *(_line(row, widths, right) for row in shown)]
    if n_cut := sum(map(_n_different, rows, shown)):
        lines.append(on.faint(f"({counted(n_cut, 'cell')} shortened; in a pipe whole)"))
    return "\n".join(lines)


def _blocks(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return each row as lines of a name and a value."""
    return "\n\n".join(aligned([*zip(header, row, strict=True)]) for row in rows)


def _header_lines(
    header: Sequence[str], widths: Sequence[int], right: Sequence[bool]
) -> list[str]:
    """Return the lines of a header, all names ending in the last one."""
    names = [wrapped(name, width) for name, width in zip(header, widths, strict=True)]
    height = max(map(len, names), default=0)
    padded = [[""] * (height - len(name)) + name for name in names]
    return [_line(line, widths, right) for line in zip(*padded, strict=True)]


def _n_different(row: Sequence[str], other: Sequence[str]) -> int:
    return sum(cell != one for cell, one in zip(row, other, strict=True))


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = (
        (cell, " " * (width - text_width(cell)), is_right)
        for cell, width, is_right in zip(row, widths, right, strict=True)
    )
    columns = [
        space + cell if is_right else cell + space for cell, space, is_right in padded
    ]
    return (" " * GAP).join(columns).rstrip()


def _cells(column: pd.Series) -> list[str]:
    return [_cell(cell) for cell in column.astype(object)]


def _cell(value: Any) -> str:
    if _is_missing(value):
        return ""
    if isinstance(value, float):
        return number(value)
    return one_line(str(value))


def _is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and value != value)


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

"""Rows of figures, as text."""

from typing import Any

Row = dict[str, Any]
"""Name of each figure -> the figure; an interval as middle, low and high."""


def line(row: Row) -> str:
    """Return a row as text: each figure with its name."""
    return "  " + "  ".join(
        f"{name.replace('_', ' ')} {cell(value)}" for name, value in row.items()
    )


def cell(value: Any) -> str:
    """Return a figure as text; an interval as its middle and ends."""
    match value:
        case None:
            return "-"
        case [middle, low, high]:
            return f"{middle:+.4f} ({low:+.4f} to {high:+.4f})"
        case float():
            return f"{value:,.3f}"
        case int():
            return f"{value:,}"
    return str(value)

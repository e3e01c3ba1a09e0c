"""A clock of service levels in a sentence: what it will do."""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator

VERBS = {
    "warn_at": "the owner is warned after",
    "escalate_at": "it goes to the manager after",
    "recall_at": "the lead is recalled after",
}
BEGINS = {"assigned": "it is assigned", "created": "it is created"}
ENDS = {
    "responded": "a first response",
    "progressed": "the next step",
    "closed": "it is won or lost",
}


def time_text(nanoseconds: int) -> str:
    """Return a length of time as hours and minutes, such as ``4 h 30 min``."""
    minutes = round(pd.Timedelta(nanoseconds, unit="ns") / pd.Timedelta(minutes=1))
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] if hours else []
    return " ".join([*parts, f"{rest} min"] if rest or not hours else parts)


def clock_text(
    start: str, to: str, kind: str, length: int, parts: dict[str, float | None]
) -> str:
    """Return what a clock does, as the rest of a line.

    Parameters
    ----------
    start, to, kind
        What begins it, what stops it, and the time that it counts.
    length
        How long it may run, nanoseconds.
    parts
        Step -> part of the length after which it is taken; None for never.
    """
    steps = list(_steps(length, parts))
    text = f"{time_text(length)} of {kind} time from when {BEGINS[start]} to {ENDS[to]}"
    return f"{text}; {', '.join(steps)}" if steps else f"{text}; what is late is told"


def _steps(length: int, parts: dict[str, float | None]) -> "Iterator[str]":
    for name, verb in VERBS.items():
        if (part := parts[name]) is not None:
            yield f"{verb} {time_text(round(part * length))}"

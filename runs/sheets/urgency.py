"""Which lead comes first: by priority, clock, age and value."""

import re

import pandas as pd

WORDS = {
    **dict.fromkeys(("urgent", "critical", "highest", "hot", "asap"), 0),
    **dict.fromkeys(("high",), 1),
    **dict.fromkeys(("medium", "normal", "middle", "standard"), 2),
    **dict.fromkeys(("low", "lowest", "cold"), 3),
}
"""Word of a priority -> its rank, the most urgent first."""
NORMAL = 2.0
_NUMBER = re.compile(r"p?\s*(\d+(?:\.\d+)?)")


def priority_rank(priority: str) -> float:
    """Return the rank of a priority, the most urgent first.

    Words as in :data:`WORDS`; of numbers and ``P1``, ``P2`` the lower is the more
    urgent; whatever else, and nothing, is normal.
    """
    text = priority.strip().lower()
    if text in WORDS:
        return float(WORDS[text])
    number = _NUMBER.fullmatch(text)
    return float(number[1]) - 1 if number else NORMAL


def urgency(
    priority: str, due: pd.Timestamp | None, created: pd.Timestamp, value: float
) -> tuple[float, float, float, float]:
    """Return what leads are sorted by: priority, clock, age, then the highest value."""
    return (
        priority_rank(priority),
        _seconds(due),
        _seconds(created),
        -value if value == value else 0.0,
    )


def _seconds(moment: pd.Timestamp | None) -> float:
    return float("inf") if moment is None or pd.isna(moment) else moment.timestamp()

"""What the changes of a variant do on the days of a replay, in sentences."""

from collections import Counter
from collections.abc import Sequence

from reporting.text.layout.layout import counted
from runs.replay.deciding import DecidedDay

FEW = 2
"""Different sentences of one change that are all told."""


def told_changes(today: Sequence[str], days: Sequence[DecidedDay]) -> tuple[str, ...]:
    """Return what changes do: those of the scenario, then of each day's tables.

    Parameters
    ----------
    today
        What they do on the scenario's own day; what comes first is of the scenario.
    days
        The replayed days, in order.
    """
    by_change = list(zip(*(day.sentences for day in days), strict=True))
    of_scenario = today[: len(today) - len(by_change)]
    return (*of_scenario, *(_told(texts, days) for texts in by_change))


def _told(texts: Sequence[str], days: Sequence[DecidedDay]) -> str:
    counts = Counter(texts)
    if len(counts) == 1:
        return texts[0]
    if len(counts) <= FEW:
        return "; ".join(f"{text} ({counted(n, 'day')})" for text, n in counts.items())
    return f"{texts[-1]} (on {days[-1].day}, the last day; each has its own figures)"

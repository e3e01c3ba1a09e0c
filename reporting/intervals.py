"""Intervals as JSON."""

from dataclasses import asdict

from evaluation import Interval


def interval_json(interval: Interval | None) -> dict[str, float] | None:
    """Return the estimate and the ends of its 95 %; null where nothing is known."""
    return None if interval is None else asdict(interval)

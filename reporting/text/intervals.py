"""Intervals as text and JSON."""

from dataclasses import asdict

from evaluation import Interval


def percent(interval: Interval) -> str:
    """Return a relative figure in percent, with its 95 % interval."""
    return f"{interval.estimate:+.1%} ({interval.low:+.1%} to {interval.high:+.1%})"


def interval_json(interval: Interval | None) -> dict[str, float] | None:
    """Return the estimate and the ends of its 95 % interval; null if not known."""
    return None if interval is None else asdict(interval)

"""Verdicts on lifts, and the least that would have shown."""

from collections.abc import Iterator

from evaluation.interval import Interval
from evaluation.labels import MEASURED, SUGGESTED
from evaluation.off_policy import LOGGED, Source, Verdict

VERDICT_TEXT: dict[Verdict, str] = {
    "better": "better",
    "worse": "worse",
    "no_measurable_lift": "no measurable lift",
    "not_identifiable": "not identifiable",
}
SUGGESTION_TEXT: dict[Verdict, str] = {
    "better": "looks better, if the queues are random",
    "worse": "looks worse, if the queues are random",
    "no_measurable_lift": "no measurable lift",
    "not_identifiable": "not identifiable",
}


def lift_label(source: Source) -> str:
    """Return what a lift by such propensities is called."""
    return MEASURED if source == LOGGED else SUGGESTED


def verdict_text(verdict: Verdict, source: Source = LOGGED) -> str:
    """Return a verdict in words: other ones where propensities are assumed."""
    texts = VERDICT_TEXT if source == LOGGED else SUGGESTION_TEXT
    return texts[verdict]


def verdict_code(verdict: Verdict, source: Source = LOGGED) -> str:
    """Return a verdict as JSON has it."""
    is_told = verdict in ("better", "worse")
    return f"looks_{verdict}" if is_told and source != LOGGED else verdict


def detectable_line(lift: Interval) -> Iterator[tuple[str, str]]:
    """Yield the smallest detectable lift, where none was measured."""
    if not (lift.is_above_zero or lift.is_below_zero):
        yield "smallest detectable", detectable_text(lift)


def detectable_text(lift: Interval) -> str:
    """Return the smallest lift that would have shown, in words."""
    return f"{lift.smallest_detectable:+.1%} shows in four of five such samples"

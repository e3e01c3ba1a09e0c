"""Hours of the week at which a company is open, as scenario files write them."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"([0-9]{1,2}):([0-5][0-9]) ?- ?([0-9]{1,2}):([0-5][0-9])")
_DAYS = re.compile(r"([a-z]{3})(?: ?- ?([a-z]{3}))?")
DAY = 24 * 60
"""Minutes of a day, as clocks show them."""

Span = tuple[int, int]
"""First minute of the day that is open, and the first that is closed again."""
Week = tuple[tuple[Span, ...], ...]
"""The open spans of each of the seven days, Monday first, in their order."""
ALL_DAY: Week = (((0, DAY),),) * len(WEEK)
"""The week of a company that is always open."""


class HoursError(ValueError):
    """Opening hours that cannot be read; the message says what was expected."""


def week_of(hours: Mapping[str, str | list[str]]) -> Week:
    """Return the open spans of each day; without hours all days are open all day.

    Parameters
    ----------
    hours
        Days, such as ``mon-fri`` or ``sat``, -> span or spans, such as ``09:00-17:30``.

    Raises
    ------
    HoursError
        Where a day or a span cannot be read, or two spans overlap.
    """
    if not hours:
        return ALL_DAY
    week: list[list[Span]] = [[] for _ in WEEK]
    for days, spans in hours.items():
        for day in _days(days):
            week[day] += [_span(text) for text in _as_list(spans)]
    for name, spans_of_day in zip(WEEK, week, strict=True):
        spans_of_day.sort()
        pairs = pairwise(spans_of_day)
        if any(first[1] > second[0] for first, second in pairs):
            raise HoursError(f"two spans of {name} overlap; give each hour once")
    return tuple(map(tuple, week))


def _as_list(spans: str | list[str]) -> list[str]:
    return spans if isinstance(spans, list) else spans.split(",")


def _days(text: str) -> Iterator[int]:
    named = _DAYS.fullmatch(str(text).strip())
    first, last = named.groups() if named else ("", "")
    if first not in WEEK or (last or first) not in WEEK:
        raise HoursError(
            f"{text!r}: expected a day such as sat, or days such as mon-fri"
        )
    begin, end = WEEK.index(first), WEEK.index(last or first)
    if end < begin:
        raise HoursError(f"{text!r}: weeks begin on Monday; give the two parts apart")
    yield from range(begin, end + 1)


def _span(text: str) -> Span:
    clocks = _SPAN.fullmatch(str(text).strip())
    if clocks is None:
        raise HoursError(f"{text!r}: expected hours such as 09:00-17:30")
    hour, minute, last_hour, last_minute = map(int, clocks.groups())
    begin, end = 60 * hour + minute, 60 * last_hour + last_minute
    if end > DAY:
        raise HoursError(f"{text!r}: a day ends at 24:00")
    if end <= begin:
        raise HoursError(
            f"{text!r}: ends before it begins; a night has two parts, such as "
            "22:00-24:00 and, of the next day, 00:00-06:00"
        )
    return begin, end


def _readable(value: Any) -> Any:
    if not isinstance(value, dict):
        raise PydanticCustomError("hours", "expected days and hours")
    try:
        week_of(value)
    except HoursError as error:
        raise PydanticCustomError("hours", "{why}", {"why": str(error)}) from error
    return value


OpeningHours = Annotated[dict[str, str | list[str]], BeforeValidator(_readable)]
"""Days -> hours, as a scenario has them."""

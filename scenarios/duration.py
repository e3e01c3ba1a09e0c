"""Lengths of time as scenario files write them: 30m, 4h, 2d."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from crm import Calendar
from crm.business_time import MINUTE, open_day

_FORM = re.compile(r"([0-9]+(?:\.[0-9]+)?)([mhd])")
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60}
LONGEST = 3650 * 24 * 60
"""Minutes."""


def _a_duration(value: Any) -> Any:
    parts = _FORM.fullmatch(value) if isinstance(value, str) else None
    if parts and 0 < float(parts[1]) * _MINUTES[parts[2]] <= LONGEST:
        return value
    raise PydanticCustomError(
        "duration", "expected a length of time such as 30m, 4h or 2d"
    )


Duration = Annotated[
    str,
    BeforeValidator(_a_duration),
    Field(json_schema_extra={"pattern": rf"^{_FORM.pattern}$"}),
]
"""A number with m for minutes, h for hours or d for days."""


def plain_time(duration: str) -> int:
    """Return a length of time in nanoseconds, where a day has 24 hours."""
    number, unit = duration[:-1], duration[-1]
    return round(float(number) * _MINUTES[unit] * MINUTE)


def open_time(duration: str, calendar: Calendar) -> int:
    """Return a length of time in nanoseconds, where a day is an average open one."""
    if duration.endswith("d"):
        return round(float(duration[:-1]) * open_day(calendar))
    return plain_time(duration)

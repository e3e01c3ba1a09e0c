"""The company's calendar: its time zone, the days it works, its holidays."""

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from typing import Annotated, Any, Self
from zoneinfo import available_timezones

import pandas as pd
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from crm.issues import suggestion
from crm.opening_hours import WEEK, OpeningHours, week_of
from crm.public_holidays import public_holidays, why_unknown
from crm.zones import (
    DAY,
    comes_twice,
    first_moment,
    is_skipped,
    span,
    zone_of,
    zoned,
)

FARTHEST = 60
"""Days among which the next working day is looked for."""


def _a_zone(value: Any) -> Any:
    if value in available_timezones():
        return value
    near = suggestion(str(value), available_timezones())
    raise PydanticCustomError(
        "time_zone", "expected a time zone such as Europe/Berlin{near}", {"near": near}
    )


def _a_day(value: Any) -> Any:
    if value in WEEK:
        return value
    raise PydanticCustomError("working_day", f"expected one of {', '.join(WEEK)}")


def _a_holiday(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    problem = why_unknown(str(value))
    if problem or not isinstance(value, str):
        raise PydanticCustomError("holiday", "{problem}", {"problem": problem})
    return value


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str | date) else value


class Calendar(BaseModel):
    """In which time zone the company's day is, and on which days it works."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    time_zone: Annotated[str, BeforeValidator(_a_zone)] = Field(
        "UTC",
        description="Time zone of the company, such as Europe/Berlin: days, absences "
        "and times without an offset are in it.",
    )
    working_days: list[Annotated[str, BeforeValidator(_a_day)]] = Field(
        list(WEEK),
        min_length=1,
        json_schema_extra={"items": {"enum": list(WEEK)}},
        description="Days on which reps take leads, such as [mon, tue, wed, thu, fri]; "
        "by default all seven. On others nobody is at work.",
    )
    holidays: Annotated[
        list[Annotated[str | date, BeforeValidator(_a_holiday)]],
        BeforeValidator(_as_list),
    ] = Field(
        [],
        description="Dates on which nobody works: own ones, and the code of a country "
        "or region for its public holidays, such as [DE-BY, 2026-12-24].",
    )

    hours: OpeningHours = Field(
        {},
        description="Business hours, in which the clocks of `sla` run: {mon-fri: "
        "09:00-17:30, sat: 10:00-13:00}; a list of two for a break. By default all "
        "hours of working days.",
    )

    @model_validator(mode="after")
    def _open_on_working_days(self) -> Self:
        week = zip(WEEK, week_of(self.hours), strict=True)
        idle = [d for d, spans in week if spans and d not in self.working_days]
        if self.hours and idle:
            raise ValueError(
                f"{idle[0]} has business hours, and is none of the working_days"
            )
        return self

    @property
    def zone(self) -> tzinfo:
        """The time zone."""
        return zone_of(self.time_zone)

    def date_of(self, moment: pd.Timestamp) -> date:
        """Return the local date of a moment."""
        return moment.tz_convert(self.zone).date()

    def start_of(self, day: date) -> pd.Timestamp:
        """Return the first moment of a day."""
        return first_moment(day, self.zone)

    def span(self, moment: date | datetime) -> tuple[pd.Timestamp, pd.Timestamp]:
        """Return the first and the last moment of a date; of a time, itself."""
        first, last = span(moment, self.zone)
        return first.as_unit("ns"), last.as_unit("ns")

    def works_on(self, day: date) -> bool:
        """Tell whether reps take leads on a day."""
        return WEEK[day.weekday()] in self.working_days and not self.is_holiday(day)

    def is_holiday(self, day: date) -> bool:
        """Tell whether a day is one of the holidays."""
        return day in self.holidays or any(
            day in public_holidays(region, day.year) for region in self._regions
        )

    def next_working_day(self, day: date) -> date | None:
        """Return the first working day after a day, None where none is near."""
        days = (day + n * DAY for n in range(1, FARTHEST))
        return next((later for later in days if self.works_on(later)), None)

    def with_dates(self, year: int) -> "Calendar":
        """Return the calendar with the dates of holidays of a year and the next."""
        own = {day for day in self.holidays if isinstance(day, date)}
        public = {
            day
            for region in self._regions
            for near in (year, year + 1)
            for day in public_holidays(region, near)
        }
        return self.model_copy(update={"holidays": sorted(own | public)})

    def always_working(self) -> "Calendar":
        """Return the calendar of a company that works every day, in the same zone."""
        return Calendar(time_zone=self.time_zone)

    def problem_of(self, moment: date | datetime) -> str:
        """Return why a local time is no moment, or two; "" where it is one."""
        if not isinstance(moment, datetime) or moment.tzinfo is not None:
            return ""
        wall = pd.DatetimeIndex([moment])
        if is_skipped(wall, self.zone)[0]:
            return f"clocks in {self.time_zone} skip this time; give another"
        if comes_twice(wall, self.zone)[0]:
            earlier = zoned(wall, self.zone)[0]
            return (
                f"clocks in {self.time_zone} show this time twice; add its offset, "
                f"such as {earlier.isoformat()}"
            )
        return ""

    @property
    def _regions(self) -> Iterator[str]:
        return (entry for entry in self.holidays if isinstance(entry, str))

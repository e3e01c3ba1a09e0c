"""Open time against an oracle that looks at clocks minute by minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from crm import Calendar
from crm.business_time import MINUTE, business_time, due_times, open_day

OFFICE = {"mon-thu": "09:00-12:00, 13:00-17:30", "fri": ["09:00-15:00"]}
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]
CALENDARS = [
    Calendar(),
    Calendar(time_zone="Europe/Berlin", working_days=WEEKDAYS, hours=OFFICE),
    Calendar(time_zone="Europe/Berlin", hours={"mon-sun": "01:00-02:30"}),
    Calendar(time_zone="America/Havana", hours={"mon-sun": "00:00-24:00"}),
    Calendar(time_zone="Australia/Lord_Howe", hours={"sat-sun": "01:45-02:15"}),
    Calendar(
        time_zone="America/New_York",
        holidays=[date(2026, 3, 9), date(2026, 11, 2)],
        hours={"mon-sat": "02:30-22:00"},
    ),
]
# The weeks of 2026 in which clocks of these zones change, and a plain one.
BEGINS = [datetime(2026, *day, tzinfo=UTC) for day in [(3, 6), (3, 27), (10, 23)]]
BEGINS += [datetime(2026, *day, tzinfo=UTC) for day in [(10, 30), (4, 3), (7, 3)]]


def open_minutes(calendar, begin, n_days=6):
    """Return for each minute from a moment on whether the company is open in it."""
    zone, is_open, day, phase = ZoneInfo(calendar.time_zone), [], None, {}
    names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    warm_up = 2 * 24 * 60
    for minute in range(-warm_up, n_days * 24 * 60):
        local = (begin + timedelta(minutes=minute)).astimezone(zone)
        if local.date() != day:
            day, phase = local.date(), {}
        clock = f"{local:%H:%M}"
        works = names[local.weekday()] in calendar.working_days
        works = works and day not in calendar.holidays
        now = False
        for span in spans_of(calendar, names[local.weekday()]):
            start, end = span.strip().split("-")
            if clock >= start and phase.get(span) is None:
                phase[span] = "open"
            if clock >= end and phase.get(span) == "open":
                phase[span] = "closed"
            now = now or phase.get(span) == "open"
        is_open.append(now and works)
    return np.array(is_open[warm_up:])


def spans_of(calendar, name):
    if not calendar.hours:
        return ["00:00-24:00"]
    order = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    for days, spans in calendar.hours.items():
        first, _, last = days.partition("-")
        if order.index(first) <= order.index(name) <= order.index(last or first):
            return spans if isinstance(spans, list) else spans.split(",")
    return []


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(CALENDARS),
    st.sampled_from(BEGINS),
    st.integers(0, 3 * 24 * 60),
    st.integers(0, 3 * 24 * 60),
)
def test_open_time_is_what_clocks_show_minute_by_minute(calendar, begin, first, more):
    minutes = open_minutes(calendar, begin)
    since = pd.DatetimeIndex([begin + timedelta(minutes=first)])
    until = pd.DatetimeIndex([begin + timedelta(minutes=first + more)])
    passed = business_time(calendar, since, until)
    assert passed[0] == MINUTE * minutes[first : first + more].sum()


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(CALENDARS),
    st.sampled_from(BEGINS),
    st.integers(0, 2 * 24 * 60),
    st.integers(1, 900),
)
def test_what_is_due_is_due_at_the_first_minute(calendar, begin, first, within):
    minutes = open_minutes(calendar, begin)
    since = pd.DatetimeIndex([begin + timedelta(minutes=first)])
    [due] = due_times(calendar, since, MINUTE * within)
    passed = np.cumsum(minutes[first:])
    if passed[-1] >= within:
        after = int(np.argmax(passed >= within)) + 1
        assert due == since[0] + timedelta(minutes=after)
    else:
        assert due > begin + timedelta(days=6)


def test_due_and_passed_agree_to_the_nanosecond():
    rng = np.random.default_rng(1)
    calendar = CALENDARS[1]
    start = pd.Timestamp("2026-01-01", tz="UTC").value
    since = pd.DatetimeIndex(start + rng.integers(0, 300 * 24 * 60 * MINUTE, 1000))
    since = since.tz_localize("UTC")
    within = rng.integers(1, 40 * 60 * MINUTE, 1000)
    due = due_times(calendar, since, within)
    assert np.array_equal(business_time(calendar, since, due), within)


def test_a_missing_moment_has_no_due_time():
    since = pd.DatetimeIndex(["2026-09-07T08:00Z", None], tz="UTC")
    due = due_times(CALENDARS[1], since, 60 * MINUTE)
    assert due[0] == pd.Timestamp("2026-09-07T09:00Z") and due.isna()[1]
    assert business_time(CALENDARS[1], since, since[::-1]).tolist() == [0, 0]


def test_a_company_that_never_opens_lets_nothing_be_due():
    closed = Calendar(working_days=["sat"], hours={"sat": "09:00-10:00"})
    away = closed.model_copy(update={"working_days": ["sun"]})
    since = pd.DatetimeIndex(["2026-09-07T08:00Z"])
    assert due_times(away, since, MINUTE).isna().all()


def test_an_average_day_leaves_out_what_is_closed():
    assert open_day(CALENDARS[1]) == MINUTE * 60 * (4 * 7.5 + 6) / 5
    assert open_day(Calendar()) == MINUTE * 24 * 60


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ({"mon-fri": "9-17"}, "expected hours such as 09:00-17:30"),
        ({"mon-fri": "22:00-06:00"}, "a night has two parts"),
        ({"mon": "09:00-25:00"}, "a day ends at 24:00"),
        ({"monday": "09:00-17:00"}, "expected a day such as sat"),
        ({"fri-mon": "09:00-17:00"}, "give the two parts apart"),
        ({"mon-fri": "09:00-12:00", "fri": "11:00-15:00"}, "two spans of fri overlap"),
        ({"sun": "09:00-12:00"}, "none of the working_days"),
        ("09:00-17:00", "expected days and hours"),
    ],
)
def test_hours_that_cannot_be_are_refused(hours, expected):
    with pytest.raises(ValidationError, match=expected):
        Calendar(working_days=[*WEEKDAYS, "sat"], hours=hours)

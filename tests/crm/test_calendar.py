"""The company's calendar: what a day is, which are worked, and what is refused."""

from datetime import date, datetime

import pandas as pd
import pytest
from pydantic import ValidationError

from crm import Calendar
from crm import public_holidays as library

BERLIN = Calendar(
    time_zone="Europe/Berlin",
    working_days=["mon", "tue", "wed", "thu", "fri"],
    holidays=["DE-BY", date(2026, 12, 24)],
)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("UTC", date(2026, 3, 29), 24),
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("America/Los_Angeles", date(2026, 11, 1), 25),
        ("Pacific/Kiritimati", date(2026, 3, 29), 24),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        # Clocks go forward at midnight: the day begins at one.
        ("America/Santiago", date(2026, 9, 6), 23),
        ("Africa/Cairo", date(2026, 4, 24), 23),
    ],
)
def test_length_of_days(zone, day, hours):
    """A day lasts from its first moment to the next day's, clock changes included."""
    calendar = Calendar(time_zone=zone)
    first, last = calendar.span(day)
    assert (last - first) / pd.Timedelta(hours=1) == pytest.approx(hours)
    assert calendar.date_of(first) == calendar.date_of(last) == day
    assert last + pd.Timedelta(1, "us") == calendar.start_of(
        calendar.date_of(last + pd.Timedelta(1, "us"))
    )


def test_far_zones():
    """The same moment is another day far east and far west."""
    moment = pd.Timestamp("2026-09-07T10:30:00Z")
    dates = {
        zone: Calendar(time_zone=zone).date_of(moment)
        for zone in ("Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago")
    }
    assert dates == {
        "Pacific/Kiritimati": date(2026, 9, 8),
        "UTC": date(2026, 9, 7),
        "Pacific/Pago_Pago": date(2026, 9, 6),
    }


def test_working_days():
    """Weekends, public holidays of the region and own dates are not worked."""
    assert BERLIN.works_on(date(2026, 9, 7))
    assert not BERLIN.works_on(date(2026, 9, 6))
    assert not BERLIN.works_on(date(2026, 1, 6)), "Epiphany is one in Bavaria"
    assert not BERLIN.works_on(date(2026, 12, 24)), "own date"
    assert BERLIN.next_working_day(date(2026, 12, 23)) == date(2026, 12, 28)
    assert Calendar().works_on(date(2026, 12, 25)), "nothing is presumed"


def test_no_working_day_is_near():
    """A calendar of holidays alone has no next working day."""
    days = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(99)]
    assert Calendar(holidays=days).next_working_day(days[0]) is None


def test_dates_in_place_of_regions():
    """With its dates written out, a calendar says the same and needs no library."""
    dated = BERLIN.with_dates(2026)
    assert all(isinstance(day, date) for day in dated.holidays)
    year = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(730)]
    assert [dated.works_on(day) for day in year] == [BERLIN.works_on(d) for d in year]


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"time_zone": "Europe/Berln"}, "did you mean 'Europe/Berlin'"),
        ({"time_zone": 2}, "expected a time zone such as"),
        ({"working_days": ["monday"]}, "expected one of mon, tue"),
        ({"working_days": []}, "at least 1"),
        ({"holidays": "DE-XX"}, "there are DE-BB, DE-BE"),
        ({"holidays": "Germany"}, "code of a country"),
        ({"holidays": [datetime(2026, 1, 1, 8)]}, "code of a country"),
        ({"holidays": [7]}, "code of a country"),
        ({"zone": "UTC"}, "not permitted"),
    ],
)
def test_refused(keys, message):
    """What is none is refused, with what was expected."""
    with pytest.raises(ValidationError, match=message):
        Calendar.model_validate(keys)


def test_without_the_library(monkeypatch):
    """Regions name the extra to install; own dates need none."""
    monkeypatch.setattr(library, "find_spec", lambda name: None)
    with pytest.raises(ValidationError, match=r"rightrep\[calendar\]"):
        Calendar(holidays=["DE-BY"])
    assert not Calendar(holidays=[date(2026, 1, 2)]).works_on(date(2026, 1, 2))


@pytest.mark.parametrize(
    ("moment", "problem"),
    [
        (datetime(2026, 3, 29, 2, 30), "skip this time"),
        (datetime(2026, 10, 25, 2, 30), "2026-10-25T02:30:00+02:00"),
        (datetime(2026, 10, 25, 3, 0), ""),
        (datetime.fromisoformat("2026-10-25T02:30:00+01:00"), ""),
        (date(2026, 3, 29), ""),
    ],
)
def test_clock_changes(moment, problem):
    """A local time that is none, or two, is told; with an offset it is one."""
    assert problem in BERLIN.problem_of(moment)
    assert bool(problem) == bool(BERLIN.problem_of(moment))

"""Tables in the company's zone: dates are local days, times without an offset local."""

from datetime import date, datetime

import pandas as pd
import pytest

from crm import Calendar, DataError, csv_text, read_crm
from crm.cells import timestamps
from crm.source import Source
from crm.where import matches
from tests.crm.conftest import REPS

BERLIN = Calendar(time_zone="Europe/Berlin")
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]


@pytest.fixture
def read_in(tmp_path):
    """Return a function: calendar, texts of tables -> `read_crm` of them."""

    def read(calendar, as_of=None, where=None, keys=None, **texts):
        for name, text in {"reps": REPS, **texts}.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        sources = {name: Source(file=f"{name}.csv") for name in {"reps", *texts}}
        more = {"where": where or {}, **(keys or {})}
        sources["leads"] = Source.model_validate({"file": "leads.csv", **more})
        return read_crm(sources, tmp_path, as_of, calendar)

    return read


def leads(*times):
    rows = [f"L{n},{time}" for n, time in enumerate(times)]
    return "\n".join(["lead_id,created_at", *rows]) + "\n"


def test_times_and_dates(read_in):
    """Offsets are obeyed, times without one and dates are local."""
    text = leads("2026-09-07T23:30", "2026-09-07T21:30Z", "2026-09-07", "2026-01-07")
    crm, _ = read_in(BERLIN, date(2026, 9, 7), leads=text)
    assert [time.isoformat() for time in crm.leads["created_at"]] == [
        "2026-09-07T23:30:00+02:00",
        "2026-09-07T23:30:00+02:00",
        "2026-09-07T00:00:00+02:00",
        "2026-01-07T00:00:00+01:00",
    ]
    assert crm.today == date(2026, 9, 7)
    assert crm.as_of == pd.Timestamp("2026-09-07T21:59:59.999999Z")


def test_written_in_utc(read_in):
    """Files have the moments in UTC, and read back they are the same."""
    crm, _ = read_in(BERLIN, leads=leads("2026-09-07T23:30"))
    text = csv_text(crm.leads[["lead_id", "created_at"]])
    assert text.splitlines()[1] == "L0,2026-09-07T21:30:00Z"
    again, _ = read_in(BERLIN, leads=text)
    pd.testing.assert_frame_equal(crm.leads, again.leads)


def test_evening_leads_of_the_day(read_in):
    """A lead of this local evening is not later than the day, one of the next is."""
    denver = Calendar(time_zone="America/Denver")
    read_in(denver, date(2026, 9, 7), leads=leads("2026-09-07T19:30:00-06:00"))
    with pytest.raises(DataError, match=r"T00:30:00-06:00.*2026-09-07T23:59:59-06:00"):
        read_in(denver, date(2026, 9, 7), leads=leads("2026-09-08T00:30:00-06:00"))
    with pytest.raises(DataError, match=r"`calendar: \{time_zone"):
        read_in(None, date(2026, 9, 7), leads=leads("2026-09-07T19:30:00-06:00"))


def test_time_that_clocks_skip(read_in):
    """It is the moment after, and the warning says what it may show."""
    text = leads("2026-03-29T02:30:00", "2026-03-29T03:30:00")
    crm, warnings = read_in(BERLIN, leads=text)
    assert crm.leads["created_at"][0] == pd.Timestamp("2026-03-29T01:00Z")
    (told,) = [issue for issue in warnings if "skip" in issue.expected]
    assert (told.row, told.column, told.severity) == (2, "created_at", "warning")
    assert "`time_zone` says which" in told.expected


def test_file_of_another_zone(read_in):
    """Its times are in its zone, its dates are days of the company."""
    text = leads("2026-09-07T23:30", "2026-09-07", "2026-09-07T21:30Z")
    crm, _ = read_in(BERLIN, keys={"time_zone": "UTC"}, leads=text)
    assert [time.isoformat() for time in crm.leads["created_at"]] == [
        "2026-09-08T01:30:00+02:00",
        "2026-09-07T00:00:00+02:00",
        "2026-09-07T23:30:00+02:00",
    ]
    where = {"created_at": date(2026, 9, 8)}
    crm, _ = read_in(BERLIN, where=where, keys={"time_zone": "UTC"}, leads=text)
    assert list(crm.leads["lead_id"]) == ["L0"]


def test_time_that_comes_twice(read_in):
    """It is the earlier one, and said."""
    crm, warnings = read_in(BERLIN, leads=leads("2026-10-25T02:30", "2026-10-25T01:10"))
    assert crm.leads["created_at"][0] == pd.Timestamp("2026-10-25T00:30Z")
    (told,) = [issue for issue in warnings if "twice" in issue.expected]
    assert (told.severity, told.value) == ("warning", "2026-10-25T02:30")


def test_moment_in_a_clock_change(read_in):
    """The moment of an allocation is never guessed."""
    spring, autumn = datetime(2026, 3, 29, 2, 30), datetime(2026, 10, 25, 2, 30)
    for as_of, said in ((spring, "skip"), (autumn, "twice")):
        with pytest.raises(DataError, match=said):
            read_in(BERLIN, as_of, leads=leads("2026-01-01"))


def test_guess_in_the_repeated_hour(read_in):
    """The newest lead may have come in the hour that comes twice."""
    crm, _ = read_in(BERLIN, leads=leads("2026-10-25T01:30:00.0000001Z"))
    assert crm.as_of == pd.Timestamp("2026-10-25T01:30:00.000001Z")


def test_guess_on_an_idle_day(read_in):
    """Leads of a weekend are assigned on the next working day, all of it."""
    calendar = Calendar(time_zone="America/Denver", working_days=WEEKDAYS)
    # Sunday evening there, Monday by UTC.
    crm, _ = read_in(calendar, leads=leads("2026-09-07T03:40:00Z"))
    assert crm.today == date(2026, 9, 7)
    assert crm.as_of == calendar.span(date(2026, 9, 7))[1]


def test_dates_in_where(read_in):
    """A date in `where` is the local day, in texts and in typed columns."""
    times = ["2026-09-06T23:30", "2026-09-06T22:30Z", "2026-09-07T23:30"]
    where = {"created_at": date(2026, 9, 7)}
    crm, _ = read_in(BERLIN, leads=leads(*times), where=where)
    assert list(crm.leads["lead_id"]) == ["L1", "L2"]
    everyone, _ = read_in(BERLIN, leads=leads(*times))
    assert matches(everyone.leads, where).tolist() == [False, True, True]


def test_ends_of_odd_days():
    """A date that ends a span ends with its local day, however long that is."""
    days = ["2026-03-29", "2026-10-25", "2026-09-07"]
    ends = timestamps(days, end_of_day=True, zone=BERLIN.zone)
    following = timestamps(["2026-03-30", "2026-10-26", "2026-09-08"], zone=BERLIN.zone)
    assert (following - ends == pd.Timedelta(1, "ns")).all()
    # Clocks go back at midnight: 23:30 comes twice, and the day ends after both.
    beirut = Calendar(time_zone="Asia/Beirut")
    (end,) = timestamps(["2026-10-24"], end_of_day=True, zone=beirut.zone)
    assert end.tz_convert("UTC") == pd.Timestamp("2026-10-24T21:59:59.999999999Z")

"""The company's day in the solver: who is at work, and how far newcomers have grown."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from crm import Calendar
from crm.zones import in_zone
from solver import build_day, solve, unassigned_leads
from solver.day.allocation import Allocation
from solver.day.availability import at_work
from solver.rules.capacity import Capacity
from tests.solver.companies import Company

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]


def company_of(calendar, as_of, absences=(), reps=({}, {})):
    """Return small tables in the calendar's zone."""
    zone = calendar.zone
    crm = Company([{}], list(reps), absences=list(absences)).crm
    tables = ("leads", "reps", "history", "absences")
    frames = {name: in_zone(getattr(crm, name), zone) for name in tables}
    moment = pd.Timestamp(as_of).tz_convert(zone)
    return replace(crm, **frames, as_of=moment, calendar=calendar)


def _utc(moment):
    return moment.tz_convert("UTC").isoformat().replace("+00:00", "Z")


def agreed(crm):
    """Return who is at work, after checking that the check says the same."""
    here = at_work(crm).tolist()
    away = Allocation(crm, {}).away
    assert [rep not in away for rep in crm.reps["rep_id"]] == here
    return here


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Denver", "Asia/Beirut"])
@pytest.mark.parametrize(
    "day", [date(2026, 9, 7), date(2026, 3, 29), date(2026, 10, 25)]
)
def test_whole_day(zone, day):
    """An absence to the last moment of the day before is over, of 23 and 25 hours."""
    calendar = Calendar(time_zone=zone)
    first, last = calendar.span(day)
    before = _utc(first - pd.Timedelta(1, "ns"))
    long_ago = "2026-01-01T00:00:00Z"
    absences = [("R0", long_ago, before), ("R1", long_ago, _utc(first))]
    assert agreed(company_of(calendar, last, absences)) == [True, False]
    late = last - pd.Timedelta(hours=2)
    assert agreed(company_of(calendar, late, absences)) == [True, True]


def test_idle_days():
    """Nobody is at work on a Sunday or a holiday, by the local date."""
    calendar = Calendar(
        time_zone="America/Denver", working_days=WEEKDAYS, holidays=[date(2026, 9, 7)]
    )
    sunday_evening, holiday = "2026-09-07T03:00:00Z", "2026-09-08T05:59:00Z"
    assert agreed(company_of(calendar, sunday_evening)) == [False, False]
    assert agreed(company_of(calendar, holiday)) == [False, False]
    assert agreed(company_of(calendar, "2026-09-08T06:00:00Z")) == [True, True]


def test_newcomers_grow_by_local_days():
    """Half of the way is half of the local dates, in the model and in the check."""
    calendar = Calendar(time_zone="Pacific/Kiritimati")
    reps = [{"daily_capacity": 100, "start_date": "2026-09-06T10:00:00Z"}]
    crm = company_of(calendar, "2026-09-12T09:59:59Z", reps=reps)
    rule = Capacity(ramp_up={"days": 10, "start": 0.0})
    assert (crm.today, crm.reps["start_date"][0].date()) == (
        date(2026, 9, 12),
        date(2026, 9, 7),
    )
    assert rule.slots(crm).tolist() == [50]
    assert rule._limit(Allocation(crm, {}).rep_rows["R0"], crm.as_of) == 50


def test_reason_of_an_idle_day():
    """Unassigned leads say that the day is not worked."""
    calendar = Calendar(time_zone="Europe/Berlin", working_days=WEEKDAYS)
    crm = company_of(calendar, "2026-09-06T10:00:00Z")
    day = build_day(crm, [], lambda lead, rep: 0.5 + 0.0 * lead)
    table = unassigned_leads(day, solve(day.problem, seed=0, time_limit=10))
    assert table["detail"].tolist() == ["2026-09-06 is no working day"]

"""Past days hold what was known and waiting then, and nothing of later."""

import pandas as pd
import pytest

from crm import read_crm
from crm.source import Source
from evaluation.backtest import first_assignments, past_days

HISTORY = """\
lead_id,created_at,visits,rep_id,assigned_at,outcome,closed_at,origin
A,2026-03-02T08:00:00Z,1,R1,2026-03-02T09:00:00Z,won,2026-03-03T10:00:00Z,distributed
B,2026-03-02T08:30:00Z,2,R2,2026-03-02T09:30:00Z,open,,distributed
A,2026-03-02T08:00:00Z,1,R2,2026-03-04T09:00:00Z,lost,2026-03-05T10:00:00Z,distributed
C,2026-03-04T08:00:00Z,3,R1,2026-03-04T09:10:00Z,lost,2026-03-06T10:00:00Z,distributed
D,2026-03-04T08:00:00Z,4,R1,2026-03-04T09:20:00Z,won,2026-03-06T10:00:00Z,self_generated
E,2026-03-05T08:00:00Z,5,R3,2026-03-05T09:00:00Z,lost,2026-03-06T10:00:00Z,distributed
"""
LEADS = "lead_id,created_at,visits\nZ,2026-03-09T08:00:00Z,7\n"
REPS = """\
rep_id,daily_capacity,open_capacity,open_leads,active
R1,5,9,4,true
R2,5,9,4,true
R3,5,9,4,false
"""


@pytest.fixture
def crm(tmp_path):
    tables = {"leads": LEADS, "reps": REPS, "history": HISTORY}
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text)
    sources = {name: Source(file=f"{name}.csv") for name in tables}
    return read_crm(sources, tmp_path)[0]


@pytest.fixture
def days(crm):
    since, until = (pd.Timestamp(f"2026-03-0{n}", tz="UTC") for n in (1, 9))
    return list(past_days(crm, since, until))


def test_a_lead_is_assigned_once(crm):
    """Later owners of a lead, and leads that reps found, are not decisions to make."""
    rows = first_assignments(crm.history)
    assert list(zip(rows["lead_id"], rows["rep_id"], strict=True)) == [
        ("A", "R1"),
        ("B", "R2"),
        ("C", "R1"),
        ("E", "R3"),
    ]


def test_each_day_has_its_leads(days):
    """The leads of a day lie in the table of leads, in its columns."""
    assert [crm.leads["lead_id"].tolist() for crm in days] == [
        ["A", "B"],
        ["C"],
        ["E"],
    ]
    assert days[0].leads["visits"].tolist() == [1.0, 2.0]
    assert "outcome" not in days[0].leads
    assert days[0].as_of == pd.Timestamp("2026-03-02T09:30:00Z")


def test_books_are_those_of_the_morning(days):
    """A lead is in the book from its assignment until it closes."""
    books = [crm.reps["open_leads"].tolist() for crm in days]
    assert books == [[0, 0, 0], [0, 1, 0], [2, 2, 0]]


def test_who_got_leads_was_active(days):
    """A rep who has left since took part until the last lead."""
    assert [crm.reps["active"].tolist()[2] for crm in days] == [True, True, True]


def test_what_lies_outside_is_left_out(crm):
    """The window begins with its first moment and ends before its last."""
    moment = pd.Timestamp("2026-03-04", tz="UTC")
    days = list(past_days(crm, moment, moment + pd.Timedelta(days=1)))
    assert [crm.as_of.normalize() for crm in days] == [moment]

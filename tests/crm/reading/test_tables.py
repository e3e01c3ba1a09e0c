"""read_crm: files in, one checked company out, or everything that is wrong."""

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from crm import TABLES, CrmData, DataError, Source, read_crm

SHARED = Path(__file__).parents[3] / "shared"
DTYPES = {
    "id": "object",
    "text": "object",
    "list": "object",
    "choice": "object",
    "number": "float64",
    "integer": "float64",
    "timestamp": "datetime64[ns, UTC]",
    "boolean": "bool",
}


def expect_errors(read, *fragments, **given) -> str:
    """Expect a DataError whose text has all fragments, and return it."""
    with pytest.raises(DataError) as caught:
        read(**given)
    text = str(caught.value)
    for fragment in fragments:
        assert fragment in text
    return text


def test_every_column_of_the_schema_is_there_with_its_type(read):
    """Columns the file lacks are added empty, absent tables too."""
    crm, warnings = read()
    assert warnings == ()
    for name, columns in TABLES.items():
        frame = getattr(crm, name)
        assert isinstance(frame.index, pd.RangeIndex)
        for column, spec in columns.items():
            assert frame[column].dtype == DTYPES[spec.kind], (name, column)
    assert len(crm.accounts) == len(crm.absences) == 0
    assert crm.has("leads", "territory")
    assert not crm.has("leads", "language")
    assert not crm.has("accounts", "account_id")


def test_values_are_typed(read):
    """Dates, lists and defaults arrive as the contract says."""
    crm, _ = read()
    assert list(crm.reps["territories"]) == [("North", "South"), ("South",)]
    assert crm.reps["active"].all()
    assert list(crm.leads["account_id"]) == ["A1", ""]
    assert crm.leads["created_at"][1] == pd.Timestamp("2026-09-02 08:00", tz="UTC")
    assert np.isnan(crm.leads["deal_value"]).all()
    assert crm.history["closed_at"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2026, 9, 7), "2026-09-07 23:59:59.999999"),
        (datetime(2026, 9, 7, 8), "2026-09-07 08:00"),
        (datetime(2026, 9, 7, 8, tzinfo=UTC), "2026-09-07 08:00"),
        (None, "2026-09-02 08:00"),
    ],
)
def test_as_of_is_a_moment_in_utc(read, as_of, expected):
    """A date means its end; without one the newest lead tells the moment."""
    crm, _ = read(as_of=as_of)
    assert crm.as_of == pd.Timestamp(expected, tz="UTC")


def test_all_tables_report_at_once(read):
    """A bad cell here, a missing file there and an unknown rep are all said."""
    text = expect_errors(
        read,
        "leads.csv, row 2, column created_at: '1/9/2026'",
        "reps.csv, row 3, column daily_capacity: '-3'",
        "nowhere.csv: no such file",
        "absences.csv, row 2, column rep_id: 'R9'",
        sources={"history": "nowhere.csv", "absences": "absences.csv"},
        leads="lead_id,created_at\nL1,1/9/2026\n",
        reps="rep_id,daily_capacity\nR1,5\nR2,-3\n",
        absences="rep_id,from,to\nR9,2026-09-01,2026-09-03\n",
    )
    assert len(text.splitlines()) == 4


def test_leads_and_reps_are_needed(tmp_path):
    """Sources without them, or with a misspelt one, are refused with a hint."""
    (tmp_path / "x.csv").write_text("lead_id,created_at\nL1,2026-01-01\n")
    with pytest.raises(DataError, match="did you mean 'leads'") as caught:
        read_crm({"lead": Source(file="x.csv")}, tmp_path)
    assert {issue.column for issue in caught.value.issues} == {"lead", "leads", "reps"}


def test_a_table_without_rows(read):
    """Leads must have rows; a table with a header alone is told, for what it means."""
    expect_errors(read, "leads: the table has no rows", leads="lead_id,created_at\n")
    crm, warnings = read(absences="rep_id,from,to\n")
    assert len(crm.absences) == 0
    [warning] = warnings
    assert warning.severity == "warning"
    assert warning.expected == "absences: the table has no rows, so nobody is away"


def test_where_that_leaves_nothing(read):
    """It is an error for leads and a warning for history."""
    nothing = {"where": {"account_id": "A9"}}
    leads = {"leads": {"file": "leads.csv", **nothing}}
    expect_errors(read, "no row satisfies `where`", sources=leads)
    crm, warnings = read(sources={"history": {"file": "history.csv", **nothing}})
    assert len(crm.history) == 0
    assert [issue.severity for issue in warnings] == ["warning"]


def test_a_date_of_absence_is_inclusive(read):
    """`to` ends with its day where it is a date, at the moment where it is a time."""
    crm, _ = read(
        absences="rep_id,from,to\nR1,2026-09-07,2026-09-07\n"
        "R2,2026-09-07,2026-09-07T12:00Z\n"
    )
    assert list(crm.absences["to"].dt.hour) == [23, 12]


def test_semicolons_and_marks(read):
    """A European Excel export reads like any other."""
    crm, _ = read(leads="\ufefflead_id;created_at;city\r\nL1;2026-09-01;Köln, Süd\r\n")
    assert list(crm.leads["city"]) == ["Köln, Süd"]


def test_no_column_is_left_to_pandas_text_type(read):
    """Text is `object` of `str` in features and unknown columns too."""
    crm, _ = read(
        leads="lead_id,created_at,colour\nL1,2026-09-01,red\n",
        reps="rep_id,daily_capacity,shoe\nR1,1,42\n",
    )
    assert crm.leads["colour"].dtype == object
    assert list(crm.reps["shoe"]) == ["42"]


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared sample")
def test_the_sample_company_has_no_issue():
    """200 leads, 24 reps and 9,000 assignments are read without a warning."""
    sources = {
        name: Source(file=f"{name}.csv") for name in ("leads", "reps", "history")
    }
    crm, warnings = read_crm(sources, SHARED / "sample", date(2026, 9, 7))
    assert warnings == ()
    assert isinstance(crm, CrmData)
    assert (len(crm.leads), len(crm.reps), len(crm.history)) == (200, 24, 9000)
    assert crm.history["employees"].dtype == np.float64

"""Cells come back from SQLite as they went in."""

import sqlite3

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.tables import frame_of, rows_of

KINDS = {"name": "text", "value": "number", "many": "count", "when": "time"}
TIMES = st.integers(pd.Timestamp("1700-01-01").value, pd.Timestamp("2199-12-31").value)
ROWS = st.tuples(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.floats(),
    st.integers(-(2**63), 2**63 - 1),
    st.none() | TIMES.map(lambda ns: pd.Timestamp(ns, tz="UTC")),
)


def typed(rows):
    frame = pd.DataFrame(rows, columns=list(KINDS), dtype=object)
    return frame.astype(
        {"value": "float64", "many": "int64", "when": "datetime64[ns, UTC]"}
    )


@settings(max_examples=50, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=5))
def test_a_frame_survives_sqlite(rows):
    """Any text, number and nanosecond, and what is missing."""
    frame = typed(rows)
    connection = sqlite3.connect(":memory:")
    stored = [
        connection.execute("SELECT ?, ?, ?, ?", row).fetchone()
        for row in rows_of(frame, KINDS)
    ]
    connection.close()
    pd.testing.assert_frame_equal(frame_of(stored, KINDS), frame, check_exact=True)


@settings(max_examples=50)
@given(st.lists(TIMES, min_size=2, max_size=6))
def test_times_sort_as_text(times):
    """The text of a later moment is the greater one."""
    frame = pd.DataFrame({"when": pd.to_datetime(sorted(times), utc=True, unit="ns")})
    texts = [text for (text,) in rows_of(frame, {"when": "time"})]
    assert texts == sorted(texts)


def test_times_of_other_zones_are_kept_in_utc():
    """Naive times are UTC, others are turned into it."""
    for time in ("2026-09-07T10:00+02:00", "2026-09-07T08:00"):
        frame = pd.DataFrame({"when": [pd.Timestamp(time)]})
        [[text]] = rows_of(frame, {"when": "time"})
        assert text == "2026-09-07T08:00:00.000000000Z"

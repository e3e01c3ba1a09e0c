"""Cells come back from a database as they went in."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import (
    Column,
    Float,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    insert,
    select,
)

from ledger.frames import frame_of, rows_of
from ledger.schema.moment import UtcMoment, moment_text

KINDS = {"name": "text", "value": "number", "many": "count", "time": "time"}
MICROSECOND = 1000
FIRST, LAST = pd.Timestamp("1700-01-01"), pd.Timestamp("2199-12-31")
TIMES = st.integers(FIRST.value // MICROSECOND, LAST.value // MICROSECOND).map(
    lambda us: pd.Timestamp(us * MICROSECOND, tz="UTC")
)
ROWS = st.tuples(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.floats(),
    st.integers(-(2**63), 2**63 - 1),
    st.none() | TIMES,
)
CELLS = Table(
    "cells",
    MetaData(),
    Column("name", Text),
    Column("value", Float),
    Column("many", Integer),
    Column("time", UtcMoment),
)


def typed(rows):
    frame = pd.DataFrame(rows, columns=list(KINDS), dtype=object)
    return frame.astype(
        {"value": "float64", "many": "int64", "time": "datetime64[ns, UTC]"}
    )


@settings(max_examples=50, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=5))
def test_a_frame_survives_a_database(rows):
    """Any text, number and microsecond, and what is missing."""
    frame = typed(rows)
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        CELLS.metadata.create_all(connection)
        connection.execute(insert(CELLS), rows_of(frame, KINDS))
        stored = connection.execute(select(CELLS)).all()
    engine.dispose()
    pd.testing.assert_frame_equal(frame_of(stored, KINDS), frame, check_exact=True)


@settings(max_examples=50)
@given(st.lists(TIMES, min_size=2, max_size=6))
def test_times_sort_as_text(times):
    """The text of a later moment is the greater one."""
    texts = [moment_text(time.to_pydatetime()) for time in sorted(times)]
    assert texts == sorted(texts)
    assert all(len(text) == len("2026-09-07T08:00:00.000000Z") for text in texts)


def test_times_of_other_zones_are_kept_in_utc():
    """Naive times are UTC, others are turned into it."""
    for time in ("2026-09-07T10:00+02:00", "2026-09-07T08:00"):
        frame = pd.DataFrame({"time": [pd.Timestamp(time)]})
        [row] = rows_of(frame, {"time": "time"})
        assert moment_text(row["time"]) == "2026-09-07T08:00:00.000000Z"


def test_a_nanosecond_is_cut_off():
    frame = pd.DataFrame({"time": [pd.Timestamp("2026-09-07T08:00:00.000000999Z")]})
    [row] = rows_of(frame, {"time": "time"})
    assert row["time"].microsecond == 0

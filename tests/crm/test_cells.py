"""What single cells mean."""

from datetime import date, datetime, timedelta, timezone
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.cells import booleans, cell_text, lists, numbers, timestamps
from crm.zones import span


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" x ", "x"),
        ("007", "007"),
        (None, ""),
        (float("nan"), ""),
        (pd.NaT, ""),
        (3, "3"),
        (3.0, "3"),
        (0.1, "0.1"),
        (1e300, "1e+300"),
        (True, "true"),
        (np.bool_(False), "false"),
        (date(2026, 9, 7), "2026-09-07"),
        (("a", "b"), "a|b"),
    ],
)
def test_cell_text(value, text):
    """Every value has one text form."""
    assert cell_text(value) == text


@pytest.mark.parametrize("text", ["-0", "-0.0", "-0e5", "-1e-400"])
def test_there_is_one_zero(text):
    """A page would show -0, and 0 once its inputs were read again."""
    assert not np.signbit(numbers([text])[0])


def test_texts_of_the_letters_of_numbers_are_read_alike_alone_and_beside_others():
    """Whether all of a column are numbers, or one is not."""
    texts = ["".join(cut) for n in range(5) for cut in product("07.-+eE", repeat=n)]
    alone = np.array([numbers([text])[0] for text in texts])
    beside = numbers([*texts, "none"])[:-1]
    assert np.array_equal(alone, beside, equal_nan=True)
    assert np.count_nonzero(np.isfinite(alone)) > 100


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_read_back_exactly(number):
    """The shortest text of a float is read as that float."""
    assert numbers([cell_text(number)])[0] == number


@pytest.mark.parametrize(
    "text",
    ["", "1.234,56", "12,5", "1 000", "€5", "nan", "inf", "1e999", "0x10", "1_0", "٣"],
)
def test_what_is_no_number(text):
    """Separators, units, words and other digits are not read as numbers."""
    assert np.isnan(numbers([text])[0])


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-09-07", "2026-09-07T00:00Z"),
        ("2026-09-07T08:30", "2026-09-07T08:30Z"),
        ("2026-09-07 08:30:15.25", "2026-09-07T08:30:15.25Z"),
        ("2026-09-07T08:30:00+02:00", "2026-09-07T06:30Z"),
        ("2026-09-07T08:30:00-0530", "2026-09-07T14:00Z"),
    ],
)
def test_timestamps_are_utc(text, moment):
    """Zones are converted, and no zone is UTC."""
    times = timestamps([text, ""])
    assert times[0] == pd.Timestamp(moment)
    assert times[1] is pd.NaT
    assert times.dtype == "datetime64[ns, UTC]"


@pytest.mark.parametrize(
    "text",
    [
        *("31/12/2025", "2026", "2026-09", "20260907", "2026-9-7", "today"),
        *("2026-02-30", "2026-09-07T25:00", "2026-09-07T08:30 UTC"),
        *("9999-12-31", "0001-01-01"),
    ],
)
def test_what_is_no_timestamp(text):
    """Other formats, impossible days and placeholder years are not read as times."""
    assert timestamps([text])[0] is pd.NaT


def test_a_date_can_mean_its_end():
    """With end_of_day only dates without a time move."""
    times = timestamps(["2026-09-07", "2026-09-07T08:00"], end_of_day=True)
    assert times[0] == pd.Timestamp("2026-09-08", tz="UTC") - pd.Timedelta(1, "ns")
    assert times[1] == pd.Timestamp("2026-09-07T08:00", tz="UTC")


def test_truths_and_lists():
    """Words of truth in any case; list parts are stripped and unique."""
    known = booleans(["true", "YES", "1", "false", "No", "0", "maybe", ""])
    assert known[:6].tolist() == [1, 1, 1, 0, 0, 0]
    assert np.isnan(known[6:]).all()
    assert lists(["", "a", " b | a||b "]) == [(), ("a",), ("b", "a")]


def test_span():
    """A date spans its day, a time itself, both in UTC."""
    first, last = span(date(2026, 9, 7))
    assert last - first == pd.Timedelta(1, "D") - pd.Timedelta(1, "us")
    zone = timezone(timedelta(hours=2))
    moment = pd.Timestamp("2026-09-07T06:00Z")
    assert span(datetime(2026, 9, 7, 8, tzinfo=zone)) == (moment, moment)

"""Which rows conditions pick, on typed tables and on tables still all text."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from pydantic import TypeAdapter, ValidationError

from crm import Where, WhereError, matches
from crm.table import text_frame

PARSED = TypeAdapter(Where)
RAW = text_frame(
    ["size", "at", "name", "open"],
    [
        ["3", "10.50", "007", ""],
        ["2026-09-06", "2026-09-07", "2026-09-07T12:00:00Z", ""],
        ["Ann", "ann", "3", ""],
        ["true", "no", "1", ""],
    ],
)
TYPED = pd.DataFrame(
    {
        "size": [3.0, 10.5, 7.0, np.nan],
        "at": pd.to_datetime(
            RAW["at"].mask(RAW["at"] == ""), utc=True, format="ISO8601"
        ),
        "name": RAW["name"],
        "parts": pd.Series([("a", "b"), ("a",), ("b",), ()], dtype=object),
    }
)


def picked(frame, column, condition) -> str:
    where = PARSED.validate_python({column: condition})
    return "".join(str(row) for row in np.flatnonzero(matches(frame, where)))


@pytest.mark.parametrize("frame", [RAW, TYPED], ids=["raw", "typed"])
@pytest.mark.parametrize(
    ("column", "condition", "rows"),
    [
        ("size", 3, "0"),
        ("size", "3", "0"),
        ("size", [3, 10.5], "01"),
        ("size", {"min": 7}, "12"),
        ("size", {"above": 7}, "1"),
        ("size", {"max": 7}, "02"),
        ("size", {"below": 7}, "0"),
        ("size", {"min": 4, "max": 8}, "2"),
        ("size", {"not": 3}, "123"),
        ("size", {"not": [3, 7]}, "13"),
        ("size", {"not": 3, "missing": False}, "12"),
        ("size", {"missing": True}, "3"),
        ("size", {"missing": False}, "012"),
        ("size", date(2026, 9, 7), ""),
        ("at", date(2026, 9, 7), "12"),
        ("at", datetime(2026, 9, 7, 12), "2"),
        ("at", "2026-09-06", "0"),
        ("at", {"min": date(2026, 9, 7)}, "12"),
        ("at", {"max": date(2026, 9, 7)}, "012"),
        ("at", {"above": date(2026, 9, 6)}, "12"),
        ("at", {"below": date(2026, 9, 7)}, "0"),
        ("at", {"above": datetime(2026, 9, 7)}, "2"),
        ("name", "Ann", "0"),
        ("name", ["Ann", "ann"], "01"),
        ("name", 3, "2"),
    ],
)
def test_conditions(frame, column, condition, rows):
    """The rows are those a person would pick."""
    assert picked(frame, column, condition) == rows


def test_truth_and_lists():
    """Text says true in several ways; a list equals each of its parts."""
    assert picked(RAW, "open", True) == "02"
    assert picked(RAW, "open", False) == "1"
    active = pd.DataFrame({"active": [True, False]})
    assert picked(active, "active", True) == "0"
    assert picked(active, "active", "no") == "1"
    assert picked(TYPED, "parts", "a") == "01"
    assert picked(TYPED, "parts", {"not": "a"}) == "23"
    assert picked(TYPED, "parts", {"missing": True}) == "3"


def test_all_conditions_must_hold():
    """Conditions on several columns narrow; none at all picks every row."""
    where = PARSED.validate_python({"size": {"max": 7}, "name": "Ann"})
    assert matches(TYPED, where).tolist() == [True, False, False, False]
    assert matches(TYPED, {}).all()
    assert matches(TYPED.iloc[:0], where).shape == (0,)


@pytest.mark.parametrize(
    ("column", "condition", "message"),
    [
        ("szie", 3, "no such column; did you mean 'size'"),
        ("name", {"min": 3}, "holds 'Ann', and 3 can be compared with numbers"),
        ("name", {"min": date(2026, 1, 1)}, "compared with dates"),
        ("at", {"min": 3}, "compared with numbers"),
        ("size", {"min": date(2026, 1, 1)}, "compared with dates"),
    ],
)
def test_questions_the_table_cannot_answer(column, condition, message):
    """An unknown column, or a limit on what has no order, is an error."""
    with pytest.raises(WhereError, match=message) as caught:
        picked(TYPED, column, condition)
    assert caught.value.column == column


@pytest.mark.parametrize(
    "condition",
    [None, {}, [], [None], {"mim": 3}, {"min": None}, {"min": "3"}, {"min": True}],
)
def test_badly_written_conditions(condition):
    """Each is refused with exactly one error."""
    with pytest.raises(ValidationError) as caught:
        PARSED.validate_python({"size": condition})
    assert caught.value.error_count() == 1

"""Values become the text cells that the same data has in a CSV file."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest

from crm.databases.values import NoCellError, TextColumn, cell_of


class Stage(StrEnum):
    WON = "won"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (" Müßig AG ", "Müßig AG"),
        (True, "true"),
        (9007199254740993, "9007199254740993"),
        (Decimal("27393.40"), "27393.40"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("1E+20"), "100000000000000000000"),
        (0.1, "0.1"),
        (5.0, "5"),
        (float("nan"), "NaN"),
        (date(2026, 9, 1), "2026-09-01"),
        (datetime(2026, 9, 1, 6, 12), "2026-09-01T06:12:00"),
        (
            datetime(2026, 9, 1, 6, 12, tzinfo=timezone(timedelta(hours=2))),
            "2026-09-01T04:12:00+00:00",
        ),
        (datetime(2026, 9, 1, tzinfo=UTC), "2026-09-01T00:00:00+00:00"),
        (time(10, 30), "10:30:00"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (["North", None, "South"], "North|South"),
        ([1, 2], "1|2"),
        ({"a": "ü"}, '{"a": "ü"}'),
        (Stage.WON, "won"),
    ],
)
def test_each_type_is_written_exactly(value, text):
    """No digit is lost, and no time moves."""
    assert cell_of(value) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b"\xde\xad", "type bytes"),
        (timedelta(1), "cast it"),
        ([["a"]], "a list inside a list"),
        (["a|b"], "which parts entries"),
    ],
)
def test_what_no_cell_can_hold_is_refused(value, expected):
    """Nothing is guessed of it."""
    with pytest.raises(NoCellError, match=expected.replace("|", r"\|")):
        cell_of(value)


def test_equal_texts_share_memory_and_equal_numbers_keep_their_digits():
    """1.0 and 1.00 are two texts, as in a CSV file."""
    column = TextColumn()
    texts = column.add([Decimal("1.0"), Decimal("1.00"), "won", "won "])
    assert texts == ["1.0", "1.00", "won", "won"] == column.cells
    assert texts[2] is texts[3]

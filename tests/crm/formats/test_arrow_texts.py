"""Values of Arrow columns are written as `cell_text` writes each of them."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from crm.cells import cell_text
from crm.formats.arrow_texts import arrow_texts

pa = pytest.importorskip("pyarrow")
MOMENTS = np.array(
    [
        "2026-03-29T01:30:00",
        "1969-12-31T23:59:59.999999",
        "1899-01-01",
        "2026-09-07T08:00:00.5",
        "2200-02-28T00:00:00.000001",
    ],
    dtype="datetime64[us]",
)
FINE = MOMENTS.astype("datetime64[ns]") + np.array([0, 1, 999, 10, 0])
NUMBERS = [0.0, -0.0, 1.5, 1e22, -3.0, 2.0**53, 1e-7, np.inf, -np.inf, np.nan, 0.1]
COLUMNS = {
    "texts": pa.array([" a", "b\u2003", None, "", "a"]),
    "categories": pa.array(["x ", None, "y", "x "]).dictionary_encode(),
    "numbers": pa.array([*NUMBERS, None]),
    "integers": pa.array([1, -5, None, 2**62]),
    "local times": pa.array(MOMENTS),
    "times": pa.array(MOMENTS, pa.timestamp("us", "UTC")),
    "missing times": pa.array([*MOMENTS.tolist(), None], pa.timestamp("ms", "UTC")),
    "fine times": pa.array(FINE, pa.timestamp("ns", "UTC")),
    "times elsewhere": pa.array(FINE, pa.timestamp("ns", "Europe/Paris")),
    "early times": pa.array([datetime(1, 1, 1, tzinfo=UTC)], pa.timestamp("us", "UTC")),
    "late times": pa.array([datetime(9999, 12, 31, 23, 59)], pa.timestamp("us")),
    "dates": pa.array([date(2026, 9, 7), None]),
    "truths": pa.array([True, None, False]),
    "lists": pa.array([["a", "b"], None, []]),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_every_value_is_written_as_by_itself(name: str) -> None:
    """Whole columns, parts of them, and several parts."""
    values = COLUMNS[name]
    expected = [cell_text(value) for value in values.to_pylist()]
    assert arrow_texts(pa.chunked_array([values])).tolist() == expected
    parts = pa.chunked_array([values.slice(1), values.slice(0, 1)])
    assert arrow_texts(parts).tolist() == [*expected[1:], *expected[:1]]
    assert arrow_texts(pa.chunked_array([], type=values.type)).tolist() == []


def test_a_time_that_python_has_not_is_refused() -> None:
    late = pa.array([2**58], pa.timestamp("us"))
    with pytest.raises((ValueError, OverflowError)):
        arrow_texts(pa.chunked_array([late]))

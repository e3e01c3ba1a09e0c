"""Times read by their places are those that pandas reads one by one."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.cells import timestamps
from crm.iso_times import quick_times

N = 200
FORMS = (
    "%Y-%m-%d",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S.%f+05:30",
    "%Y-%m-%dT%H:%M:%S-09:45",
    "%Y-%m-%d %H:%M+00:00",
)
ODD = ("0000-00-00", "2026-02-29", "2024-02-29", "2100-02-29", "2026-13-01", "x" * 10)
ODD += ("2026-01-00", "2026-01-01T24:00:00Z", "2026-01-01T23:60:00Z", "1700-01-01")
ODD += ("2026-01-01T23:59:60Z", "2026-01-01T23:59:59+25:00", "2199-12-31", "")
ODD += ("2026-01-01T23:59:59+01:99", "\uff12026-01-01", "2026/01/01", "2026-01-01Z")
ODD += ("2000-02-29", "1900-02-29", "2026-04-31", "9999-12-31", "2026-1-1  ")


@pytest.mark.parametrize("form", FORMS)
def test_moments_are_those_of_pandas(form):
    """Every usual way of writing a time is read at once, to the nanosecond."""
    rng = np.random.default_rng(0)
    moments = pd.to_datetime(rng.integers(-(6 * 10**9), 6 * 10**9, N), unit="s")
    texts = moments.strftime(form).tolist()
    read, is_local, is_read = quick_times(texts)
    expected = pd.to_datetime(pd.Series(texts), format="ISO8601", utc=True)
    assert is_read.all()
    assert (is_local == (form[-1] in "dMSf")).all()
    assert (read == pd.DatetimeIndex(expected).as_unit("ns").asi8).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(ODD), max_size=20), st.sampled_from(FORMS))
def test_odd_texts_among_many_change_nothing(odd, form):
    """A column reads as its texts alone do, wherever an odd text stands."""
    usual = pd.date_range("2024-02-27", periods=N, freq="7h").strftime(form).tolist()
    texts = [*odd, *usual, *odd]
    together = timestamps(texts)
    alone = [timestamps([text])[0] for text in [*odd, *usual[:5]]]
    assert together[: len(alone)].equals(pd.DatetimeIndex(alone, tz="UTC"))


def test_days_and_months_that_are_none():
    """Of every day that may be written, those of the calendar are read."""
    texts = [
        f"{year}-{month:02d}-{day:02d}"
        for year in (1900, 2000, 2023, 2024)
        for month in range(14)
        for day in range(33)
    ]
    _, _, is_read = quick_times(texts)
    expected = pd.to_datetime(pd.Series(texts), format="%Y-%m-%d", errors="coerce")
    assert (is_read == expected.notna()).all()

"""The most urgent lead comes first."""

import pandas as pd
import pytest

from runs.sheets.urgency import priority_rank, urgency

OLD, NEW = pd.Timestamp("2026-09-01", tz="UTC"), pd.Timestamp("2026-09-07", tz="UTC")


@pytest.mark.parametrize(
    ("more", "less"),
    [("Urgent", "high"), ("high", "Normal"), ("", "low"), ("1", "2"), ("P1", "p3")],
)
def test_priorities_are_ordered(more, less):
    """By words whatever their case, and the lower number first."""
    assert priority_rank(more) < priority_rank(less)


def test_what_nobody_knows_is_normal():
    """An unknown word is neither urgent nor low."""
    assert priority_rank("B-ware") == priority_rank("") == priority_rank("medium")


def test_priority_comes_before_clock_before_age_before_value():
    """Each decides where those before it are alike; a lead without a clock is last."""
    order = [
        urgency("high", None, NEW, 1.0),
        urgency("", OLD, NEW, 1.0),
        urgency("", NEW, OLD, 1.0),
        urgency("", None, OLD, 2.0),
        urgency("", None, OLD, float("nan")),
        urgency("", None, NEW, 9.0),
        urgency("", None, pd.NaT, 9.0),
        urgency("low", OLD, OLD, 9.0),
    ]
    assert sorted(order) == order

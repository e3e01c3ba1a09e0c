"""The benchmark of fairness: a row per day, and what halving cost over all."""

import json

import pandas as pd
import pytest

from benchmarks.evaluation_fairness import fairness_part
from evaluation import EXPECTED, TRUTH

FRONTIER = pd.DataFrame(
    {
        "gini": [0.3, 0.2, 0.14, 0.1],
        EXPECTED: [10.0, 9.9, 9.7, 9.4],
        "kept": [1.0, 0.99, 0.97, 0.94],
        "at most": [1.0, 0.99, 0.98, 0.95],
    }
)


def frontier(monkeypatch, found):
    name = "benchmarks.evaluation_fairness.price_of_fairness"
    monkeypatch.setattr(name, lambda day, **told: found)


def test_the_cheapest_point_that_halves_counts(monkeypatch):
    """At .14 of .3, three hundredths of the value are gone."""
    frontier(monkeypatch, FRONTIER)
    *days, whole = fairness_part(loads=(0.9,), seeds=2, n_leads=48)
    assert [day["cost"] for day in days] == pytest.approx([0.03, 0.03])
    assert days[0]["least_possible_cost"] == pytest.approx(0.02)
    assert (whole["days"], whole["halved"]) == (2, 2)
    assert whole["mean_cost"] == whole["largest_cost"] == pytest.approx(0.03)


def test_a_day_that_cannot_be_halved_is_counted(monkeypatch):
    """It has no cost, and JSON holds the row."""
    frontier(monkeypatch, FRONTIER.iloc[:2])
    *days, whole = fairness_part(loads=(0.9,), seeds=1, n_leads=48)
    assert json.loads(json.dumps(days, allow_nan=False)) == days
    assert days[0]["cost"] is None
    assert (whole["days"], whole["halved"], whole["mean_cost"]) == (1, 0, None)


@pytest.mark.slow
def test_a_real_day_is_unequal_before():
    """A small one, briefly; where it can be halved, that costs what it must."""
    (day, whole) = fairness_part(loads=(0.9,), seeds=1, n_leads=48, seconds=0.5)
    assert 0 < day["gini"] < 1 and day[TRUTH] > 0
    assert whole["halved"] == (day["cost"] is not None)
    if day["cost"] is not None:
        assert day["halved_gini"] <= day["gini"] / 2
        assert day["least_possible_cost"] <= day["cost"] + 1e-9

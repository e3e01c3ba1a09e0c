"""How fairly leads are assigned: for people and for machines."""

import json

import pandas as pd
import pytest

from evaluation.fairness import NEUTRAL
from reporting import fairness_json, fairness_text
from tests.reporting.fair_days import FRONTIER, fairness_of_eight_leads


@pytest.fixture(scope="module")
def fairness():
    return fairness_of_eight_leads()


def test_text_tells_reps_teams_and_seniorities(fairness):
    """Equal shares per slot: nobody has more than a fair share, nobody envies."""
    said = fairness_text(fairness)
    assert f"gini          0.000 of {NEUTRAL} per slot" in said
    assert "0 pairs of reps" in said
    ana = next(line for line in said.splitlines() if "Ana" in line)
    assert ana.split()[:7] == ["R0", "Ana", "a", "5", "5", "1.00", "2.50"]
    assert "seniority" in said and "team" in said
    assert "price" not in said


def test_text_tells_what_fairness_costs(fairness):
    """In percent, with what is proven; an infeasible day has no price."""
    lines = fairness_text(fairness, FRONTIER).splitlines()
    row = next(line for line in lines if line.startswith("50.0%"))
    assert row.split() == ["50.0%", "0.15", "0.15", "9.70", "97.0%", "98.0%", "no"]
    assert "no price" in fairness_text(fairness, pd.DataFrame())


def test_json_is_whole(fairness):
    """Every column, and null for what is no number."""
    told = fairness_json(fairness, FRONTIER)
    again = json.loads(json.dumps(told, allow_nan=False))
    assert again["reps"][2][f"{NEUTRAL} per hour"] is None
    assert again["reps"][0]["top leads to"] == 7
    assert [row["team"] for row in again["teams"]] == ["a", "b"]
    assert again["price_of_fairness"][1]["kept"] == 0.97
    assert "price_of_fairness" not in fairness_json(fairness)

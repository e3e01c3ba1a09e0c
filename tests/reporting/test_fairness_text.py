"""How fairly leads are assigned: for people, for machines, and in pictures."""

import json

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from evaluation import EXPECTED
from evaluation.fairness import NEUTRAL, fairness_of
from reporting import fairness_json, fairness_text
from reporting.fairness_charts import (
    fairness_figure,
    price_of_fairness_curve,
    shares_of_reps,
    top_leads_of_reps,
)
from solver import POLICIES
from tests.solver.companies import Company
from tests.solver.days import day_of

FRONTIER = pd.DataFrame(
    {
        "within": [1.0, 0.5],
        "gini": [0.3, 0.15],
        "gini of fair": [0.3, 0.15],
        EXPECTED: [10.0, 9.7],
        "kept": [1.0, 0.97],
        "at most": [1.0, 0.98],
        "proven": [True, False],
    }
)


@pytest.fixture(scope="module")
def fairness():
    """Ana has five slots, Bo three and Cy is away; eight leads are all assigned."""
    reps = [
        {"name": "Ana", "team": "a", "seniority": 1, "daily_capacity": 5},
        {"name": "Bo", "team": "a", "seniority": 2, "daily_capacity": 3},
        {"name": "Cy", "team": "b", "seniority": 2, "active": False},
    ]
    day = day_of(Company([{} for _ in range(8)], reps), {"kind": "capacity"})
    return fairness_of(day, POLICIES["optimal"](day.problem, np.random.default_rng(0)))


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


def test_shares_are_drawn_as_they_are(fairness):
    """A dot per rep at the multiple of the fair share."""
    ax = Figure().subplots()
    shares_of_reps(ax, fairness.by_rep.iloc[:2])
    assert ax.lines[1].get_xdata().tolist() == pytest.approx([1.0, 1.0])
    assert [name.get_text() for name in ax.get_yticklabels()] == ["Ana", "Bo"]


def test_who_is_outside_the_band_has_another_colour(fairness):
    """Inside and outside are two sets of dots, on bands where they are."""
    rows = fairness.by_rep.iloc[:2].assign(
        **{"top leads": [1, 9], "top leads from": [0, 1], "top leads to": [2, 4]}
    )
    ax = Figure().subplots()
    top_leads_of_reps(ax, rows)
    inside, outside = ax.lines
    assert inside.get_xdata().tolist() == [1] and outside.get_xdata().tolist() == [9]
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [(0, 2), (1, 3)]


def test_the_curve_is_labelled_as_expectation():
    """What is kept is kept of the model expectation; nothing to draw is no failure."""
    ax = Figure().subplots()
    price_of_fairness_curve(ax, FRONTIER)
    assert ax.lines[0].get_ydata().tolist() == [1.0, 0.97]
    assert EXPECTED in ax.get_ylabel()
    price_of_fairness_curve(Figure().subplots(), pd.DataFrame())


def test_figure_shows_those_entitled(fairness):
    """Who is away is not drawn; the curve stands beside where it is given."""
    assert len(fairness_figure(fairness).axes) == 2
    figure = fairness_figure(fairness, FRONTIER)
    assert [len(ax.get_yticklabels()) for ax in figure.axes[:2]] == [2, 2]

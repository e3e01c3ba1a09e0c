"""Plots of fairness: dots, bands and curves are where the figures are."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from evaluation import EXPECTED
from reporting.plots.fairness import (
    fairness_figure,
    price_of_fairness_curve,
    shares_of_reps,
    top_leads_of_reps,
)
from tests.reporting.fair_days import FRONTIER, fairness_of_eight_leads


@pytest.fixture(scope="module")
def fairness():
    return fairness_of_eight_leads()


def test_shares_are_drawn_as_they_are(fairness):
    """A dot per rep at the multiple of the fair share."""
    ax = Figure().subplots()
    shares_of_reps(fairness.by_rep.iloc[:2], ax)
    assert ax.lines[1].get_xdata().tolist() == pytest.approx([1.0, 1.0])
    assert [name.get_text() for name in ax.get_yticklabels()] == ["Ana", "Bo"]


def test_who_is_outside_the_band_has_another_colour(fairness):
    """Inside and outside are two sets of dots, on bands where they are."""
    rows = fairness.by_rep.iloc[:2].assign(
        **{"top leads": [1, 9], "top leads from": [0, 1], "top leads to": [2, 4]}
    )
    ax = Figure().subplots()
    top_leads_of_reps(rows, ax)
    inside, outside = ax.lines
    assert inside.get_xdata().tolist() == [1] and outside.get_xdata().tolist() == [9]
    assert [(bar.get_x(), bar.get_width()) for bar in ax.patches] == [(0, 2), (1, 3)]


def test_the_curve_is_labelled_as_expectation():
    """What is kept is kept of the model expectation; nothing to draw is no failure."""
    ax = Figure().subplots()
    price_of_fairness_curve(FRONTIER, ax)
    assert ax.lines[0].get_ydata().tolist() == [1.0, 0.97]
    assert EXPECTED in ax.get_ylabel()
    price_of_fairness_curve(pd.DataFrame(), Figure().subplots())


def test_figure_shows_those_entitled(fairness):
    """Who is away is not drawn; the curve stands beside where it is given."""
    assert len(fairness_figure(fairness).axes) == 2
    figure = fairness_figure(fairness, FRONTIER)
    assert [len(ax.get_yticklabels()) for ax in figure.axes[:2]] == [2, 2]

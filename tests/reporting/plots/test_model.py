"""Plots of a model: dots and bars are where the figures are."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from reporting.plots.model import reliability, rep_effects, win_rate_spread
from scoring.card.figures import ReliabilityBin
from scoring.card.findings import RepFigure
from scoring.rep_effects import WinRates

BINS = [
    ReliabilityBin(0.1, 0.12, 0.05, 0.2, 50),
    ReliabilityBin(0.3, 0.25, 0.15, 0.35, 50),
]


def test_reliability_has_dots_bars_and_a_diagonal() -> None:
    """Observed over predicted, with the interval of the share observed."""
    ax = Figure().subplots()
    reliability(BINS, ax)
    diagonal, dots = ax.lines[:2]
    assert diagonal.get_xdata()[1] == diagonal.get_ydata()[1] >= 0.35
    assert np.column_stack(dots.get_data()).tolist() == [[0.1, 0.12], [0.3, 0.25]]
    (bars,) = ax.collections
    ends = [segment[:, 1].tolist() for segment in bars.get_segments()]
    assert np.allclose(ends, [[0.05, 0.2], [0.15, 0.35]])


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_extreme_shares_are_drawn(share: float) -> None:
    """Nobody or everybody won: the interval of Wilson does not hold the share."""
    low, high = (1e-17, 0.1) if share == 0 else (0.9, 1 - 1e-16)
    ax = Figure().subplots()
    reliability([ReliabilityBin(0.5, share, low, high, 30)], ax)
    assert ax.get_xlim()[1] <= 1.0


def test_effects_stand_in_the_order_given() -> None:
    """The first rep is at the top."""
    ax = Figure().subplots()
    rep_effects([("A", RepFigure(0.4, 0.1, 0.7, 9)), ("B", RepFigure(0, 0, 0, 1))], ax)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["A", "B"]
    bottom, top = ax.get_ylim()
    assert top < 0 < 1 < bottom
    assert ax.lines[1].get_xdata().tolist() == [0.4, 0.0]


def test_spread_is_beside_chance() -> None:
    """Two bars, as long as the figures; none at all is no failure."""
    ax = Figure().subplots()
    win_rate_spread(WinRates(0.037, 0.034, 0.26), ax)
    assert [bar.get_width() for bar in ax.patches] == [0.037, 0.034]
    win_rate_spread(WinRates(0.0, 0.0, 1.0), Figure().subplots())

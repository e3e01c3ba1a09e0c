"""A plot draws on the axes it is given, or on new ones, and returns them."""

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from reporting import plots
from scoring.rep_effects import WinRates

RATES = WinRates(0.037, 0.034, 0.26)


def test_the_axes_given_are_drawn_on_and_returned():
    ax = Figure().subplots()
    assert plots.win_rate_spread(RATES, ax=ax) is ax


def test_without_axes_there_is_a_new_figure():
    """Of pyplot, so that notebooks show it; no axes drawn on before are used."""
    with mpl.rc_context({"backend": "agg"}):
        first, second = plots.win_rate_spread(RATES), plots.win_rate_spread(RATES)
    assert first is not second and len(plt.get_fignums()) == 2
    plt.close("all")

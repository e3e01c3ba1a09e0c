from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.figure import Figure

from evaluation import EXPECTED, MEASURED, TRUTH, Simulation, WorldSpec
from evaluation.simulation import CONVERSIONS, MATCHING
from reporting.plots.simulation import lifts, lifts_by_month, simulation_figure
from reporting.text.evidence.simulation import best_sentence, simulation_text

WON = {"round_robin": (100, 200), "optimal": (112, 221), "oracle": (150, 290)}
LAST = ("leads", "assigned", "unassigned", "least load", "most load", "gini load")


def simulated(n_worlds: int = 2) -> Simulation:
    rows = [
        {
            "seed": seed,
            "policy": policy,
            CONVERSIONS: won[seed],
            TRUTH: won[seed] - 1.0,
        }
        | {MATCHING: 3.0, EXPECTED: 888.0, "seconds": 1.0}
        | dict.fromkeys(LAST, 7)
        for seed in range(n_worlds)
        for policy, won in WON.items()
    ]
    months = pd.DataFrame(
        [{**row, "month": month} for row in rows for month in ("2026-01", "2026-02")]
    )
    columns = [CONVERSIONS, TRUTH, "seed", "policy", "month"]
    spec = WorldSpec()
    return Simulation(
        spec, 40, tuple(WON), "round_robin", pd.DataFrame(rows), months[columns]
    )


def test_the_best_stands_on_top_with_its_interval() -> None:
    """Dots are measured lifts, ticks the ground truth; the baseline is the line."""
    ax = Figure().subplots()
    lifts(simulated(), ax)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["oracle", "optimal"]
    legend = ax.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == [MEASURED, TRUTH]
    dots = next(line for line in ax.lines if line.get_label() == MEASURED)
    assert list(dots.get_xdata()) == pytest.approx([440 / 300 - 1, 333 / 300 - 1])


def test_no_axis_shows_what_a_model_predicts() -> None:
    """Neither chart has the expectation on it, by name or by number."""
    figure = simulation_figure(simulated(), "Policies")
    said = [text.get_text() for ax in figure.axes for text in ax.findobj(match=is_text)]
    assert not [text for text in said if EXPECTED in text]
    for ax in figure.axes:
        assert ax.get_xlim()[1] < 10 and ax.get_ylim()[1] < 10


def is_text(artist: object) -> bool:
    return hasattr(artist, "get_text")


def test_months_show_the_lift_in_ground_truth() -> None:
    """One line per policy beside the baseline's; the best and the oracle are named."""
    ax = Figure().subplots()
    lifts_by_month(simulated(), ax)
    assert {text.get_text() for text in ax.texts} == {"optimal", "oracle"}
    assert ax.get_ylabel() == f"{TRUTH}: lift by month"
    lines = [line for line in ax.lines if len(line.get_xdata()) == 2]
    ends = sorted(float(line.get_ydata()[-1]) for line in lines)
    assert ends == pytest.approx([0, 331 / 298 - 1, 438 / 298 - 1])


def test_one_world_is_drawn_without_intervals() -> None:
    """No warning, no interval."""
    simulation_figure(simulated(1), "One").canvas.draw()


def test_the_baseline_alone_is_drawn() -> None:
    """No other policy: an empty chart, no warning, and a sentence."""
    every = simulated()
    rows = every.results[every.results["policy"] == "round_robin"]
    months = every.months[every.months["policy"] == "round_robin"]
    alone = replace(every, policies=("round_robin",), results=rows, months=months)
    simulation_figure(alone, "Alone").canvas.draw()
    assert best_sentence(alone) == "There is no other policy to compare with."


def test_the_text_has_predictions_and_evidence_in_columns_of_their_own() -> None:
    """Every figure stands under its label."""
    head, *rows = simulation_text(simulated()).splitlines()[:4]
    assert head.index(TRUTH) < head.index(MEASURED) < head.index(EXPECTED)
    optimal = rows[1]
    assert "+11.0% (" in optimal[head.index(MEASURED) :]
    assert optimal.rstrip().endswith("888.0")


def test_the_best_is_named_with_whom_it_beats() -> None:
    """The oracle does not compete; one world says nothing."""
    assert best_sentence(simulated()).startswith("optimal won most, ")
    assert "oracle" not in best_sentence(simulated())
    assert "no interval" in best_sentence(simulated(1))

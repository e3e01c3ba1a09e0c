"""Policies side by side: what is predicted and what is known are told apart."""

import json

import numpy as np
import pandas as pd

from evaluation import EXPECTED, MEASURED, TRUTH
from evaluation.comparison import CUT_SHORT, LIFT, WANTED
from reporting import comparison_json, comparison_text

PREDICTED = pd.DataFrame(
    {
        "policy": ["optimal", "round_robin"],
        "assigned": [10.0, 9.5],
        "violations": [0.0, 0.0],
        EXPECTED: [3.5, 2.5],
        f"{EXPECTED}: matching": [0.3, 0.0],
        f"{EXPECTED}: utilisation": [0.1, 0.0],
    }
)
KNOWN = {
    TRUTH: [3.0, 2.5],
    LIFT: [0.2, 0.0],
    f"{TRUTH}: matching": [0.2, 0.0],
}
EVIDENCE = {
    MEASURED: [0.1, np.nan],
    f"{MEASURED}: low": [-0.02, np.nan],
    f"{MEASURED}: high": [0.2, np.nan],
}


def test_without_a_source_it_says_what_to_run():
    """The expectation is called one, and nothing is called measured."""
    said = comparison_text(PREDICTED)
    header = said.splitlines()[0]
    assert EXPECTED in header and MEASURED not in header and TRUTH not in header
    assert f"No {MEASURED}" in said and "backtest" in said and "experiment" in said


def test_whole_numbers_have_no_decimals():
    """No violation is 0, not 0.00; means of draws keep theirs."""
    first = comparison_text(PREDICTED).splitlines()[1].split()
    assert first == ["optimal", "10.00", "0", "3.50"]


def test_known_truth_has_its_lift():
    """In percent, under labels of its own."""
    said = comparison_text(PREDICTED.assign(**KNOWN))
    assert LIFT in said.splitlines()[0]
    assert "+20.0%" in said.splitlines()[1]
    assert f"No {MEASURED}" not in said


def test_evidence_names_its_source():
    """With the interval in the same cell; who was not measured has none."""
    said = comparison_text(PREDICTED.assign(**EVIDENCE), "Measured in 90 past days.")
    optimal, rotation = said.splitlines()[1:3]
    assert optimal.endswith("+10.0% (-2.0% to +20.0%)")
    assert rotation.endswith("none")
    assert "Measured in 90 past days." in said


def test_json_holds_every_column_and_no_nan():
    """What is missing is null; without a source the evidence is null."""
    told = comparison_json(PREDICTED.assign(**EVIDENCE), "a source")
    again = json.loads(json.dumps(told, allow_nan=False))
    assert again["policies"][1][MEASURED] is None
    assert again["policies"][0][f"{EXPECTED}: matching"] == 0.3
    assert again["evidence"] == "a source"
    assert comparison_json(PREDICTED)["evidence"] is None


def test_what_the_time_limit_cut_short_is_said_with_names_and_figures():
    """In words and in JSON; not in the table, nor where nothing was cut."""
    cut = PREDICTED.assign(draws=[1, 4], **{WANTED: [1, 20], CUT_SHORT: [1, 2]})
    said = (
        "Cut short by the time limit: optimal made 1 of 1 draw, 1 of them not proven "
        "optimal; round_robin made 4 of 20 draws, 2 of them not repaired to the "
        "nearest allocation. A larger time_limit under solve leaves time for it."
    )
    text = comparison_text(cut)
    assert said in text and WANTED not in text.splitlines()[0]
    record = comparison_json(cut)
    assert record["cut_short"] == said
    assert record["policies"][1][CUT_SHORT] == 2
    assert "cut_short" not in comparison_json(PREDICTED)
    assert "Cut short" not in comparison_text(PREDICTED)

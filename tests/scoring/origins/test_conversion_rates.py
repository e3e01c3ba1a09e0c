"""How well each rep converts assigned leads, shrunken towards the mean."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import betabinom

from scoring import assigned_conversion


def history(*reps, origin="distributed"):
    """Rows of history: for each rep, its id, won and lost leads."""
    rows = [
        (rep_id, outcome)
        for rep_id, won, lost in reps
        for outcome in ["won"] * won + ["lost"] * lost
    ]
    n = len(rows)
    return pd.DataFrame(
        {
            "lead_id": pd.Series([f"L{i}" for i in range(n)], dtype=object),
            "rep_id": pd.Series([rep for rep, _ in rows], dtype=object),
            "assigned_at": pd.Series([pd.Timestamp("2026-01-01", tz="UTC")] * n),
            "outcome": pd.Series([outcome for _, outcome in rows], dtype=object),
            "origin": pd.Series([origin] * n, dtype=object),
        }
    )


APART = history(("A", 90, 10), ("B", 50, 50), ("C", 10, 90), ("D", 2, 0))


def test_lies_between_a_reps_own_rate_and_the_mean():
    """The more leads, the nearer to what the rep was seen to do."""
    a, b, c, d = assigned_conversion(APART, ["A", "B", "C", "D"])
    mean = 152 / 302
    assert 0.5 < b < mean
    assert 0.85 < a < 0.9
    assert 0.1 < c < 0.15
    assert mean < d < 1
    assert (1 - d) / (1 - mean) > (0.9 - a) / (0.9 - mean)


@pytest.mark.slow
def test_the_strength_of_shrinkage_makes_history_likeliest():
    """No other strength on a fine grid explains the wins better."""
    found = assigned_conversion(APART, ["A"])[0]
    won, n, mean = np.array([90, 50, 10, 2]), np.array([100, 100, 100, 2]), 152 / 302
    grid = np.geomspace(0.1, 1000, 20_001)
    likelihood = [
        betabinom.logpmf(won, n, s * mean, s * (1 - mean)).sum() for s in grid
    ]
    best = grid[np.argmax(likelihood)]
    assert found == pytest.approx((90 + best * mean) / (100 + best), abs=1e-4)


@pytest.mark.parametrize(
    "reps",
    [
        [("A", 31, 69), ("B", 30, 70), ("C", 29, 71)],
        [("A", 1, 0), ("B", 5, 0)],
        [("A", 0, 7), ("B", 0, 5)],
        [("A", 3, 4)],
    ],
    ids=["no more than chance", "all won", "all lost", "one rep"],
)
def test_without_a_spread_all_tie_at_the_mean(reps):
    """To the last bit, so that a ranking shows no one ahead; newcomers too."""
    mean = sum(won for _, won, _ in reps) / sum(w + lost for _, w, lost in reps)
    found = assigned_conversion(history(*reps), ["A", "B", "new"])
    assert found.tolist() == [mean] * 3


def test_a_rep_without_history_gets_the_mean():
    """Whoever was never given a lead is average."""
    assert assigned_conversion(APART, ["new"])[0] == 152 / 302


def test_only_closed_leads_that_were_given_count():
    """What a rep found, and what is still open, changes nothing."""
    found = history(("C", 500, 0), origin="self_generated")
    still_open = (
        history(("B", 0, 300)).assign(outcome="open").astype({"outcome": object})
    )
    more = pd.concat([APART, found, still_open], ignore_index=True)
    reps = ["A", "B", "C", "D"]
    assert (
        assigned_conversion(more, reps).tolist()
        == assigned_conversion(APART, reps).tolist()
    )


def test_origins_that_are_not_known_count_as_given():
    """Where the column is absent, every lead counts."""
    unknown = APART.assign(origin=pd.Series([""] * len(APART), dtype=object))
    assert assigned_conversion(unknown, ["A"]).tolist() == assigned_conversion(
        APART, ["A"]
    )


def test_no_history_ranks_nobody():
    """All reps are alike where nothing is known."""
    assert assigned_conversion(APART.iloc[:0], ["A", "B"]).tolist() == [0, 0]


def test_order_of_rows_does_not_matter():
    """Shuffled history gives the same bits."""
    shuffled = APART.sample(frac=1, random_state=1)
    reps = ["D", "A"]
    assert (
        assigned_conversion(shuffled, reps).tolist()
        == assigned_conversion(APART, reps).tolist()
    )

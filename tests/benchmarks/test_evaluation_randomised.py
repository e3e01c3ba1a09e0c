"""The benchmark of randomised days draws, checks and sums up."""

import numpy as np
import pytest

from benchmarks.evaluation_randomised import (
    advantage_kept,
    day_of,
    drawn,
    is_broken,
    randomised_part,
    row_of_draws,
)
from solver import solve


@pytest.mark.slow
def test_a_small_one():
    """Nothing is broken, no pair leaves its band, and a lower cap keeps less."""
    row = row_of_draws("cap", [drawn("cap", chunk, 60) for chunk in (0, 1)])
    assert row["draws"] == 120
    assert row["draws_that_break_a_rule"] == row["pairs_outside_their_band"] == 0
    assert 1 > advantage_kept(0.8, seed=0) > advantage_kept(0.5, seed=0) > 0.8


def test_pairs_drawn_too_often_leave_their_band():
    """The same draw over and over is not random."""
    _, _, times = drawn("cap", 0, 1)
    row = row_of_draws("cap", [(5_000, 0, 5_000 * times)])
    assert row["pairs_outside_their_band"] > 100


@pytest.mark.slow
def test_the_part():
    """Two settings are drawn, two caps are priced."""
    draws, more, high, low = randomised_part(seeds=1, n_draws=60, n_workers=1)
    assert (draws["draws"], more["draws"]) == (60, 12)
    assert 1 > high["mean"] > low["mean"] > 0.8


@pytest.mark.parametrize("spoil", ["slot", "limit", "lead"])
def test_what_is_broken_is_found(spoil):
    """A rep with too many leads, a team with too few, another lead's pair."""
    problem = day_of(0).problem
    pair = solve(problem, seed=0, time_limit=60).solution.pair.copy()
    good = pair.copy()
    if spoil == "slot":
        rows = problem.indptr[:-1][pair >= 0][:10]
        pair[np.flatnonzero(pair >= 0)[:10]] = rows
    elif spoil == "limit":
        pair[:] = -1
    else:
        pair[0] = problem.indptr[1]
    assert is_broken(problem, np.array([good, pair])).tolist() == [False, True]

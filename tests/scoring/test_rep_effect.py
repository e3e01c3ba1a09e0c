import numpy as np
import pytest
from scipy.special import expit, logit

from scoring.rep_effect import fit_rep_effect


def test_little_history_shrinks():
    """Of two reps with the same win rate, the one with fewer leads is nearer 0."""
    reps = ["many"] * 400 + ["few"] * 5 + ["rest"] * 2000
    won = np.concatenate([tail(400, 0.6), tail(5, 0.6), tail(2000, 0.3)])
    order = np.random.default_rng(0).permutation(len(reps))
    offset = np.full(len(reps), logit(won.mean()))
    found = fit_rep_effect(offset, won[order], np.array(reps)[order])
    effect = dict(zip(found.rep_ids, found.effect, strict=True))
    assert 0.1 < effect["few"] < 0.8 * effect["many"]


def tail(n, rate):
    return (np.arange(n) >= n * (1 - rate)).astype(float)


def test_an_unknown_rep_is_average():
    """A rep without history gets effect 0, the others keep theirs, in any order."""
    won = np.concatenate([tail(500, 0.6), tail(500, 0.2)])
    reps = ["a"] * 500 + ["b"] * 500
    order = np.random.default_rng(0).permutation(1000)
    found = fit_rep_effect(np.full(1000, -0.4), won[order], np.array(reps)[order])
    assert found.found
    a, b = found.effect
    assert found.of(["new", "b", "a", "b"]).tolist() == [0, b, a, b]


def test_a_drift_is_not_taken_for_the_reps_of_its_day():
    """Reps of a good year and of a bad year do not differ for that alone."""
    rng = np.random.default_rng(5)
    year = np.repeat([0, 1], 3000)
    won = (rng.random(6000) < np.where(year, 0.4, 0.2)).astype(float)
    reps = [f"{y}-{j}" for y, j in zip(year, rng.integers(0, 8, 6000), strict=True)]
    assert not fit_rep_effect(np.full(6000, -0.85), won, reps).found


def test_no_effect_is_exactly_nought():
    """Where noise explains the reps, no rep gets any effect and the card says no."""
    rng = np.random.default_rng(6)
    won = (rng.random(6000) < 0.3).astype(float)
    found = fit_rep_effect(np.full(6000, -0.85), won, rng.integers(0, 12, 6000))
    assert not found.found
    assert np.all(found.effect == 0)
    assert found.finding.startswith("No, there is no rep effect beyond noise")
    assert found.observed_sd == pytest.approx(found.noise_sd, rel=0.6)


@pytest.mark.parametrize("n", [0, 1, 40])
def test_too_little_history_cannot_tell(n):
    """With few leads the absence of a finding is not taken for a no."""
    reps = [f"R{i % 4}" for i in range(n)]
    found = fit_rep_effect(np.zeros(n), tail(n, 0.5), reps)
    assert not found.found
    assert found.finding.startswith("Cannot tell")


def test_one_rep_cannot_be_compared():
    """A single rep is no finding however many leads there are."""
    won = (np.random.default_rng(0).random(3000) < expit(0.5)).astype(float)
    found = fit_rep_effect(np.full(3000, -2.0), won, ["only"] * 3000)
    assert not found.found
    assert found.of(["only"]).tolist() == [0]
    assert found.finding.startswith("Cannot tell")

import numpy as np
import pytest
from scipy.stats import kruskal, rankdata

from scoring.diagnostics.quality_overlap import expected_share, measure_overlap


def alike(n):
    return np.zeros(n, dtype=int)


def test_it_is_the_mean_of_all_permutations():
    """The expected share is what shuffling each cell gives on average."""
    rng = np.random.default_rng(0)
    cell, rep = rng.integers(0, 3, 60), rng.integers(0, 4, 60)
    score = rng.normal(size=60)
    for c in range(3):
        score[cell == c] -= score[cell == c].mean()
    n_leads = np.bincount(rep)
    shares = []
    for _ in range(20_000):
        order = np.lexsort((rng.random(60), cell))
        shuffled = np.empty(60)
        shuffled[np.argsort(cell, kind="stable")] = score[order]
        shares.append(np.sum(np.bincount(rep, shuffled, 4) ** 2 / n_leads))
    expected = expected_share(score, rep, cell, n_leads)
    assert expected == pytest.approx(np.mean(shares) / np.sum(score**2), rel=0.02)


@pytest.mark.parametrize("shift", [0.0, 0.1, 0.2])
def test_one_cell_agrees_with_kruskal_and_wallis(shift):
    """Without strata the p-value is near that of the usual test on ranks."""
    rng = np.random.default_rng(1)
    rep = rng.integers(0, 6, 1500)
    quality = rng.normal(size=1500) + shift * rep
    usual = kruskal(*(quality[rep == j] for j in range(6))).pvalue
    found = measure_overlap(quality, rep, alike(1500), 6).p_value
    assert found == pytest.approx(usual, rel=0.5, abs=0.05) or max(found, usual) < 1e-6


def test_random_shares_are_worth_all_their_leads():
    """Leads assigned at random are as effective as they are many."""
    rng = np.random.default_rng(2)
    overlap = measure_overlap(
        rng.normal(size=5000), rng.integers(0, 5, 5000), alike(5000), 5
    )
    assert overlap.share_between < 0.005
    assert overlap.effective_leads == pytest.approx(overlap.n_leads, rel=0.02)


def test_effective_leads_are_those_of_the_true_propensities():
    """Kish's number agrees with weights from the propensities of the assignment."""
    rng = np.random.default_rng(3)
    quality = rng.normal(size=20_000)
    slope = np.array([-0.6, 0.0, 0.6])
    propensity = np.exp(quality[:, None] * slope)
    propensity /= propensity.sum(axis=1, keepdims=True)
    rep = (rng.random(20_000)[:, None] > propensity.cumsum(axis=1)).sum(axis=1)
    weight = 1 / propensity[np.arange(20_000), rep]
    kish = np.bincount(rep, weight) ** 2 / np.bincount(rep, weight**2)
    overlap = measure_overlap(quality, rep, alike(20_000), 3)
    assert overlap.effective_leads == pytest.approx(kish, rel=0.1)


def test_one_end_of_the_quality_is_worth_little():
    """A rep who gets the best fifth only tells little of the others."""
    rng = np.random.default_rng(4)
    quality = rng.normal(size=2000)
    rep = np.where(rankdata(quality) > 1600, 3, rng.integers(0, 3, 2000))
    overlap = measure_overlap(quality, rep, alike(2000), 4)
    assert overlap.p_value < 1e-50
    assert overlap.effective_leads[3] < 0.4 * overlap.n_leads[3]
    assert overlap.mean_quality.argmax() == 3


@pytest.mark.slow
def test_the_detectable_share_is_detected_four_times_in_five():
    """Power of 0.8 at the share that is named."""
    rng = np.random.default_rng(5)
    rep = np.repeat(np.arange(4), 100)
    share = measure_overlap(rng.normal(size=400), rep, alike(400), 4).detectable_share
    level = np.sqrt(share / (1 - share)) * np.array([-1, -1, 1, 1])
    found = [
        measure_overlap(rng.normal(size=400) + level[rep], rep, alike(400), 4).p_value
        <= 0.05
        for _ in range(250)
    ]
    assert np.mean(found) == pytest.approx(0.8, abs=0.07)

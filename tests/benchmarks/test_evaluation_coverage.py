"""The coverage benchmark: its figures by hand, and a small run of it."""

from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks.evaluation_coverage import Trial, bound, coverage_part, figures, row
from evaluation import Interval


def made_trial(true, interval):
    verdict = "no_measurable_lift" if interval else "not_identifiable"
    estimate = SimpleNamespace(
        headline=interval,
        verdict=verdict,
        difference=interval,
        **dict.fromkeys(("dr", "snips", "ips"), interval),
    )
    return Trial(true=true, floor=0.2, estimate=estimate, expected=0.5, bound=0.08)


def test_figures_by_hand():
    """One of two intervals holds its truth; half-widths .1 and .3."""
    pairs = [(0.0, Interval(0.05, -0.05, 0.15)), (1.0, Interval(0.5, 0.2, 0.8))]
    found = figures(pairs)
    assert found["coverage"] == 0.5
    assert found["half_width"] == pytest.approx(0.2)
    assert found["bias"] == pytest.approx((0.05 - 0.5) / 2)


def test_a_row_counts_what_could_not_be_identified():
    """It has no interval, and is no coverage either."""
    trials = [made_trial(0.0, Interval(0.0, -0.1, 0.1)), made_trial(0.0, None)]
    found = row(trials)
    assert found["dr coverage"] == 1.0
    assert found["difference half_width"] == pytest.approx(0.1 / 0.2)
    assert found["not identifiable"] == 0.5
    assert found["no measurable lift"] == 0.5
    assert row(trials[1:])["dr coverage"] is None


def test_the_bound_by_hand():
    """One rep who has every lead: the lift is nothing, known without error. Of two,
    drawn evenly and winning half, the variance of the first over both is 1 / n.
    """
    one = np.full((100, 1), 0.5)
    assert bound(one, np.zeros(100, dtype=int), np.ones((100, 1))) == 0
    two = np.full((100, 2), 0.5)
    found = bound(two, np.zeros(100, dtype=int), two)
    assert found == pytest.approx(1.96 * np.sqrt(1 / 100), rel=1e-3)


@pytest.mark.slow
def test_a_small_run():
    """Two companies of each world asked for, in a process of their own."""
    rows = list(coverage_part(seeds=2, n_leads=4_000, worlds=["null"], n_workers=1))
    assert [each["world"] for each in rows] == ["null"]
    assert rows[0]["ground truth"] == pytest.approx(0)
    assert rows[0]["bound half_width"] > 0.1

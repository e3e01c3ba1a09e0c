"""Arms of an experiment: like is compared with like, per lead that was drawn."""

import numpy as np
import pandas as pd
import pytest

from crm import DataError
from evaluation.experiment import DrawnLeads, compare_arms
from evaluation.experiment.arms import (
    difference_per_lead,
    measure_arms,
    relative_lift,
    sums_of_arms,
)
from evaluation.off_policy import read_log
from tests.evaluation.experiment.drawn_histories import (
    drawn_history,
    drawn_leads,
    recorded,
)
from tests.evaluation.off_policy.synthetic_logs import AFTER_ALL, synthetic_history


def test_arms_by_hand():
    """Of a day, 3 of 4 leads beside 1 of 2: 1.5 times as many, 25 in 100 more."""
    drawn = recorded(drawn_history(0.5))
    first = np.flatnonzero(drawn.cluster == 0)[:6]
    one = drawn.of(np.isin(np.arange(drawn.n_leads), first))
    one.arm[:] = ["optimal"] * 4 + ["control"] * 2
    one.outcome[:] = [1, 1, 1, 0, 1, 0]
    sums = sums_of_arms(one).sum(axis=0)[None]
    assert sums[0, [1, 3]] == pytest.approx(4 * 2 / 6)
    assert relative_lift(sums) == pytest.approx(0.5)
    assert difference_per_lead(sums) == pytest.approx(0.25)


def test_wins_weigh_by_the_share_drawn_where_the_draw_is_not_recorded():
    """3 wins of 7 in 10 leads beside 1 of 3 in 10: 9 to 7, whoever is in history."""
    drawn = drawn_leads(drawn_history(0.3), 0.3)
    one = drawn.of(np.isin(np.arange(drawn.n_leads), np.arange(6)))
    one.arm[:] = ["optimal"] * 4 + ["control"] * 2
    one.outcome[:] = [1, 1, 1, 0, 1, 0]
    sums = sums_of_arms(one).sum(axis=0)[None]
    assert relative_lift(sums) == pytest.approx((3 / 7) / (1 / 3) - 1)


def test_arms_that_do_alike_show_no_lift():
    """The arm is drawn, and nothing depends on it."""
    lift = compare_arms(drawn_leads(drawn_history(0.3), 0.3), "optimal")
    assert lift.verdict == "no_measurable_lift"
    assert lift.n_leads + lift.n_control == 3000
    assert lift.difference is None


@pytest.mark.parametrize("is_recorded", [True, False])
def test_the_better_arm_is_found(is_recorded):
    """Its rep wins a third of what the others lose."""
    history = drawn_history(0.3, first_wins=1 / 3)
    drawn = recorded(history) if is_recorded else drawn_leads(history, 0.3)
    lift = compare_arms(drawn, "optimal")
    assert lift.verdict == "better"
    assert lift.lift.covers((0.3 + 0.7 / 3) / (0.3 + 0.7 / 12) - 1)
    assert lift.difference is None or lift.difference.covers(0.7 / 3 - 0.7 / 12)


def test_what_is_measured_does_not_depend_on_the_tests():
    """The same two intervals, and the same reason where there is none."""
    drawn = recorded(drawn_history(0.3, first_wins=1 / 3))
    whole = compare_arms(drawn, "optimal", seed=4)
    assert measure_arms(drawn, seed=4) == (whole.lift, whole.difference, None)
    few = drawn_leads(drawn_history(0.01), 0.01)
    assert measure_arms(few) == (None, None, "few_wins_of_control")


def test_a_share_that_changes_with_the_season_does_not_confound():
    """Control had most of the good days: pooled, the optimal arm would look worse."""
    poor = drawn_history(0.1, rates=(0.1,) * 4, n_days=15)
    good = drawn_history(0.9, rates=(0.5,) * 4, n_days=15, seed=3)
    shift = good["assigned_at"].max() - good["assigned_at"].min()
    for name in ("created_at", "assigned_at", "closed_at"):
        good[name] += 2 * shift
    good["lead_id"] = "G" + good["lead_id"]
    both = pd.concat([poor, good], ignore_index=True)
    lift = compare_arms(recorded(both), "optimal")
    assert lift.verdict == "no_measurable_lift"


def test_arms_drawn_for_whole_days_are_compared_by_day():
    """No day has both; the interval is that of days, wider than that of leads."""
    history = synthetic_history(n_days=60)
    days = np.random.default_rng(7).random(60) < 1 / 3
    day = days[np.arange(len(history)) // 100]
    history["arm"] = np.where(day, "control", "optimal").astype(object)
    history["propensity"] = np.where(day, 0.08, 0.92)
    saved = ~day & (history.index % 3 == 0)
    history["outcome"] = history["outcome"].mask(saved, "won")
    drawn = DrawnLeads.of_log(read_log(history, AFTER_ALL), 1 / 3)
    assert drawn.is_by_day
    lift = compare_arms(drawn, "optimal")
    assert lift.verdict == "better"
    assert lift.lift.covers((0.3 + 0.7 / 3) / 0.3 - 1)


def test_before_and_after_is_no_experiment():
    """Control in the first month, optimal in the second: the date decides."""
    history = synthetic_history(n_days=60)
    first = np.arange(len(history)) < 3000
    history["arm"] = np.where(first, "control", "optimal").astype(object)
    history["propensity"] = np.where(first, 0.125, 0.875)
    drawn = DrawnLeads.of_log(read_log(history, AFTER_ALL), 0.5)
    lift = compare_arms(drawn, "optimal")
    assert lift.doubt == "uneven_column"
    assert "date" in {test.what for test in lift.tests if test.fails}


def test_a_handful_of_wins_is_no_evidence():
    """An arm of a few leads has a reason, not a number."""
    history = drawn_history(0.01)
    lift = compare_arms(drawn_leads(history, 0.01), "optimal")
    assert lift.verdict == "not_identifiable"
    assert lift.lift is None
    assert lift.doubt == "few_wins_of_control"


def test_an_arm_that_is_not_there_is_named():
    """With those that are; a history without arms has none."""
    drawn = drawn_leads(drawn_history(0.5), 0.5)
    with pytest.raises(DataError, match="no lead is of this arm; arms there are: con"):
        compare_arms(drawn, "trial")
    nobody = DrawnLeads.of_log(read_log(synthetic_history(), AFTER_ALL), 0.5)
    with pytest.raises(DataError, match="arms there are: none"):
        compare_arms(nobody, "optimal")

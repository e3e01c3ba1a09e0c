"""Arms of an experiment: like is compared with like."""

import numpy as np
import pandas as pd
import pytest

from crm import DataError
from evaluation.experiment import compare_arms
from evaluation.experiment.arms import difference_per_lead, paired_sums, relative_lift
from evaluation.off_policy import read_log
from reporting.text.off_policy import arm_text
from tests.evaluation.off_policy.synthetic_logs import AFTER_ALL, synthetic_history


def synthetic_arms(control_share, seed=1, **options):
    """Return a history whose leads are of the control arm with this probability."""
    history = synthetic_history(seed=seed, **options)
    rng = np.random.default_rng(seed + 100)
    is_control = rng.random(len(history)) < control_share
    history["arm"] = np.where(is_control, "control", "optimal").astype(object)
    return history


def test_arms_by_hand():
    """Of a day, 3 of 4 leads beside 1 of 2: 1.5 times as many, 25 in 100 more."""
    log = read_log(synthetic_arms(0.5), AFTER_ALL)
    first = np.flatnonzero(log.cluster == log.cluster[0])[:6]
    of_arm, of_control = np.zeros((2, log.n_leads), dtype=bool)
    of_arm[first[:4]] = of_control[first[4:]] = True
    log.outcome[first] = [1, 1, 1, 0, 1, 0]
    sums = paired_sums(log, of_arm, of_control).sum(axis=0)[None]
    assert sums[0, [1, 3]] == pytest.approx(4 * 2 / 6)
    assert relative_lift(sums) == pytest.approx(0.5)
    assert difference_per_lead(sums) == pytest.approx(0.25)


def test_arms_that_do_alike_show_no_lift():
    """The arm is drawn, and nothing depends on it."""
    lift = compare_arms(read_log(synthetic_arms(0.3), AFTER_ALL), "optimal")
    assert lift.verdict == "no_measurable_lift"
    assert lift.n_leads + lift.n_control == 3000


def test_the_better_arm_is_found():
    """A third of the optimal arm's losses are won after all."""
    history = synthetic_arms(0.3)
    saved = (history["arm"] == "optimal") & (history.index % 3 == 0)
    history["outcome"] = history["outcome"].mask(saved, "won")
    lift = compare_arms(read_log(history, AFTER_ALL), "optimal")
    assert lift.verdict == "better"
    assert lift.lift.covers((0.3 + 0.7 / 3) / 0.3 - 1)
    assert lift.difference.covers(0.7 / 3)


def test_a_share_that_changes_with_the_season_does_not_confound():
    """Control had most of the good days: pooled, the optimal arm would look worse."""
    poor = synthetic_arms(0.1, rates=(0.1,) * 4, n_days=15)
    good = synthetic_arms(0.9, rates=(0.5,) * 4, n_days=15, seed=2)
    shift = good["assigned_at"].max() - good["assigned_at"].min()
    for name in ("created_at", "assigned_at", "closed_at"):
        good[name] += 2 * shift
    good["lead_id"] = "G" + good["lead_id"]
    log = read_log(pd.concat([poor, good], ignore_index=True), AFTER_ALL)
    assert compare_arms(log, "optimal").verdict == "no_measurable_lift"


def test_arms_drawn_for_whole_days_are_compared_by_day():
    """No day has both; the interval is that of days, wider than that of leads."""
    history = synthetic_history(n_days=60)
    day = (history["assigned_at"].dt.day_of_year % 3 == 0).to_numpy()
    history["arm"] = np.where(day, "control", "optimal").astype(object)
    saved = ~day & (history.index % 3 == 0)
    history["outcome"] = history["outcome"].mask(saved, "won")
    lift = compare_arms(read_log(history, AFTER_ALL), "optimal")
    assert lift.verdict == "better"
    assert lift.lift.covers((0.3 + 0.7 / 3) / 0.3 - 1)


def test_a_handful_of_wins_is_no_evidence():
    """An arm of a few leads has a reason, not a number."""
    history = synthetic_arms(0.0)
    history.loc[history.index[:8], "arm"] = "control"
    lift = compare_arms(read_log(history, AFTER_ALL), "optimal")
    assert lift.verdict == "not_identifiable"
    assert lift.lift is None
    assert lift.doubt == "few_wins_of_control"
    assert "arm control has won" in arm_text(lift)


def test_an_arm_that_is_not_there_is_named():
    """With those that are; a history without arms has none."""
    with pytest.raises(DataError, match="no lead is of this arm; arms there are: con"):
        compare_arms(read_log(synthetic_arms(0.5), AFTER_ALL), "trial")
    with pytest.raises(DataError, match="arms there are: none"):
        compare_arms(read_log(synthetic_history(), AFTER_ALL), "optimal")

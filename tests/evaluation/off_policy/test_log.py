"""Logs: which rows count, what their outcome is, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from crm import DataError
from evaluation.off_policy import LOGGED, read_log
from tests.evaluation.off_policy.synthetic_logs import (
    AFTER_ALL,
    START,
    synthetic_history,
)


def refused(history, **options):
    with pytest.raises(DataError) as raised:
        read_log(history, AFTER_ALL, **options)
    return str(raised.value)


def test_everything_counts_once_all_has_closed():
    """Nothing is awaited, the order is that of time, clusters are day and territory."""
    log = read_log(synthetic_history().sample(frac=1, random_state=0), AFTER_ALL)
    assert (log.n_leads, log.n_days, log.n_clusters) == (3000, 30, 60)
    assert log.horizon is None
    assert log.source == LOGGED
    assert not log.left_out
    assert (np.diff(log.day) >= 0).all()
    assert log.outcome.sum() == (log.table["outcome"] == "won").sum()


def test_rows_that_are_not_final_are_left_out_won_or_not():
    """Leads of the last days may still be won: none of them counts, not even wins."""
    as_of = START + pd.Timedelta(days=30)
    log = read_log(synthetic_history(), as_of)
    assert log.horizon == 5
    assert log.table["assigned_at"].max() <= as_of - pd.Timedelta(days=5)
    assert log.left_out == {"outcome_not_final": 3000 - log.n_leads}


def test_a_win_after_the_horizon_does_not_count():
    """Within two days of the assignment, about two wins in five have come."""
    log = read_log(synthetic_history(), AFTER_ALL, horizon=2)
    delay = log.table["closed_at"] - log.table["assigned_at"]
    assert (delay[log.outcome > 0] <= pd.Timedelta(days=2)).all()
    assert 0.09 < log.outcome.mean() < 0.15


def test_what_closes_later_than_as_of_is_not_known():
    """Wins of the future do not count for the horizon either."""
    history = synthetic_history(n_days=40)
    late = history["assigned_at"] < START + pd.Timedelta(days=2)
    history.loc[late, "closed_at"] = AFTER_ALL
    log = read_log(history, START + pd.Timedelta(days=40))
    assert log.outcome[log.day < 2].sum() == 0


def test_leads_that_reps_found_are_left_out():
    """They need no propensity and are counted as left out."""
    history = synthetic_history()
    found = history.index < 300
    history["origin"] = np.where(found, "self_generated", "distributed")
    history.loc[found, "propensity"] = np.nan
    log = read_log(history, AFTER_ALL)
    assert log.n_leads == 2700
    assert log.left_out == {"self_generated": 300}


@pytest.mark.parametrize("bad", [0.0, -0.1, 1.2, np.inf])
def test_an_impossible_propensity_is_named(bad):
    """Row, value and what was expected."""
    history = synthetic_history()
    history.loc[[4, 7], "propensity"] = bad
    text = refused(history)
    assert "history, row 6, column propensity" in text
    assert "row 9" in text
    assert "above 0, at most 1" in text


def test_a_missing_propensity_is_never_filled():
    """Rows in between are listed, with where to look them up."""
    history = synthetic_history()
    history.loc[110:160, "propensity"] = np.nan
    text = refused(history)
    assert "row 112, column propensity" in text
    assert "missing in 51 of 3,000 rows since the first propensity" in text
    assert "assignments.csv of the run that assigned the lead" in text
    assert "31 more" in text


def test_an_experiment_is_shorter_than_the_history():
    """What came before it and after it is left out and counted, mid-day too."""
    history = synthetic_history()
    history["assigned_at"] += pd.to_timedelta(history.index % 100, unit="min")
    history.loc[:249, "propensity"] = np.nan
    history.loc[2_930:, "propensity"] = np.nan
    log = read_log(history, AFTER_ALL)
    assert log.n_leads == 3_000 - 250 - 70
    assert log.left_out == {"before_propensities": 250, "after_propensities": 70}
    assert set(log.lead_id) == set(history["lead_id"][250:2_930])


@pytest.mark.parametrize("empty", [True, False])
def test_no_propensities_at_all_is_said_once(empty):
    """Whether the column is empty or not there."""
    history = synthetic_history()
    history["propensity"] = np.nan
    text = refused(history if empty else history.drop(columns="propensity"))
    assert len(text.splitlines()) == 1
    assert "no row has the probability" in text


def test_one_day_is_no_evidence():
    """A thousand leads of one day have no day-to-day variation."""
    assert "no day-to-day variation" in refused(
        synthetic_history(n_days=1, per_day=1000)
    )


def test_hardly_any_win_is_no_evidence():
    """Nothing can be compared where nothing is won."""
    assert "were won, at least" in refused(synthetic_history(rates=(0.001, 0.001)))


def test_a_lead_assigned_twice_is_named():
    """Which of the two was it?"""
    history = synthetic_history()
    history.loc[5, "lead_id"] = "L00004"
    assert "row 7, column lead_id: 'L00004'" in refused(history)


def test_revenue_needs_what_was_paid():
    """Revenue of a win without it is not zero."""
    history = synthetic_history()
    log = read_log(history, AFTER_ALL, value="revenue")
    assert set(log.outcome) == {0.0, 100.0}
    history["won_value"] = np.nan
    assert "revenue needs what each won lead brought" in refused(
        history, value="revenue"
    )


def test_every_column_that_is_needed_is_named():
    """All of those that are absent, at once."""
    text = refused(synthetic_history().drop(columns=["closed_at", "outcome"]))
    assert "column outcome" in text
    assert "column closed_at" in text

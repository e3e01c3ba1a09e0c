"""The rows of history: repeated ones, old open ones, and those without an owner."""

import pandas as pd
import pytest

from scoring import ConversionModel, train
from scoring.history.rows import closed_history, with_losses
from tests.scoring.synthetic_history import AS_OF, crm_of, history_of

DAY = pd.Timedelta(days=1)


@pytest.fixture
def history():
    """Return a history whose lost leads were never closed."""
    history, _ = history_of(n=1500)
    lost = history["outcome"] == "lost"
    history["outcome"] = history["outcome"].mask(lost, "open")
    history["closed_at"] = history["closed_at"].mask(lost)
    return history


def test_a_row_that_is_there_twice_counts_once():
    """Evidence is not doubled by an export that overlaps."""
    history, _ = history_of(n=300)
    twice = pd.concat([history, history.iloc[:100]], ignore_index=True)
    pd.testing.assert_frame_equal(closed_history(twice), closed_history(history))


def test_open_rows_are_lost_after_so_many_days(history):
    """As of the moment; younger ones stay open, and the table is not changed."""
    before = history.copy()
    table = with_losses(history, 90, AS_OF)
    old = (before["outcome"] == "open") & (before["assigned_at"] + 90 * DAY <= AS_OF)
    assert (table["outcome"][old] == "lost").all()
    assert (table["closed_at"][old] == before["assigned_at"][old] + 90 * DAY).all()
    assert (table["outcome"][~old] == before["outcome"][~old]).all()
    pd.testing.assert_frame_equal(history, before)
    assert with_losses(history, None, AS_OF) is history


@pytest.mark.slow
def test_leads_that_nobody_closes_count_as_lost_where_one_says_so(history):
    """The card says how many; the same model results from fitting by hand."""
    model = ConversionModel(lost_after_days=60)
    card = train(crm_of(history), model).card
    old = (history["outcome"] == "open") & (history["assigned_at"] + 60 * DAY <= AS_OF)
    assert card.n_assumed_lost == old.sum() > 100
    assert card.n_open == (history["outcome"] == "open").sum() - old.sum()
    assert card.training.lost_after_days == 60
    by_hand = ConversionModel().fit(with_losses(history, 60, AS_OF), as_of=AS_OF)
    assert by_hand.held_out_.tolist() == model.held_out_.tolist()

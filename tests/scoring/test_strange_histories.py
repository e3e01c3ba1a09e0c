"""Small and strange histories: finite scores, or an error that says what is missing."""

import numpy as np
import pandas as pd
import pytest

from crm import DataError
from scoring import train
from scoring.rep_effects.covariance import GREATEST, variances
from scoring.rep_effects.likelihood import of_information
from tests.scoring.synthetic_history import crm_of, history_of, leads_of, texts

FEW, MANY = (2, 50), (49, 60, 120, 400)
SIZES = [*FEW, *(pytest.param(n, marks=pytest.mark.slow) for n in MANY)]


def won_by_rep(history, rng):
    """Reps who win all, and reps who win nothing."""
    number = history["rep_id"].str[1:].astype(int)
    history["outcome"] = texts(np.where(number % 2, "won", "lost"))


def one_rep_only_wins(history, rng):
    """The others win now and then."""
    won = (history["outcome"] == "won") | (history["rep_id"] == "R00")
    history["outcome"] = texts(np.where(won, "won", "lost"))


def one_rep(history, rng):
    """Nobody to compare with."""
    history["rep_id"] = texts(["R00"] * len(history))


def as_many_reps_as_leads(history, rng):
    """Nobody has two leads."""
    history["rep_id"] = texts(f"R{i}" for i in range(len(history)))


def nobody_has_lost_leads(history, rng):
    """Owners on wins alone."""
    history["rep_id"] = history["rep_id"].where(history["outcome"] == "won", "")


def all_won(history, rng):
    """Nothing to learn."""
    history["outcome"] = texts(["won"] * len(history))


def one_moment(history, rng):
    """Everything happened at once."""
    for name in ("created_at", "assigned_at", "closed_at"):
        history[name] = history[name].iloc[0]


def a_column_that_separates(history, rng):
    """Beside constant, empty and huge ones."""
    history["visits"] = 1.0 * (history["outcome"] == "won")
    history["constant"], history["empty"] = 3.0, np.nan
    history["huge"] = rng.choice([1e15, -1e15, 0.0], len(history))
    history["tiny"] = 1e9 + rng.normal(0, 1e-7, len(history))


CHANGES = (
    won_by_rep,
    one_rep_only_wins,
    one_rep,
    as_many_reps_as_leads,
    nobody_has_lost_leads,
    all_won,
    one_moment,
    a_column_that_separates,
)


@pytest.mark.slow
@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("change", CHANGES)
def test_no_history_is_an_internal_error(change, n):
    """Probabilities between 0 and 1 for every pair, or a reason why there are none."""
    rng = np.random.default_rng(n)
    history, _ = history_of(seed=n, n=n, n_reps=4)
    change(history, rng)
    leads = leads_of(rng, 5)
    new = sorted(set(history.columns) & {"constant", "empty", "huge", "tiny"})
    leads = leads.assign(**{name: history[name].iloc[:5] for name in new})
    try:
        trained = train(crm_of(history, leads))
    except DataError:
        assert n < 50 or history["outcome"].nunique() == 1
        return
    scores = trained.model.score(leads, ["R00", "R01", "new"])
    pairs = np.repeat(np.arange(5), 3), np.tile(np.arange(3), 5)
    p = scores.probability(*pairs)
    assert np.all((p > 0) & (p < 1))


def test_no_variance_is_without_end():
    """Where reps tell won from lost, the likelihood has no maximum."""
    score = np.resize([1.0, -1.0], (20, 1))
    likelihood = of_information(np.full((20, 1, 1), 1e-9), score)
    assert variances(likelihood, np.array([0])).tolist() == [GREATEST]


@pytest.mark.slow
def test_a_row_of_history_is_dated_by_its_assignment():
    """Missing dates of closing are no trouble where all rows are closed."""
    history, _ = history_of(n=200)
    history["closed_at"] = pd.Series(pd.NaT, history.index, dtype="datetime64[ns, UTC]")
    assert train(crm_of(history)).card.n_closed == 200

import numpy as np
import pandas as pd
import pytest
from scipy.special import logit

from scoring import ConversionModel
from scoring.censoring.weights import fit_censoring
from scoring.diagnostics.out_of_time import validate
from tests.scoring.synthetic_history import AS_OF, history_of, texts


def turned(outcome):
    return outcome.map({"won": "lost", "lost": "won"}).astype(object)


def test_the_past_is_tested_on_the_future():
    """What the newest rows say cannot change what the model was fitted on."""
    history, _ = history_of(n=1000)
    history["closed_at"] = history["assigned_at"]
    validation = validate(ConversionModel(), history)
    assert (validation.n_train, validation.n_test) == (800, 200)
    assert validation.test_from == history["assigned_at"][800].isoformat()
    assert validation.n_test_won == (history["outcome"][800:] == "won").sum()
    other = history.copy()
    other.loc[800:, "outcome"] = turned(history["outcome"][800:])
    measures = validate(ConversionModel(), other).measures
    assert measures.whole.auc == pytest.approx(1 - validation.measures.whole.auc)


@pytest.mark.slow
def test_what_closed_after_the_line_is_not_trained_on():
    """Leads assigned before the line but closed after it are still open then."""
    history, _ = history_of(n=1000)
    line = history["assigned_at"][800]
    known = ((history["closed_at"] <= line) & (history.index < 800)).sum()
    validation = validate(ConversionModel(), history)
    assert validation.n_train == known < 800
    late = (history["closed_at"] > line) & (history.index < 800)
    other = history.copy()
    other.loc[late, "outcome"] = turned(history["outcome"][late])
    assert validate(ConversionModel(), other).measures == validation.measures


def test_a_useful_model_beats_a_constant():
    """The gain is the difference of the losses and exceeds its error."""
    measures = validate(ConversionModel(), history_of(n=8000)[0]).measures
    gain = measures.over_constant
    difference = measures.constant.log_loss - measures.whole.log_loss
    assert gain.mean == pytest.approx(difference)
    assert gain.mean > 3 * gain.standard_error > 0
    assert measures.constant.auc == 0.5


@pytest.mark.slow
def test_the_constant_is_the_win_rate_of_the_past():
    """Nothing of the tested rows is in it."""
    history, _ = history_of(n=1000)
    history["closed_at"] = history["assigned_at"]
    measures = validate(ConversionModel(), history).measures
    older = (history["outcome"][:800] == "won").mean()
    newer = (history["outcome"][800:] == "won").mean()
    expected = np.logaddexp(0, logit(older)) - newer * logit(older)
    assert measures.constant.log_loss == pytest.approx(expected)


@pytest.mark.slow
def test_the_gain_of_the_rep_part_is_told_apart():
    """Where reps differ much, the rep effects earn their place."""
    history, _ = history_of(n=6000, rep_sd=0.8)
    gain = validate(ConversionModel(), history).measures.over_lead_only
    assert gain.mean > 2 * gain.standard_error


@pytest.mark.slow
def test_one_outcome_among_the_newest_has_no_ranking():
    """All tested rows lost: no AUC, but the losses are still measured."""
    history, _ = history_of(n=500)
    history.loc[400:, "outcome"] = "lost"
    whole = validate(ConversionModel(), history).measures.whole
    assert whole.auc is None
    assert whole.average_precision is None
    assert np.isfinite(whole.log_loss)


def test_a_tiny_history_says_why_not():
    """Too few newest rows give a reason instead of figures."""
    validation = validate(ConversionModel(), history_of(n=60)[0])
    assert validation.measures is None
    assert "only 12 newest rows" in validation.problem


def test_an_older_part_of_one_outcome_says_why_not():
    """Nothing to fit before the line: a reason instead of an error."""
    history, _ = history_of(n=500)
    history.loc[:399, "outcome"] = "lost"
    validation = validate(ConversionModel(), history)
    assert validation.measures is None
    assert "all won or all lost" in validation.problem


def test_a_column_the_past_had_not_says_why_not():
    """Where an interaction feature is newer than the line it cannot be tested."""
    history, _ = history_of(n=1000)
    history["size"] = np.arange(1000.0) % 7
    history.loc[:850, "size"] = np.nan
    validation = validate(ConversionModel(interaction_features=["size"]), history)
    assert validation.measures is None
    assert "'size' is empty" in validation.problem


def test_leads_all_assigned_at_once_say_why_not():
    """Without older leads there is no past to train on."""
    history, _ = history_of(n=500)
    history["assigned_at"] = history["created_at"].max()
    validation = validate(ConversionModel(), history)
    assert validation.measures is None
    assert "only 0 leads had closed" in validation.problem


@pytest.mark.slow
def test_own_leads_are_not_tested():
    """Only distributed leads are tested, for only those will be scored."""
    history, _ = history_of(n=500)
    history.loc[450:, "origin"] = "self_generated"
    assert validate(ConversionModel(), history).n_test == 50


@pytest.mark.slow
def test_open_rows_are_not_tested():
    """Rows without an outcome are on neither side of the line."""
    history, _ = history_of(n=500)
    nothing = pd.Series(pd.NaT, index=range(400, 500), dtype=history["closed_at"].dtype)
    undecided = history.tail(100).assign(
        lead_id=texts(f"open {i}" for i in range(100)).set_axis(range(400, 500)),
        outcome="open",
        closed_at=nothing,
    )
    more = pd.concat([history, undecided], ignore_index=True)
    alone, beside = (validate(ConversionModel(), rows) for rows in (history, more))
    assert beside.n_test == alone.n_test
    assert beside.test_from == alone.test_from


@pytest.mark.slow
def test_recent_rows_stand_for_those_still_open():
    """Rows that stand for more than themselves weigh more in the figures."""
    history, _ = history_of(n=3000)
    rng = np.random.default_rng(0)
    days = np.where(history["outcome"] == "won", 40, 10) * rng.exponential(1, 3000)
    history["closed_at"] = history["assigned_at"] + pd.to_timedelta(days, unit="D")
    as_of = history["assigned_at"].max()
    still = history["closed_at"] > as_of
    history.loc[still, "outcome"] = "open"
    history.loc[still, "closed_at"] = pd.NaT
    censoring = fit_censoring(history, as_of)
    assert censoring.won is not None
    weighted = validate(ConversionModel(), history, censoring=censoring)
    plain = validate(ConversionModel(), history)
    assert weighted.n_test < plain.n_test
    assert weighted.measures.whole != plain.measures.whole
    assert as_of < AS_OF

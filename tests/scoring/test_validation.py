import numpy as np
import pandas as pd

from scoring import ConversionModel
from scoring.validation import paired_gain, validate
from tests.scoring.worlds import history_of


def test_the_past_is_tested_on_the_future():
    """What the newest rows say can not change what was taught."""
    history, _ = history_of(n=1000)
    validation = validate(ConversionModel(), history)
    assert (validation.n_taught, validation.n_tested) == (800, 200)
    assert validation.tested_from == history["assigned_at"][800].isoformat()
    turned = history.copy()
    turned.loc[800:, "outcome"] = (
        history["outcome"][800:].map({"won": "lost", "lost": "won"}).astype(object)
    )
    other = validate(ConversionModel(), turned).measures
    assert np.isclose(other.auc, 1 - validation.measures.auc)


def test_a_useful_model_beats_a_constant():
    """The gain is the difference of the losses and exceeds its error."""
    measures = validate(ConversionModel(), history_of(n=8000)[0]).measures
    gain = measures.over_constant
    assert np.isclose(gain.mean, measures.log_loss_constant - measures.log_loss)
    assert gain.mean > 3 * gain.standard_error > 0


def test_the_gain_of_the_rep_part_is_told_apart():
    """Where reps differ much, the rep part earns its place."""
    history, _ = history_of(n=6000, rep_sd=0.8)
    gain = validate(ConversionModel(), history).measures.over_lead_only
    assert gain.mean > 2 * gain.standard_error


def test_one_outcome_among_the_newest_has_no_ranking():
    """All tested rows lost: no AUC, but the losses are still measured."""
    history, _ = history_of(n=500)
    history.loc[400:, "outcome"] = "lost"
    measures = validate(ConversionModel(), history).measures
    assert measures.auc is None
    assert measures.average_precision is None
    assert np.isfinite(measures.log_loss)


def test_a_tiny_history_says_why_not():
    """Too few newest rows give a reason instead of figures."""
    validation = validate(ConversionModel(), history_of(n=60)[0])
    assert validation.measures is None
    assert "only 12 newest rows" in validation.problem


def test_an_older_part_of_one_outcome_says_why_not():
    """Nothing to learn before the line: a reason instead of an error."""
    history, _ = history_of(n=500)
    history.loc[:399, "outcome"] = "lost"
    validation = validate(ConversionModel(), history)
    assert validation.measures is None
    assert "all won or all lost" in validation.problem


def test_own_leads_are_not_tested():
    """Only distributed leads are tested, for only those will be scored."""
    history, _ = history_of(n=500)
    history.loc[450:, "origin"] = "self_generated"
    assert validate(ConversionModel(), history).n_tested == 50


def test_the_standard_error_is_that_of_paired_differences():
    """A constant difference has no error, whatever the losses' own spread."""
    before = np.array([1.0, 2.0, 5.0])
    gain = paired_gain(before, before - 0.5)
    assert gain.mean == 0.5
    assert gain.standard_error == 0


def test_open_rows_are_not_tested():
    """Rows without an outcome are on neither side of the line."""
    history, _ = history_of(n=500)
    undecided = history.tail(100).assign(outcome="open")
    more = pd.concat([history, undecided], ignore_index=True)
    assert validate(ConversionModel(), more) == validate(ConversionModel(), history)

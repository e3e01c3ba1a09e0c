"""Names, order and units are no evidence."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import ConversionModel
from tests.scoring.synthetic_history import history_of, leads_of, texts


@pytest.fixture(scope="module")
def history():
    rows, _ = history_of(seed=6, n=500, n_reps=6, rep_sd=0.9)
    return rows


@pytest.fixture(scope="module")
def scores(history):
    found = matrix_of(history)
    assert np.ptp(found.reshape(40, 6), axis=1).min() > 0.1, "reps must differ here"
    return found


@pytest.mark.slow
@settings(max_examples=2, deadline=None)
@given(seed=st.integers(0, 1000))
def test_the_order_of_rows_changes_nothing(history, scores, seed):
    """Shuffled rows score alike, to the last bit."""
    shuffled = history.sample(frac=1, random_state=seed)
    assert matrix_of(shuffled).tolist() == scores.tolist()


@pytest.mark.slow
@settings(max_examples=2, deadline=None)
@given(names=st.permutations(["z", "A", "10", "9", "r-1", "é"]))
def test_the_names_of_reps_change_nothing(history, scores, names):
    """A rep by any other name scores alike."""
    name = dict(zip([f"R{j:02d}" for j in range(6)], names, strict=True))
    renamed = history.assign(rep_id=texts(history["rep_id"].map(name)))
    assert matrix_of(renamed, names) == pytest.approx(scores, abs=1e-6)


@pytest.mark.slow
@settings(max_examples=2, deadline=None)
@given(factor=st.sampled_from([-3.0, 0.01, 7.0, 1e4]), shift=st.floats(-9, 9))
def test_the_units_of_a_number_change_nothing(history, scores, factor, shift):
    """Visits counted otherwise are the same visits."""

    def counted(table):
        return table.assign(visits=table["visits"] * factor + shift)

    found = matrix_of(counted(history), change=counted)
    assert found == pytest.approx(scores, abs=1e-6)


@pytest.mark.slow
@settings(max_examples=2, deadline=None)
@given(names=st.permutations(["x", "Y", "with blank", "0"]))
def test_the_names_of_levels_change_nothing(history, scores, names):
    """Sources called otherwise are the same sources."""

    def called(table):
        name = dict(zip(["web", "partner", "fair"], names, strict=False))
        return table.assign(source=texts(table["source"].map(name)))

    found = matrix_of(called(history), change=called)
    assert found == pytest.approx(scores, abs=1e-6)


def matrix_of(history, reps=None, change=lambda table: table):
    """The logit of fresh leads with each of six reps."""
    reps = [f"R{j:02d}" for j in range(6)] if reps is None else list(reps)
    leads = leads_of(np.random.default_rng(3), 40)
    scores = ConversionModel().fit(history).score(change(leads), reps)
    lead, rep = np.divmod(np.arange(40 * 6), 6)
    return scores.logit(lead, rep)

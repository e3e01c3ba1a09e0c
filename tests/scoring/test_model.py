import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.metrics import roc_auc_score

from scoring import ConversionModel, PairScores
from tests.scoring.worlds import history_of, lead_logit, leads_of, texts

REPS = [f"R{j:02d}" for j in range(10)]


@pytest.fixture(scope="module")
def fitted():
    return ConversionModel().fit(history_of(n=4000, rep_sd=0.5)[0])


def test_probabilities_are_those_of_the_sum():
    """A pair's log odds are its lead's plus its rep's."""
    scores = PairScores(lead=np.array([0.0, 1.0]), rep=np.array([0.5, -2.0, 0.0]))
    p = scores.probability(np.array([0, 1, 1]), np.array([2, 0, 1]))
    assert p == pytest.approx([0.5, expit(1.5), expit(-1.0)])


def test_the_model_is_calibrated_on_the_truth():
    """Predicted and true probabilities of fresh leads agree."""
    model = ConversionModel().fit(history_of(n=8000)[0])
    leads = leads_of(np.random.default_rng(8), 4000)
    truth = expit(lead_logit(leads)).to_numpy()
    p = expit(model.score(leads, REPS).lead)
    assert p.mean() == pytest.approx(truth.mean(), abs=0.03)
    assert np.abs(p - truth).mean() < 0.04
    assert np.corrcoef(p, truth)[0, 1] > 0.95


def test_reps_who_differ_are_found():
    """Reps whose logits spread by 0.3 are ranked like their true effects."""
    history, effect = history_of(seed=4, n=24 * 400, n_reps=24, rep_sd=0.3)
    model = ConversionModel().fit(history)
    rep_ids = [f"R{j:02d}" for j in range(24)]
    found = model.score(history[:1], rep_ids).rep
    assert model.rep_effect_.found
    assert np.corrcoef(found, effect)[0, 1] > 0.8
    assert found.std() < effect.std() * 1.2


def test_reps_who_do_not_differ_get_nothing():
    """In a world where the rep does not matter every rep's part is exactly 0."""
    model = ConversionModel().fit(history_of(seed=1, n=3000)[0])
    assert np.all(model.score(history_of(n=5)[0], REPS).rep == 0)


def test_own_leads_say_nothing_of_the_rep():
    """A rep who wins every lead found alone is no better with those given."""
    history, _ = history_of(seed=1, n=3000)
    own = (history["rep_id"] == "R03") & (history["created_at"].dt.day_of_week < 2)
    history.loc[own, "outcome"] = "won"
    assert ConversionModel().fit(history).rep_effect_.found
    history.loc[own, "origin"] = "self_generated"
    effect = ConversionModel().fit(history).rep_effect_
    assert not effect.found
    assert effect.n_leads.sum() == 3000 - own.sum()


def test_open_leads_are_not_lost_leads():
    """Open rows change nothing at all."""
    history, _ = history_of(n=600)
    undecided = history.assign(
        lead_id=history["lead_id"] + "x", outcome=texts(["open"] * 600)
    )
    more = pd.concat([history, undecided], ignore_index=True)
    assert scores_of(more) == scores_of(history)


def test_the_order_of_rows_changes_nothing():
    """The same rows give the same model, to the last bit."""
    history, _ = history_of(n=600, rep_sd=1.0)
    shuffled = history.sample(frac=1, random_state=0)
    assert scores_of(shuffled) == scores_of(history)


def scores_of(history):
    leads = leads_of(np.random.default_rng(3), 50)
    scores = ConversionModel().fit(history, leads).score(leads, REPS)
    return scores.lead.tolist(), scores.rep.tolist()


def test_better_leads_are_ranked_first(fitted):
    """The ranking is far better than chance on leads never seen."""
    fresh, _ = history_of(seed=77, n=2000)
    lead = fitted.score(fresh, REPS).lead
    assert roc_auc_score(fresh["outcome"] == "won", lead) > 0.68


@settings(max_examples=30, deadline=None)
@given(
    source=st.sampled_from(["web", "", "never seen", "web "]),
    visits=st.sampled_from([0.0, np.nan, 1e12, -5.0]),
    value=st.sampled_from([0.0, np.nan, 1e300, -1e9]),
)
def test_any_lead_gets_a_finite_score(fitted, source, visits, value):
    """Unseen levels, missing and absurd numbers are scored without complaint."""
    lead = leads_of(np.random.default_rng(0), 1).assign(
        source=texts([source]), visits=visits, deal_value=value
    )
    assert np.isfinite(fitted.score(lead, REPS).lead).all()


def test_leads_without_any_number_are_scored(fitted):
    """A whole column missing, or absent, is scored as missing."""
    leads = leads_of(np.random.default_rng(0), 20)
    missing = fitted.score(leads.assign(visits=np.nan), REPS).lead
    absent = fitted.score(leads.drop(columns="visits"), REPS).lead
    assert missing.tolist() == absent.tolist()


def test_no_leads_give_no_scores(fitted):
    """An empty day is scored as an empty day."""
    scores = fitted.score(leads_of(np.random.default_rng(0), 0), [])
    assert scores.lead.shape == scores.rep.shape == (0,)


def test_old_rows_of_one_outcome_still_teach():
    """A history that begins with losses only gives a finite, useful model."""
    history, _ = history_of(n=400)
    history.loc[:350, "outcome"] = "lost"
    lead = ConversionModel().fit(history).score(history, REPS).lead
    assert np.isfinite(lead).all()
    assert expit(lead).mean() < 0.3


def test_estimator_conventions_hold():
    """Parameters can be read, set and cloned; scoring before learning is refused."""
    model = ConversionModel(penalty=3.0, seed=7)
    assert clone(model).get_params() == model.get_params()
    assert model.set_params(penalty=5.0).penalty == 5.0
    with pytest.raises(NotFittedError):
        model.score(leads_of(np.random.default_rng(0), 1), REPS)


def test_one_outcome_is_refused():
    """Nothing can be learnt from wins alone."""
    history, _ = history_of(n=100)
    with pytest.raises(ValueError, match="both won and lost"):
        ConversionModel().fit(history[history["outcome"] == "won"])

import sys
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit
from sklearn.base import clone
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.validation import check_is_fitted
from threadpoolctl import threadpool_info, threadpool_limits

from scoring import ConversionModel
from scoring.conversion.conversion_model import thread_pools
from tests.few import few
from tests.scoring.synthetic_history import history_of, lead_logit, leads_of, texts

REPS = [f"R{j:02d}" for j in range(10)]


@pytest.fixture(scope="module")
def fitted():
    return ConversionModel().fit(history_of(n=4000, rep_sd=0.5)[0])


@pytest.mark.slow
def test_the_model_is_calibrated_on_the_truth():
    """Predicted and true probabilities of fresh leads agree."""
    model = ConversionModel().fit(history_of(n=8000)[0])
    leads = leads_of(np.random.default_rng(8), 4000)
    truth = expit(lead_logit(leads)).to_numpy()
    p = expit(model.score(leads, REPS).lead)
    assert p.mean() == pytest.approx(truth.mean(), abs=0.03)
    assert np.abs(p - truth).mean() < 0.04
    assert np.corrcoef(p, truth)[0, 1] > 0.95


@pytest.mark.slow
def test_reps_who_differ_are_found():
    """Reps whose logits spread by 0.3 are ranked like their true effects."""
    history, effect = history_of(seed=4, n=24 * 400, n_reps=24, rep_sd=0.3)
    model = ConversionModel().fit(history)
    rep_ids = [f"R{j:02d}" for j in range(24)]
    found = model.score(history[:1], rep_ids).rep
    assert model.rep_effects_.answer == "yes"
    assert np.corrcoef(found, effect)[0, 1] > 0.8
    assert found.std() < effect.std() * 1.2


@pytest.mark.slow
def test_reps_who_do_not_differ_get_nothing():
    """In a world where the rep does not matter every rep effect is exactly 0."""
    model = ConversionModel().fit(history_of(seed=2, n=5000)[0])
    leads = history_of(n=5)[0]
    scores = model.score(leads, REPS)
    lead, rep = np.divmod(np.arange(50), 10)
    assert not model.rep_effects_.used
    assert not scores.rep.any()
    assert not scores.interaction(lead, rep).any()
    assert scores.lead.tolist() == model.lead_model_.logit(leads).tolist()


@pytest.mark.slow
def test_a_rep_who_suits_some_leads_is_found():
    """Reps who are good with partners' leads are told from those who are not."""
    history, _ = history_of(seed=5, n=8000, n_reps=16)
    rng = np.random.default_rng(0)
    liking = rng.normal(0, 0.9, 16)
    rep = history["rep_id"].str[1:].astype(int).to_numpy()
    partner = np.where(history["source"] == "partner", 0.67, -0.33)
    p = expit(lead_logit(history) + liking[rep] * partner)
    won = np.where(rng.random(8000) < p, "won", "lost")
    history["outcome"] = texts(won)
    model = ConversionModel().fit(history)
    assert model.rep_effects_.interaction.confirmed
    leads = history.iloc[:1].loc[[0, 0]].assign(source=texts(["partner", "web"]).values)
    scores = model.score(leads, [f"R{j:02d}" for j in range(16)])
    each = np.arange(16)
    by_rep = scores.interaction(0 * each, each) - scores.interaction(0 * each + 1, each)
    assert np.corrcoef(by_rep, liking)[0, 1] > 0.85


def test_a_pair_is_the_sum_of_its_parts():
    """The logit is the lead's, plus the rep's, plus their interaction, exactly."""
    history, _ = history_of(seed=4, n=3000, rep_sd=0.8)
    scores = ConversionModel().fit(history).score(history[:200], REPS)
    lead, rep = np.divmod(np.arange(2000), 10)
    added = scores.lead[lead] + scores.rep[rep] + scores.interaction(lead, rep)
    assert scores.rep_factors.any()
    assert scores.logit(lead, rep).tolist() == added.tolist()


@pytest.mark.slow
def test_own_leads_say_nothing_of_the_rep():
    """A rep who wins every lead found alone is no better with distributed ones."""
    history, _ = history_of(seed=2, n=5000)
    own = (history["rep_id"] == "R03") & (history["created_at"].dt.day_of_week < 2)
    history.loc[own, "outcome"] = "won"
    assert ConversionModel().fit(history).rep_effects_.answer == "yes"
    history.loc[own, "origin"] = "self_generated"
    effects = ConversionModel().fit(history).rep_effects_
    assert effects.answer == "no"
    assert effects.n_leads.sum() == 5000 - own.sum()


@pytest.mark.slow
def test_new_reps_are_the_average_of_their_seniority():
    """The reps' table says who is senior; a new rep counts as the others do."""
    history, _ = history_of(seed=4, n=6000, n_reps=20)
    rng = np.random.default_rng(0)
    rep = history["rep_id"].str[1:].astype(int).to_numpy()
    senior = np.where(rep < 10, -0.7, 0.7)
    won = rng.random(6000) < expit(lead_logit(history) + senior)
    history["outcome"] = texts(np.where(won, "won", "lost"))
    reps = pd.DataFrame({"rep_id": texts(f"R{j:02d}" for j in range(20))})
    reps["seniority"] = pd.array([1] * 10 + [5] * 10, dtype="Int64")
    model = ConversionModel().fit(history, reps=reps)
    known = pd.Series(pd.array([1, 5, pd.NA], dtype="Int64"))
    new = model.score(history[:1], ["new 1", "new 2", "new 3"], known).rep
    assert new[0] < -0.4 < new[2] == 0 < 0.4 < new[1]


@pytest.mark.slow
def test_open_leads_are_not_lost_leads():
    """Rows that stay open for ever leave the win rate where it is."""
    history, _ = history_of(n=2000)
    undecided = history.assign(
        lead_id=history["lead_id"] + "x",
        outcome=texts(["open"] * 2000),
        closed_at=pd.Series(pd.NaT, index=history.index, dtype="datetime64[ns, UTC]"),
    )
    more = pd.concat([history, undecided], ignore_index=True)
    leads = leads_of(np.random.default_rng(3), 500)
    alone, beside = (
        expit(ConversionModel().fit(rows).score(leads, REPS).lead).mean()
        for rows in (history, more)
    )
    assert beside == pytest.approx(alone, abs=0.02)


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


def test_scores_are_made_by_one_thread(fitted, monkeypatch):
    """However many there are, also in libraries that were loaded later."""
    used = []

    def logit(leads):
        used.extend(pool["num_threads"] for pool in threadpool_info())
        return np.zeros(len(leads))

    monkeypatch.setattr(
        type(fitted.lead_model_), "logit", lambda _, leads, frame: logit(leads)
    )
    with threadpool_limits(2):
        fitted.score(leads_of(np.random.default_rng(0), 5), REPS)
    assert set(used) == {1}
    monkeypatch.setitem(sys.modules, "another_module", ModuleType("another_module"))
    before = thread_pools.cache_info().misses
    fitted.score(leads_of(np.random.default_rng(0), 5), REPS)
    assert thread_pools.cache_info().misses == before + 1


def test_no_leads_give_no_scores(fitted):
    """An empty day is scored as an empty day."""
    scores = fitted.score(leads_of(np.random.default_rng(0), 0), [])
    assert scores.lead.shape == scores.rep.shape == (0,)


def test_old_rows_of_one_outcome_still_give_a_model():
    """A history that begins with losses only gives a finite, useful model."""
    history, _ = history_of(n=400)
    history.loc[:350, "outcome"] = "lost"
    lead = ConversionModel().fit(history).score(history, REPS).lead
    assert np.isfinite(lead).all()
    assert expit(lead).mean() < 0.3


def test_estimator_conventions_hold():
    """Parameters are read, set and cloned; fit returns the model itself."""
    model = ConversionModel(keep=["visits"], interaction_features=["source"], seed=7)
    assert clone(model).get_params() == model.get_params()
    assert model.set_params(seed=5).seed == 5
    assert model.fit(history_of(n=200)[0]) is model
    assert not hasattr(clone(model), "rep_effects_")
    assert model.treat_reps_alike() is model


@pytest.mark.parametrize("act", ["score", "treat_reps_alike"])
def test_an_unfitted_model_is_refused(act):
    """Scoring, or withdrawing what was found, before fitting is an error."""
    given = (leads_of(np.random.default_rng(0), 1), REPS) if act == "score" else ()
    with pytest.raises(NotFittedError):
        getattr(ConversionModel(), act)(*given)


@pytest.mark.slow
@pytest.mark.parametrize(
    "classifier",
    few(
        [
            GaussianNB(),
            make_pipeline(StandardScaler(), LogisticRegression()),
            RandomForestClassifier(20, min_samples_leaf=20, random_state=0),
            HistGradientBoostingClassifier(max_iter=40, random_state=0),
        ],
        2,
    ),
    ids=lambda classifier: type(classifier).__name__,
)
def test_any_classifier_serves_as_lead_model(classifier):
    """It is not changed itself, ranks leads, and reps are found beside it."""
    history, effect = history_of(seed=4, n=4000, rep_sd=0.8)
    model = ConversionModel(lead_classifier=classifier).fit(history)
    fresh, _ = history_of(seed=77, n=1000)
    scores = model.score(fresh, REPS)
    assert roc_auc_score(fresh["outcome"] == "won", scores.lead) > 0.64
    assert np.corrcoef(scores.rep, effect)[0, 1] > 0.8
    with pytest.raises(NotFittedError):
        check_is_fitted(classifier)


def test_one_outcome_is_refused():
    """No model can be fitted on wins alone."""
    history, _ = history_of(n=100)
    with pytest.raises(ValueError, match="both won and lost"):
        ConversionModel().fit(history[history["outcome"] == "won"])

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, logit
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import KNeighborsClassifier
from threadpoolctl import threadpool_limits

from scoring.history.rows import closed_history, is_distributed, is_won
from scoring.lead_features.selection import choose_features
from scoring.lead_model.fitting import fit_lead_model, held_out_logits
from scoring.lead_model.lead_model import BASE_RATE, BOOSTED, GIVEN, LOGISTIC
from scoring.lead_model.pipelines import boosted_pipeline, fit_pipeline, log_odds
from scoring.lead_model.selection import PENALTIES
from scoring.model_file.codec import TreeReader, TreeWriter
from scoring.model_file.container import packed
from tests.scoring.synthetic_history import history_of, lead_logit, leads_of, texts


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """As ConversionModel does."""
    with threadpool_limits(1):
        yield


def fitted(history, **options):
    rows = closed_history(history)
    return fit_lead_model(rows, choose_features(rows, None), **options)


def bent(n=2500, seed=0):
    """A history whose truth no straight line follows."""
    rng = np.random.default_rng(seed)
    history = history_of(seed, n)[0]
    history["slant"] = rng.normal(size=n)
    bend = 1.5 * np.abs(history["slant"]) - 2.0
    alike = (history["source"] == "web") == (history["visits"] > 3)
    won = rng.random(n) < expit(bend + 1.2 * alike)
    history["outcome"] = texts(np.where(won, "won", "lost"))
    return history


@pytest.fixture(scope="module")
def straight():
    return fitted(history_of(n=1500)[0])


@pytest.fixture(scope="module")
def boosted():
    return fitted(bent())


def test_the_simpler_model_stays_where_it_does_as_well(straight):
    """Where the truth is a straight line, trees do not take its place."""
    selection = straight.selection
    assert selection.chosen == LOGISTIC
    assert selection.penalty in PENALTIES
    assert selection.difference <= selection.standard_error
    assert selection.n_test == 375


def test_trees_win_where_they_are_better(boosted):
    """A bend and an interaction justify their complexity."""
    selection = boosted.selection
    assert selection.chosen == BOOSTED
    gain = selection.log_losses[LOGISTIC] - selection.log_losses[BOOSTED]
    assert gain == pytest.approx(selection.difference)
    assert selection.difference > selection.standard_error > 0


def test_new_leads_get_about_their_true_odds(straight):
    """Probabilities are near the truth on leads never seen."""
    leads = leads_of(np.random.default_rng(77), 4000)
    truth = expit(lead_logit(leads))
    assert expit(straight.logit(leads)).mean() == pytest.approx(truth.mean(), abs=0.03)
    assert np.corrcoef(straight.logit(leads), lead_logit(leads))[0, 1] > 0.95


@pytest.mark.parametrize("model", ["straight", "boosted"])
def test_what_was_never_seen_is_scored(model, request):
    """Unseen texts, empty cells and absent columns give finite odds."""
    model = request.getfixturevalue(model)
    leads = leads_of(np.random.default_rng(3), 6)
    leads["source"] = texts(["never seen", "", "web", "web", "web", "web"])
    leads.loc[2:3, ["visits", "deal_value"]] = np.nan
    leads.loc[4, "created_at"] = pd.NaT
    assert np.isfinite(model.logit(leads)).all()
    assert np.isfinite(model.logit(leads[["lead_id", "created_at"]])).all()
    assert model.logit(leads.iloc[:0]).shape == (0,)


@pytest.mark.parametrize("model", ["straight", "boosted"])
def test_a_saved_model_gives_the_same_numbers_and_bytes(model, request):
    """All of it is something that a model file may hold."""
    model = request.getfixturevalue(model)
    writer = TreeWriter()
    tree = writer.node(model)
    loaded = TreeReader(writer.arrays).content(tree)
    leads = leads_of(np.random.default_rng(5), 50)
    assert loaded.logit(leads).tolist() == model.logit(leads).tolist()
    assert loaded.selection == model.selection
    again = TreeWriter()
    assert packed(again.node(loaded), again.arrays) == packed(tree, writer.arrays)


@pytest.mark.slow
def test_threads_do_not_change_the_trees():
    """Two threads grow the same trees as one."""
    rows = closed_history(bent(400))
    features = choose_features(rows, None)
    frame, won = features.frame(rows), is_won(rows)
    odds = []
    for n_threads in (1, 2):
        with threadpool_limits(n_threads):
            pipeline = boosted_pipeline(features).set_params(classifier__max_iter=20)
            odds.append(
                log_odds(fit_pipeline(pipeline, frame, won, won + 1), frame).tolist()
            )
    assert odds[0] == odds[1]


@pytest.mark.slow
def test_any_classifier_can_be_put_in():
    """It is used without a comparison, calibrated, and not changed itself."""
    forest = RandomForestClassifier(50, min_samples_leaf=5, random_state=0)
    model = fitted(bent(), lead_classifier=forest)
    assert model.selection.chosen == GIVEN
    assert not hasattr(forest, "estimators_")
    rows = closed_history(bent(seed=9))
    assert roc_auc_score(is_won(rows), model.logit(rows)) > 0.6
    assert expit(model.logit(rows)).mean() == pytest.approx(
        is_won(rows).mean(), abs=0.05
    )


def test_a_classifier_without_weights_can_be_put_in():
    """Weights are passed only to those who take them; no number is missing."""
    history = history_of(n=400)[0]
    history.loc[::5, "visits"] = np.nan
    weight = np.linspace(1, 2, 400)
    model = fitted(history, weight=weight, lead_classifier=KNeighborsClassifier(30))
    assert np.isfinite(model.logit(history)).all()


@pytest.mark.slow
def test_rows_without_weight_do_not_count():
    """A row of weight 0 is as good as absent, one of weight 2 as good as two."""
    history = closed_history(history_of(n=900)[0])
    counts = np.resize([0.0, 1.0, 2.0], 900)
    features = choose_features(history, None)
    weighted = fit_lead_model(history, features, weight=counts)
    twice = history.loc[np.repeat(np.arange(900), counts.astype(int))]
    repeated = fit_lead_model(twice, features)
    leads = leads_of(np.random.default_rng(5), 50)
    np.testing.assert_allclose(weighted.logit(leads), repeated.logit(leads), atol=0.1)


@pytest.mark.parametrize(("won", "n"), [(0, 300), (300, 300), (3, 300), (5, 10)])
def test_too_little_history_gives_the_base_rate(won, n):
    """One class, or ten rows: every lead has the rate seen, never a certainty."""
    history = history_of(n=n)[0]
    history["outcome"] = texts(["won"] * won + ["lost"] * (n - won))
    model = fitted(history)
    expected = logit((won + 0.5) / (n + 1))
    assert model.selection.chosen == BASE_RATE
    assert model.logit(history) == pytest.approx(np.full(n, expected))
    unseen = held_out_logits(closed_history(history), model, seed=0)
    assert unseen == pytest.approx(np.full(n, expected))


def test_no_usable_column_gives_nearly_the_base_rate():
    """Constant columns are left out, and what is left says little."""
    history = history_of(n=400)[0]
    history[["visits", "deal_value"]] = 3.0
    history["source"] = texts(["web"] * 400)
    history["created_at"] = history["created_at"].min()
    model = fitted(history)
    rate = is_won(closed_history(history)).mean()
    assert expit(model.logit(history)) == pytest.approx(np.full(400, rate), abs=0.06)


def test_older_rows_of_one_outcome_are_used_with_the_newer():
    """Nothing can be judged in time, so all rows are used and none calibrates."""
    history = history_of(n=400)[0]
    history.loc[:290, "outcome"] = "lost"
    model = fitted(history)
    assert model.calibration.slope == 1
    assert model.selection.log_losses == {}


def test_strange_cells_do_no_harm():
    """Infinite and huge numbers, truths, categories and missing texts are taken."""
    history = history_of(n=300)[0]
    rng = np.random.default_rng(0)
    history["ratio"] = rng.choice([np.inf, -np.inf, np.nan, 1.0, 2.0], 300)
    history["huge"] = rng.lognormal(300, 100, 300)
    history["flag"] = rng.random(300) < 0.5
    history["kind"] = pd.Categorical(rng.choice(["a", "b"], 300))
    history["words"] = pd.Series(rng.choice(["x", "y", None], 300), dtype="string")
    model = fitted(history)
    used = {*model.features.numeric, *model.features.categorical}
    assert {"ratio", "huge", "flag", "kind", "words"} <= used
    assert np.isfinite(model.logit(history)).all()


@pytest.mark.slow
def test_a_column_of_very_many_levels_helps_without_overfitting():
    """Levels of a few rows each: their own outcome is not fitted."""
    rng = np.random.default_rng(0)
    history = history_of(n=4000)[0]
    level = rng.integers(0, 800, 4000)
    effect = rng.normal(0, 1.0, 800)
    won = rng.random(4000) < expit(-1 + effect[level])
    history["outcome"] = texts(np.where(won, "won", "lost"))
    history["city"] = texts(f"city {i}" for i in level)
    rows = closed_history(history)
    model = fit_lead_model(rows.iloc[:3000], choose_features(rows.iloc[:3000], None))
    newer = rows.iloc[3000:]
    assert model.features.encoded_names == ["city"]
    z, y = model.logit(newer), is_won(newer)
    assert roc_auc_score(y, z) > 0.58
    loss = np.mean(np.logaddexp(0, z) - y * z)
    constant = is_won(rows.iloc[:3000]).mean()
    assert loss < -np.mean(y * np.log(constant) + (1 - y) * np.log(1 - constant))


def test_held_out_odds_have_not_seen_their_row():
    """On noise the pipelines rank rows they have seen, and no others."""
    history = history_of(n=600)[0]
    rng = np.random.default_rng(0)
    history["outcome"] = texts(np.where(rng.random(600) < 0.4, "won", "lost"))
    for j in range(30):
        history[f"noise {j}"] = rng.normal(size=600)
    rows = closed_history(history)
    model = fit_lead_model(rows, choose_features(rows, None))
    seen = model.pipeline.decision_function(model.features.frame(rows))
    assert roc_auc_score(is_won(rows), seen) > 0.6
    unseen = held_out_logits(rows, model, seed=0)
    assert unseen.std() < 0.3
    assert expit(unseen).mean() == pytest.approx(is_won(rows).mean(), abs=0.01)


def with_self_generated(history, share, seed):
    """Return the history with some leads found by the reps, nearly all of them won."""
    rng = np.random.default_rng(seed)
    found = rng.random(len(history)) < share
    won = found & (rng.random(len(history)) < 0.9)
    outcome = np.where(won, "won", np.where(found, "lost", history["outcome"]))
    origin = np.where(found, "self_generated", "distributed")
    return history.assign(
        outcome=pd.Series(outcome, index=history.index, dtype=object),
        origin=pd.Series(origin, index=history.index, dtype=object),
    )


@pytest.mark.parametrize("seed", range(3))
def test_self_generated_leads_do_not_raise_the_level(seed):
    """The mean score of distributed leads is their win rate, whatever others did."""
    history, _ = history_of(seed=seed, n=4000)
    rows = closed_history(with_self_generated(history, 0.3, seed))
    model = fit_lead_model(rows, choose_features(rows, None))
    distributed = is_distributed(rows)
    expected = expit(model.logit(rows[distributed])).mean()
    assert expected == pytest.approx(is_won(rows)[distributed].mean(), rel=0.04)

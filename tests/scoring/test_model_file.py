import hashlib

import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import (
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
)
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

from scoring import (
    ConversionModel,
    ModelFileError,
    PairScores,
    load_model,
    save_model,
    train,
)
from scoring import model_file as module
from scoring.sound_trees import has_unsound_tree
from tests.scoring.worlds import crm_of, history_of, leads_of, texts

REPS = ["R03", "nobody", "R00"]


@pytest.fixture(scope="module")
def model():
    return train(crm_of(history_of(n=800, rep_sd=1.0)[0]))


@pytest.fixture
def path(model, tmp_path):
    save_model(model, tmp_path / "model")
    return tmp_path / "model"


def scored(trained, leads):
    """All that a model says of these leads."""
    scores = trained.model.score(leads, REPS)
    parts = scores.lead, scores.rep, scores.lead_match, scores.rep_match
    return [part.tolist() for part in (*parts, trained.value.of(leads))]


def sealed(body):
    digest = hashlib.sha256(body).hexdigest()
    return f"{module.MAGIC} {digest}\n".encode() + body


def test_a_loaded_model_gives_the_same_numbers(model, path):
    """Scores, parameters and card survive to the last bit."""
    loaded = load_model(path)
    leads = leads_of(np.random.default_rng(5), 300)
    assert scored(loaded, leads) == scored(model, leads)
    assert loaded.model.get_params() == model.model.get_params()
    assert loaded.card.to_dict() == model.card.to_dict()


def test_the_same_model_gives_the_same_bytes(model, path, tmp_path):
    """Neither the time nor memory addresses are in the file."""
    again = train(crm_of(history_of(n=800, rep_sd=1.0)[0]))
    save_model(again, tmp_path / "again")
    save_model(load_model(path), tmp_path / "reloaded")
    assert (tmp_path / "again").read_bytes() == path.read_bytes()
    assert (tmp_path / "reloaded").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("place", [30, 150, 5000, -1])
def test_a_changed_byte_is_noticed(path, place):
    """One flipped bit anywhere behind the name of the format is refused."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelFileError, match="changed or cut"):
        load_model(path)


@pytest.mark.parametrize("kept", [90, 3000])
def test_a_cut_file_is_noticed(path, kept):
    """A file that was not copied to its end is refused."""
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ModelFileError, match="changed or cut"):
        load_model(path)


@pytest.mark.parametrize("content", [b"", b"lead_id,created_at\n", b"\x80\x04\x95\n"])
def test_other_files_are_refused(path, content):
    """An empty file, a table and a pickle are not models."""
    path.write_bytes(content)
    with pytest.raises(ModelFileError, match="not a rightrep model"):
        load_model(path)


def test_a_missing_file_is_named(tmp_path):
    """The error carries the path and the reason."""
    with pytest.raises(ModelFileError, match=r"absent.*cannot be read"):
        load_model(tmp_path / "absent")


def test_another_format_is_refused(path):
    """A file of an earlier or a later rightrep says so."""
    path.write_bytes(path.read_bytes().replace(b"model 2 ", b"model 3 ", 1))
    with pytest.raises(ModelFileError, match="model 3"):
        load_model(path)


def test_another_minor_of_scikit_learn_is_refused(path, monkeypatch):
    """The numbers are promised only for the minor version that saved them."""
    monkeypatch.setattr(module.sklearn, "__version__", "1.2.0")
    with pytest.raises(ModelFileError, match=r"this is 1\.2\.0"):
        load_model(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (LogisticRegression(), "holds a LogisticRegression"),
        (PairScores(np.zeros(1), np.zeros(1)), "holds no model that can be trusted"),
    ],
)
def test_only_trusted_types_are_loaded(path, content, message):
    """A well sealed archive of something else is not constructed, or not taken."""
    versions = path.read_bytes().split(b"\n", 2)[1]
    path.write_bytes(sealed(versions + b"\n" + skops.io.dumps(content)))
    with pytest.raises(ModelFileError, match=message):
        load_model(path)


def test_a_broken_archive_is_refused(path):
    """A well sealed file without an archive gives a reason, not a traceback."""
    versions = path.read_bytes().split(b"\n", 2)[1]
    path.write_bytes(sealed(versions + b"\nnot an archive"))
    with pytest.raises(ModelFileError, match="holds no model"):
        load_model(path)


def rich_history(n=900):
    """Reps who differ, leads who suit them, many cities, dates, values and finds."""
    rng = np.random.default_rng(11)
    history, _ = history_of(seed=3, n=n, n_reps=6, rep_sd=1.2)
    won = (history["outcome"] == "won").to_numpy()
    history["city"] = texts(f"C{k:03d}" for k in rng.integers(0, 60, n))
    days = pd.to_timedelta(rng.integers(1, 400, n), unit="D")
    history["customer_since"] = history["created_at"] - days
    history["won_value"] = np.where(won, 100 + 50 * history["visits"], np.nan)
    history["origin"] = texts(
        rng.choice(["distributed", "self_generated"], n, p=[0.7, 0.3])
    )
    history.loc[n - 30 :, "outcome"] = "open"
    history.loc[n - 30 :, "closed_at"] = pd.NaT
    return history


def rich_leads():
    leads = rich_history(400).drop(
        columns=["rep_id", "assigned_at", "outcome", "closed_at", "won_value", "origin"]
    )
    return leads.assign(created_at=leads["created_at"].max())


@pytest.mark.slow
@pytest.mark.parametrize(
    "classifier",
    [
        None,
        RandomForestClassifier(5, max_depth=3, random_state=0, class_weight="balanced"),
        HistGradientBoostingClassifier(max_iter=20, random_state=0),
        GradientBoostingClassifier(n_estimators=5, random_state=0),
        make_pipeline(StandardScaler(), GaussianNB()),
        CalibratedClassifierCV(GaussianNB()),
        MLPClassifier((4,), max_iter=20, early_stopping=True, random_state=0),
    ],
    ids=lambda classifier: type(classifier).__name__,
)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_every_kind_of_model_survives(tmp_path, classifier):
    """Whatever judges the lead: the same scores, the same card, the same bytes."""
    unfitted = ConversionModel(lead_classifier=classifier)
    model = train(crm_of(rich_history(), rich_leads()), unfitted)
    save_model(model, tmp_path / "model")
    loaded = load_model(tmp_path / "model")
    save_model(loaded, tmp_path / "again")
    assert scored(loaded, rich_leads()) == scored(model, rich_leads())
    assert loaded.card.to_dict() == model.card.to_dict()
    assert (tmp_path / "again").read_bytes() == (tmp_path / "model").read_bytes()


class Homemade(GaussianNB):
    """A classifier that nobody vouches for."""


def test_a_model_that_could_not_be_loaded_is_not_saved(tmp_path):
    """What is not trusted is refused at once, by name, and no file is left."""
    unfitted = ConversionModel(lead_classifier=Homemade())
    model = train(crm_of(history_of(n=300)[0]), unfitted)
    with pytest.raises(ModelFileError, match="Homemade"):
        save_model(model, tmp_path / "model")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "classifier",
    [DecisionTreeClassifier(max_depth=2), HistGradientBoostingClassifier()],
)
def test_a_forged_tree_is_refused(tmp_path, classifier):
    """A tree that points outside its table would read memory not its own."""
    unfitted = ConversionModel(lead_classifier=classifier)
    model = train(crm_of(history_of(n=300)[0]), unfitted)
    save_model(model, tmp_path / "model")
    assert not has_unsound_tree(model)
    fitted = model.model.lead_part_.pipeline[-1]
    fitted.n_features_in_ = 1
    if not hasattr(fitted, "tree_"):
        fitted._predictors[0][0].nodes["left"][0] = 10_000
    save_model(model, tmp_path / "forged")
    with pytest.raises(ModelFileError, match="points outside"):
        load_model(tmp_path / "forged")

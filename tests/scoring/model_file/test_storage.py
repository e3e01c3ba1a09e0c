from dataclasses import dataclass
from types import ModuleType

import numpy as np
import pytest
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

from reporting.text.layout.json_record import record_of
from scoring import (
    ConversionModel,
    ModelFileError,
    PairScores,
    load_model,
    save_model,
    train,
)
from scoring.model_file import storage
from scoring.model_file.codec import TreeWriter
from scoring.model_file.value_objects import CLASSES, VERSIONS
from tests.scoring.model_file.damage import contents, forged, sealed
from tests.scoring.model_file.golden import FILE
from tests.scoring.model_file.rich_company import rich_history, rich_leads
from tests.scoring.synthetic_history import crm_of, history_of, leads_of

REPS = ["R03", "nobody", "R00"]
LEADS = leads_of(np.random.default_rng(5), 20)


def scored(trained, leads):
    """All that a model says of these leads."""
    scores = trained.model.score(leads, REPS)
    parts = scores.lead, scores.rep, scores.lead_factors, scores.rep_factors
    return [part.tolist() for part in (*parts, trained.value.predict(leads))]


@pytest.mark.slow
def test_a_loaded_model_gives_the_same_numbers(model, path):
    """Scores, parameters and card survive to the last bit."""
    loaded = load_model(path)
    leads = leads_of(np.random.default_rng(5), 300)
    assert scored(loaded, leads) == scored(model, leads)
    assert loaded.model.get_params() == model.model.get_params()
    assert record_of(loaded.card) == record_of(model.card)


@pytest.mark.slow
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
    path.write_bytes(path.read_bytes().replace(b"model 3 ", b"model 2 ", 1))
    with pytest.raises(ModelFileError, match="train again"):
        load_model(path)


def test_another_minor_of_scikit_learn_is_refused(path, monkeypatch):
    """The numbers are promised only for the minor version that saved them."""
    monkeypatch.setattr(storage.sklearn, "__version__", "1.2.0")
    with pytest.raises(ModelFileError, match=r"this is 1\.2\.0"):
        load_model(path)


@pytest.mark.parametrize("content", [LogisticRegression(), ("a", 1), [1.0], None])
def test_only_models_are_loaded(path, content):
    """A well sealed archive of something else is not taken."""
    versions = contents(path)[0]
    writer = TreeWriter()
    forged(path, versions, writer.node(content), writer.arrays)
    with pytest.raises(ModelFileError, match="holds no model that can be trusted"):
        load_model(path)


def test_unknown_objects_are_not_constructed(path):
    """A name that the table does not have is none of ours."""
    with pytest.raises(ValueError, match=r"PairScores"):
        TreeWriter().node(PairScores(np.zeros(1), np.zeros(1)))
    forged(path, contents(path)[0], {"is": "pair_scores", "lead": [], "rep": []}, [])
    with pytest.raises(ModelFileError, match="holds no model that can be trusted"):
        load_model(path)


LINES = [
    b"not JSON",
    b"null",
    b"[]",
    b"3",
    b"{}",
    b'{"scikit_learn": null, "objects": {}}',
    b'{"scikit_learn": 1.9, "objects": {}}',
    b'{"scikit_learn": "1.9.1"}',
    b'{"scikit_learn": "1.9.1", "objects": ["features"]}',
    b'{"scikit_learn": ["1.9.1"], "objects": {}}',
    b"[" * 100_000,
    b"",
]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[:20].decode())
def test_a_line_on_versions_must_tell_versions(path, line):
    """No JSON, null, a list, wrong types, missing keys: refused, and what to do."""
    archive = path.read_bytes().split(b"\n", 2)[2]
    path.write_bytes(sealed(line + b"\n" + archive))
    with pytest.raises(ModelFileError, match="train again"):
        load_model(path)


@pytest.mark.parametrize("objects", [{"features": 3}, {"features": "2"}, {"new": 1}])
def test_another_version_of_an_object_is_refused(path, objects):
    """What a field means may have changed: the file says so before it is read."""
    versions, tree, arrays = contents(path)
    forged(path, versions | {"objects": objects}, tree, arrays)
    with pytest.raises(ModelFileError, match=r"another version of (features|new)"):
        load_model(path)


def test_a_broken_archive_is_refused(path):
    """A well sealed file without an archive gives a reason, not a traceback."""
    versions = path.read_bytes().split(b"\n", 2)[1]
    path.write_bytes(sealed(versions + b"\nnot an archive"))
    with pytest.raises(ModelFileError, match="holds no model"):
        load_model(path)


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
    assert record_of(loaded.card) == record_of(model.card)
    assert (tmp_path / "again").read_bytes() == (tmp_path / "model").read_bytes()


@pytest.fixture(params=sorted(CLASSES))
def moved(request):
    """A class of ours that lives elsewhere, under another name."""
    kind = CLASSES[request.param]
    before = kind.__module__, kind.__qualname__
    kind.__module__, kind.__qualname__ = "somewhere.else", "Renamed"
    yield
    kind.__module__, kind.__qualname__ = before


@pytest.mark.slow
@pytest.mark.usefixtures("moved")
def test_a_class_that_moved_is_still_loaded(model, path):
    """The file knows neither the module of a class nor what Python calls it."""
    leads = leads_of(np.random.default_rng(5), 30)
    assert scored(load_model(path), leads) == scored(model, leads)
    save_model(model, path.with_name("moved"))
    assert path.with_name("moved").read_bytes() == path.read_bytes()


def test_a_class_that_was_written_anew_elsewhere_is_loaded(path, monkeypatch):
    """Only the table says which class has a name."""
    module = ModuleType("elsewhere")
    kind = type("Renamed", (CLASSES["calibration"],), {"__module__": "elsewhere"})
    module.Renamed = dataclass(frozen=True)(kind)
    monkeypatch.setitem(CLASSES, "calibration", module.Renamed)
    line = load_model(path).model.lead_model_.calibration
    assert type(line) is module.Renamed
    assert np.isfinite(line.slope)


def test_the_kept_file_is_still_read(monkeypatch):
    """Renames and moves change nothing for a model that was saved before them."""
    versions, tree, arrays = contents(FILE)
    monkeypatch.setattr(storage.sklearn, "__version__", versions["scikit_learn"])
    loaded = load_model(FILE)
    assert loaded.card.rep_finding.answer == "yes"
    assert loaded.value.predict(rich_leads()).min() > 0
    scores = loaded.model.score(rich_leads(), ["R00", "R01"])
    assert len(set(scores.lead.round(9))) > 1
    assert scores.rep[0] != scores.rep[1]
    writer = TreeWriter()
    assert writer.node(loaded) == tree
    assert {name: VERSIONS[name] for name in writer.names} == versions["objects"]
    for again, kept in zip(writer.arrays, arrays, strict=True):
        assert again.dtype == kept.dtype
        assert np.array_equal(again, kept)


def test_the_kept_file_has_every_kind_of_object():
    """But for those that hold scikit-learn's, and alternatives to what it has."""
    kept = contents(FILE)[0]["objects"].keys()
    others = {"low_overlap_rep", "mean_value", "value_regression"}
    assert kept | others == CLASSES.keys()


class Homemade(GaussianNB):
    """A classifier that nobody vouches for."""


@pytest.mark.slow
def test_a_model_that_could_not_be_loaded_is_not_saved(tmp_path):
    """What is not trusted is refused at once, by name, and no file is left."""
    unfitted = ConversionModel(lead_classifier=Homemade())
    model = train(crm_of(history_of(n=100)[0]), unfitted)
    with pytest.raises(ModelFileError, match="Homemade"):
        save_model(model, tmp_path / "model")
    assert not list(tmp_path.iterdir())

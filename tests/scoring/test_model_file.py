import hashlib

import numpy as np
import pytest
import skops.io
from sklearn.linear_model import LogisticRegression

from scoring import (
    ModelFileError,
    PairScores,
    load_model,
    save_model,
    train,
)
from scoring import model_file as module
from tests.scoring.worlds import crm_of, history_of, leads_of

REPS = ["R03", "nobody", "R00"]


@pytest.fixture(scope="module")
def model():
    return train(crm_of(history_of(n=800, rep_sd=1.0)[0]))


@pytest.fixture
def path(model, tmp_path):
    save_model(model, tmp_path / "model")
    return tmp_path / "model"


def sealed(body):
    digest = hashlib.sha256(body).hexdigest()
    return f"{module.MAGIC} {digest}\n".encode() + body


def test_a_loaded_model_gives_the_same_numbers(model, path):
    """Scores, parameters and card survive to the last bit."""
    loaded = load_model(path)
    leads = leads_of(np.random.default_rng(5), 300)
    saved, read = (m.model.score(leads, REPS) for m in (model, loaded))
    assert saved.lead.tolist() == read.lead.tolist()
    assert saved.rep.tolist() == read.rep.tolist()
    assert loaded.model.get_params() == model.model.get_params()
    assert loaded.card == model.card


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
    """A file of a later rightrep says so."""
    path.write_bytes(path.read_bytes().replace(b"model 1 ", b"model 2 ", 1))
    with pytest.raises(ModelFileError, match="model 2"):
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

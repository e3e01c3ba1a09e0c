"""A model on disk: no pickle, whole, checked, and the same bytes for the same model.

skops is imported where a model is saved or loaded, since that takes a second.
"""

import hashlib
import io
import json
import re
import warnings
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
import sklearn
from sklearn.exceptions import InconsistentVersionWarning

from crm.writing import write_whole
from scoring.sound_trees import has_unsound_tree
from scoring.training import TrainedModel

MAGIC = "rightrep model 2"
TRUSTED = (
    # Of functions that are trusted themselves, none other.
    "functools.partial",
    "numpy.dtype",
    "scoring.diagnostics.balance.Balance",
    "scoring.lead_model.calibration.Calibration",
    "scoring.card.parts.MaturityFigures",
    "scoring.card.content.ModelCard",
    "scoring.card.parts.RepFigure",
    "scoring.card.parts.RepFinding",
    "scoring.card.parts.Teaching",
    "scoring.card.parts.ValueFinding",
    "scoring.censoring.delays.ClosingDelays",
    "scoring.lead_model.selection.Contest",
    "scoring.deal_value.value.DealValue",
    "scoring.lead_features.features.Features",
    "scoring.lead_model.lead_model.LeadPart",
    "scoring.censoring.weights.Maturity",
    "scoring.diagnostics.measures.Bin",
    "scoring.diagnostics.measures.Figures",
    "scoring.diagnostics.measures.Gain",
    "scoring.conversion_model.ConversionModel",
    "scoring.origins.finding.OriginFinding",
    "scoring.origins.finding.RepOrigins",
    "scoring.deal_value.own.MeanValue",
    "scoring.deal_value.own.OwnValue",
    "scoring.rep_effects.interaction_columns.MatchColumns",
    "scoring.rep_effects.variance_component.Component",
    "scoring.rep_effects.rep_effects.RepPart",
    "scoring.rep_effects.significance.SpreadTest",
    "scoring.rep_effects.win_rates.WinRates",
    "scoring.diagnostics.stratum.StratumBalance",
    "scoring.diagnostics.stratum.ThinRep",
    "scoring.training.TrainedModel",
    "scoring.diagnostics.validation.Measures",
    "scoring.diagnostics.validation.Validation",
    "scoring.deal_value.contest.ValueContest",
    "scoring.deal_value.regression.ValueRegression",
    "sklearn._loss.link.Interval",
    "sklearn._loss.link.LogitLink",
    "sklearn._loss.loss.HalfBinomialLoss",
    "sklearn.calibration._CalibratedClassifier",
    "sklearn.calibration._SigmoidCalibration",
    "sklearn.ensemble._hist_gradient_boosting.binning._BinMapper",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
    "sklearn.model_selection._split.StratifiedKFold",
    "sklearn.neural_network._stochastic_optimizers.AdamOptimizer",
    # Checked once loaded, for scikit-learn follows its numbers blindly.
    "sklearn.tree._tree.Tree",
    "sklearn.utils.validation.check_array",
)


ID = r"""((?:"is_json": true,\s+)?"__id__": |"file": ")(\d+)"""
"""Where an archive's index names an object by its address in memory."""


class ModelFileError(ValueError):
    """The file is not a model that can be trusted to give the same numbers."""


def save_model(model: TrainedModel, path: Path) -> None:
    """Write the model and its card, whole or not at all.

    The first line names the format and the checksum of what follows: a line on
    versions, then an archive of the model.

    Parameters
    ----------
    model
        A trained model with its card.
    path
        File to write; one already there is replaced.

    Raises
    ------
    ModelFileError
        If the model has parts that would not be trusted when it is loaded, such as
        a classifier that is not scikit-learn's.
    OSError
        If the folder cannot be written to.
    """
    import skops.io

    archive = skops.io.dumps(model)
    strange = set(skops.io.get_untrusted_types(data=archive)) - set(TRUSTED)
    if strange:
        raise ModelFileError(
            f"{path}: no model file can hold {', '.join(sorted(strange))}"
        )
    versions = {"scikit_learn": sklearn.__version__, "skops": skops.__version__}
    body = json.dumps(versions).encode() + b"\n" + renumbered(archive)
    write_whole(path, f"{MAGIC} {checksum(body)}\n".encode() + body)


def load_model(path: Path) -> TrainedModel:
    """Return the model of a file, which scores exactly as the saved one did.

    Parameters
    ----------
    path
        File written by :func:`save_model`.

    Raises
    ------
    ModelFileError
        If the file cannot be read, is not a model, is of another format or minor
        version of scikit-learn, was changed or cut, or holds anything but a model.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelFileError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        return read_archive(checked_archive(content))
    except ModelFileError as error:
        raise ModelFileError(f"{path}: {error}") from error.__cause__


def checked_archive(content: bytes) -> bytes:
    """Return the archive inside a model file of this format and these versions."""
    first, _, body = content.partition(b"\n")
    magic, _, digest = first.decode("ascii", "replace").rpartition(" ")
    if not magic.startswith("rightrep model"):
        raise ModelFileError("not a rightrep model")
    if magic != MAGIC:
        raise ModelFileError(f"format is {magic!r}, expected {MAGIC!r}; train again")
    if digest != checksum(body):
        raise ModelFileError("was changed or cut after it was saved; train again")
    versions, _, archive = body.partition(b"\n")
    saved = json.loads(versions)["scikit_learn"]
    if minor(saved) != minor(sklearn.__version__):
        raise ModelFileError(
            f"was saved with scikit-learn {saved}, this is {sklearn.__version__}: "
            f"train again, or install scikit-learn {minor(saved)}"
        )
    return archive


def read_archive(archive: bytes) -> TrainedModel:
    """Return the model in an archive that holds nothing but trusted types."""
    import skops.io

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", InconsistentVersionWarning)
            model = skops.io.loads(archive, trusted=list(TRUSTED))
    except Exception as error:
        raise ModelFileError(f"holds no model that can be trusted: {error}") from error
    if not isinstance(model, TrainedModel):
        raise ModelFileError(f"holds a {type(model).__name__}, not a model")
    if has_unsound_tree(model):
        raise ModelFileError("holds a decision tree that points outside its own table")
    return model


def renumbered(archive: bytes) -> bytes:
    """Return the archive with ids counted from 0 instead of memory addresses.

    Equal texts and numbers may or may not be one object, so each gets its own id.
    """
    numbers: dict[str, int] = {}

    def count(match: re.Match[str]) -> str:
        plain = f"plain {len(numbers)}" if "is_json" in match[1] else ""
        return match[1] + str(numbers.setdefault(plain or match[2], len(numbers)))

    renewed = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as old, ZipFile(renewed, "w") as new:
        schema = old.read("schema.json").decode()
        schema = re.sub(ID, count, schema)
        new.writestr(ZipInfo("schema.json"), schema, ZIP_DEFLATED)
        for address, number in numbers.items():
            if f"{address}.npy" in old.namelist():
                array = without_padding(old.read(f"{address}.npy"))
                new.writestr(ZipInfo(f"{number}.npy"), array, ZIP_DEFLATED)
    return renewed.getvalue()


def without_padding(array: bytes) -> bytes:
    """Return a saved array with zeros where records have gaps between their fields."""
    records = np.load(io.BytesIO(array), allow_pickle=False)
    if records.dtype.names is None:
        return array
    clean = np.zeros(records.shape, records.dtype)
    for name in records.dtype.names:
        clean[name] = records[name]
    saved = io.BytesIO()
    np.save(saved, clean, allow_pickle=False)
    return saved.getvalue()


def checksum(body: bytes) -> str:
    """Return the SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def minor(version: str) -> str:
    """Return the first two numbers of a version."""
    return ".".join(version.split(".")[:2])

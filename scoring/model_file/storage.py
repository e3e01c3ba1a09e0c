"""A model on disk: no pickle, whole, checked, and the same bytes for the same model."""

import warnings
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import sklearn

from crm.files import write_whole
from scoring.conversion.conversion_model import TrainedModel
from scoring.model_file.acceptance import check_scores
from scoring.model_file.codec import TreeReader, TreeWriter
from scoring.model_file.container import (
    ModelFileError,
    model_bytes,
    opened,
    packed,
    stated_versions,
    unpacked,
)
from scoring.model_file.sound_trees import has_unsound_tree
from scoring.model_file.value_objects import VERSIONS


def save_model(model: TrainedModel, path: str | Path) -> None:
    """Write the model and its card, whole or not at all.

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
    write_whole(Path(path), file_content(model, path))


def file_content(model: TrainedModel, path: str | Path) -> bytes:
    """Return the bytes of a model's file.

    Parameters
    ----------
    model, path
        As for :func:`save_model`, which writes them.

    Raises
    ------
    ModelFileError
        As for :func:`save_model`.
    """
    writer = TreeWriter()
    try:
        tree = writer.node(model)
    except ValueError as error:
        raise ModelFileError(f"{path}: no model file can hold {error}") from error
    versions = {
        "scikit_learn": sklearn.__version__,
        "numpy": np.__version__,
        "objects": {name: VERSIONS[name] for name in sorted(writer.names)},
    }
    return model_bytes(versions, packed(tree, writer.arrays))


def load_model(path: str | Path) -> TrainedModel:
    """Return the model of a file, which scores exactly as the saved one did.

    Parameters
    ----------
    path
        File written by :func:`save_model`.

    Raises
    ------
    ModelFileError
        If the file cannot be read, is not a model, is of another format or minor
        version of scikit-learn, was changed or cut, holds anything but a model, or
        one that does not score invented leads.
    """
    try:
        with opened(Path(path)) as file:
            check_versions(stated_versions(file))
            return checked_model(file)
    except ModelFileError as error:
        raise ModelFileError(f"{path}: {error}") from error.__cause__


def check_versions(versions: dict[str, Any]) -> None:
    """Raise unless this rightrep and this scikit-learn read files of these versions."""
    saved, objects = versions.get("scikit_learn"), versions.get("objects")
    if not isinstance(saved, str) or not isinstance(objects, dict):
        raise ModelFileError("has no line on versions; train again")
    if minor(saved) != minor(sklearn.__version__):
        raise ModelFileError(
            f"was saved with scikit-learn {saved}, this is {sklearn.__version__}: "
            f"train again, or install scikit-learn {minor(saved)}"
        )
    changed = [name for name in objects if VERSIONS.get(name) != objects[name]]
    if changed:
        raise ModelFileError(
            f"holds another version of {', '.join(changed)} than this rightrep reads; "
            "train again"
        )


def checked_model(file: BinaryIO) -> TrainedModel:
    """Return the model in the archive of a file, once it has scored invented leads."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree, arrays = unpacked(file)
            model = TreeReader(arrays).content(tree)
            if not isinstance(model, TrainedModel):
                raise ValueError(f"it is a {type(model).__name__}")
            if has_unsound_tree(model):
                raise ValueError("a decision tree that points outside its own table")
            check_scores(model)
    except Exception as error:
        raise ModelFileError(f"holds no model that can be trusted: {error}") from error
    return model


def minor(version: str) -> str:
    """Return the first two numbers of a version."""
    return ".".join(version.split(".")[:2])

"""Fitting the model again: it takes the place of the old one, or the old one stays."""

import os
from datetime import UTC
from hashlib import sha256
from pathlib import Path

import pandas as pd

from crm import write_whole
from ledger import Ledger
from ledger.learning.models import FittedModel, add_model
from reporting import card_json
from reporting.text.model.retraining import (
    RetrainFigures,
    Verdict,
    figures_of,
    retrain_text,
)
from runs.company.people import actor
from runs.folder.manifest import json_text
from runs.job.scored import check_columns, find_model, untrained
from runs.prepared.identity import DIGITS
from runs.prepared.ledger_place import is_there, ledger_place
from runs.prepared.prepared import Prepared
from runs.prepared.stages import Stage, silent
from runs.retraining.out_of_time import OutOfTime, compared
from scoring import TrainedModel, load_model
from scoring.model_file.storage import file_content

PREVIOUS = ".previous"
"""End of the name under which the model before is kept."""


def retrain(
    prepared: Prepared, path: Path, by: str = "", stage: Stage = silent
) -> tuple[RetrainFigures, TrainedModel]:
    """Return what became of the model that was fitted, and the model.

    It takes the place of the file where it is not worse out of time, whole or not at
    all; the file before stays beside it. The ledger has the verdict.

    Parameters
    ----------
    prepared
        The scenario with its history.
    path
        The model file in use; it need not be there yet.
    by
        Who does it.

    Raises
    ------
    DataError
        Where no model can be fitted.
    ModelFileError
        Where the file in use cannot be read, or was fitted on other columns.
    """
    old = load_model(path) if os.path.exists(path) else None
    if old is not None:
        check_columns(old, prepared, path)
    new = find_model(prepared, None, stage)
    stage("comparing")
    figures = _judged(prepared, path, old, new)
    if figures.verdict in ("unchanged", "not_compared"):
        return figures, new
    content = file_content(new, path)
    fitted = FittedModel(
        model_id=sha256(content).hexdigest()[:DIGITS],
        at=prepared.crm.as_of.tz_convert(UTC).floor("us").to_pydatetime(warn=False),
        verdict=figures.verdict,
        reason=retrain_text(figures),
        actor=by or actor(),
        figures=figures_of(figures),
    )
    place = ledger_place(prepared.file)
    if place is None or not is_there(place):
        _put_in_place(figures, path, content, new)
        return figures, new
    with Ledger(place) as ledger, ledger.writing() as connection:
        add_model(connection, fitted)
        _put_in_place(figures, path, content, new)
    return figures, new


def _put_in_place(
    figures: RetrainFigures, path: Path, content: bytes, new: TrainedModel
) -> None:
    """Write the model and its card, the one before first to its place beside it."""
    if not figures.is_kept:
        return
    if os.path.exists(path):
        write_whole(path.with_name(f"{path.name}{PREVIOUS}"), path.read_bytes())
    card = path.with_name(f"{path.name}.card.json")
    write_whole(card, json_text(card_json(new.card)))
    write_whole(path, content)


def _judged(
    prepared: Prepared, path: Path, old: TrainedModel | None, new: TrainedModel
) -> RetrainFigures:
    if old is None:
        return RetrainFigures(str(path), "first")
    if pd.Timestamp(old.card.training.as_of) == prepared.crm.as_of:
        return RetrainFigures(str(path), "unchanged")
    result = compared(prepared.crm, untrained(prepared.file.scenario), old, new)
    if isinstance(result, str):
        return RetrainFigures(str(path), "not_compared", result)
    return RetrainFigures(
        model=str(path),
        verdict=_verdict(result),
        since=result.since,
        n_test=result.n_test,
        n_won=result.n_won,
        old=result.old,
        new=result.new,
        gain=result.gain,
    )


def _verdict(result: OutOfTime) -> Verdict:
    if result.gain.is_loss:
        return "worse"
    return "better" if result.gain.low > 0 else "not_worse"

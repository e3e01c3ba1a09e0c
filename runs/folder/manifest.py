"""The manifest of a run folder: how the day was solved, from what, and its files."""

import hashlib
import json
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ValidationError

from crm import DataError, Issue
from reporting.text.json_record import record_of
from runs.experiment.recorded import RecordedExperiment, recorded_experiment
from solver import Conflict, Status

if TYPE_CHECKING:
    from runs.job.run import Run

LIBRARIES = ("rightrep", "ortools", "numpy", "scikit-learn", "pandas")


class Manifest(BaseModel):
    """The part of ``manifest.json`` that is read back."""

    status: Status
    conflict: Conflict | None = None
    engine: str
    objective: float | None
    bound: float | None
    penalties: dict[str, float] = {}
    n_assigned: int
    n_unassigned: int
    experiment: Annotated[RecordedExperiment, BeforeValidator(recorded_experiment)] = (
        RecordedExperiment()
    )
    files: dict[str, str]


def manifest_of(
    run: "Run", model: Path | None, files: Mapping[str, str | bytes]
) -> dict[str, Any]:
    """Return the content of ``manifest.json``.

    Parameters
    ----------
    model
        The model file that was used, if any.
    files
        The other files of the folder.
    """
    result, solution = run.result, run.result.solution
    return {
        "status": str(result.status),
        "conflict": None if run.conflict is None else asdict(run.conflict),
        "engine": result.engine,
        "prices": result.price_kind,
        "objective": record_of(result.objective),
        "penalties": result.solution.penalties,
        "bound": record_of(result.bound),
        "gap": record_of(result.gap),
        "n_leads": len(solution.pair),
        "n_assigned": solution.n_assigned,
        "n_unassigned": solution.n_unassigned,
        "experiment": _experiment(run),
        "seed": run.file.scenario.solve.seed,
        "scenario": run.file.scenario.name,
        "as_of": run.crm.as_of.isoformat(),
        "maximise": run.file.scenario.objective.maximise,
        "versions": {
            "python": platform.python_version(),
            **{library: version(library) for library in LIBRARIES},
        },
        "inputs": _inputs(run, model),
        "files": {name: sha256(content) for name, content in files.items()},
        "timings": dict(run.timings),
    }


def _experiment(run: "Run") -> dict[str, Any] | None:
    """Return the record of the experiment; None without one.

    Figures are the model's expectations but for counts and probabilities.
    """
    figures, optimum = run.experiment.figures, run.experiment.optimum
    if figures is None:
        return None
    return {
        "design": figures.design,
        "control_share": figures.control_share,
        "control_policy": figures.control_policy,
        "max_pair_probability": figures.max_pair_probability,
        "control_draws": figures.control_draws,
        "n_control": figures.n_control,
        "n_eligible": figures.n_eligible,
        "optimum": {
            "status": str(optimum.status),
            "objective": record_of(optimum.objective),
        },
        "model_expectation_kept": record_of(figures.share_kept),
    }


def _inputs(run: "Run", model: Path | None) -> dict[str, dict[str, str]]:
    sources = run.file.scenario.data.sources
    paths = run.scored.prepared.inputs | ({} if model is None else {"model": model})
    return {
        name: {
            "file": sources[name].file if name in sources else path.name,
            "sha256": sha256(path.read_bytes()),
        }
        for name, path in paths.items()
    }


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a run folder.

    Raises
    ------
    DataError
        Where there is none, or it is not one of ours.
    """
    path = folder / "manifest.json"
    expected = "not a run folder; name one that rightrep run has written"
    if not os.path.isfile(path):
        raise DataError([Issue(str(path), f"there is no such file: {expected}")])
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise DataError([Issue(str(path), expected)]) from error


def json_text(content: Any) -> str:
    """Return indented JSON; refuses what JSON cannot hold."""
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def sha256(content: str | bytes) -> str:
    """Return the SHA-256 of the content, text as UTF-8, in hexadecimal."""
    raw = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()

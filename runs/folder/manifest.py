"""The manifest of a run folder: how the day was solved, from what, and its files."""

import hashlib
import json
import os
import platform
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ValidationError

from crm import DataError, Issue
from crm.files import hash_of
from reporting.text.layout.json_record import record_of
from runs.experiment.recorded import RecordedExperiment, recorded_experiment
from solver import Conflict, Status

if TYPE_CHECKING:
    from runs.job.run import Run

LIBRARIES = ("rightrep", "ortools", "numpy", "scikit-learn", "pandas")


class InputFile(BaseModel, extra="forbid", strict=True):
    """A file that a run has read."""

    file: str
    sha256: str


class InputQuery(BaseModel, extra="forbid", strict=True):
    """A query whose result a run has read, as :class:`crm.data.QueryRecord` has it."""

    sql: str
    url: str
    n_rows: int
    sha256: str


class Manifest(BaseModel, extra="forbid", strict=True, allow_inf_nan=False):
    """``manifest.json``, read back: every field that :func:`manifest_of` writes."""

    status: Status
    conflict: Conflict | None
    engine: str
    prices: str
    objective: float
    penalties: dict[str, float]
    bound: float | None
    gap: float | None
    reproducible: bool
    n_leads: int
    n_assigned: int
    n_unassigned: int
    experiment: Annotated[RecordedExperiment, BeforeValidator(recorded_experiment)]
    seed: int
    scenario: str
    as_of: str
    maximise: str
    versions: dict[str, str]
    inputs: dict[str, InputFile | InputQuery]
    files: dict[str, str]
    timings: dict[str, float]
    cut_short: list[str] = []
    run_id: str = ""
    partition_size: int | None = None


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
        "conflict": _conflict(run.conflict),
        "engine": result.engine,
        "prices": result.price_kind,
        "objective": record_of(result.objective),
        "penalties": result.solution.penalties,
        "bound": record_of(result.bound),
        "gap": record_of(result.gap),
        "reproducible": run.experiment.optimum.is_reproducible,
        "n_leads": len(solution.pair),
        "n_assigned": solution.n_assigned,
        "n_unassigned": solution.n_unassigned,
        "experiment": _experiment(run),
        "seed": run.file.scenario.solve.seed,
        "scenario": run.file.scenario.name,
        "as_of": run.crm.as_of.tz_convert("UTC").isoformat(),
        "maximise": run.file.scenario.objective.maximise,
        "versions": versions(),
        "inputs": inputs_of(run, model),
        "files": {name: sha256(content) for name, content in files.items()},
        "timings": dict(run.timings),
        **({"cut_short": run.cut_short} if run.cut_short else {}),
        **({"run_id": run.run_id} if run.run_id else {}),
    }


def _conflict(conflict: Conflict | None) -> dict[str, Any] | None:
    if conflict is None:
        return None
    record = asdict(conflict)
    if conflict.is_complete:
        del record["is_complete"]
    return record


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


@cache
def _installed(library: str) -> str:
    return version(library)


def versions() -> dict[str, str]:
    """Return the version of Python, and of each library that a run follows from."""
    own = {library: _installed(library) for library in LIBRARIES}
    return {"python": platform.python_version(), **own}


def inputs_of(run: "Run", model: Path | None) -> dict[str, dict[str, Any]]:
    """Return each file and query that a run has read, with its hash."""
    sources = run.file.scenario.data.sources
    paths = run.scored.prepared.inputs | ({} if model is None else {"model": model})
    files: dict[str, dict[str, Any]] = {
        name: {
            "file": sources[name].file if name in sources else path.name,
            "sha256": hash_of(path),
        }
        for name, path in paths.items()
    }
    return files | {name: asdict(query) for name, query in run.crm.queries.items()}


def is_of(folder: Path, run: "Run") -> bool:
    """Tell whether a folder holds this very run, which its ledger has recorded."""
    return bool(run.run_id) and recorded_run(folder) == run.run_id


def recorded_run(folder: Path) -> str:
    """Return the id of the recorded run that a folder holds; "" where it holds none."""
    try:
        return read_manifest(folder).run_id
    except DataError:
        return ""


def changed_files(folder: Path, manifest: Manifest) -> dict[str, str]:
    """Return the name of each listed file that is not as it was written -> how."""
    changes = {}
    for name, expected in manifest.files.items():
        path = folder / name
        if not os.path.isfile(path):
            changes[name] = "is missing"
        elif hash_of(path) != expected:
            changes[name] = "was changed after the run"
    return changes


def is_of_partitions(folder: Path) -> bool:
    """Tell whether a folder holds the run of a day in partitions."""
    try:
        return read_manifest(folder).partition_size is not None
    except DataError:
        return False


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
        content = json.loads(path.read_bytes(), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise DataError([Issue(str(path), expected)]) from error
    except _TwiceError as error:
        raise DataError([Issue(str(path), f"holds {error} twice")]) from error
    if not isinstance(content, dict) or not {"status", "files"} <= content.keys():
        raise DataError([Issue(str(path), expected)])
    try:
        return Manifest.model_validate_json(json.dumps(content))
    except ValidationError as error:
        raise DataError(_issues(path, error)) from error


class _TwiceError(Exception):
    """A field is there twice."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    for name, count in Counter(name for name, _ in pairs).items():
        if count > 1:
            raise _TwiceError(f"the field {name!r}")
    return dict(pairs)


def _issues(path: Path, error: ValidationError) -> list[Issue]:
    """Return what is wrong with each field."""
    problems = {
        "missing": "the run wrote this field, it is gone",
        "extra_forbidden": "no run writes this field",
    }
    return [
        Issue(
            str(path),
            f"field {'.'.join(map(str, fault['loc']))}: "
            + problems.get(fault["type"], fault["msg"].lower()),
        )
        for fault in error.errors()
    ]


def json_text(content: Any) -> str:
    """Return indented JSON; refuses what JSON cannot hold."""
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def sha256(content: str | bytes) -> str:
    """Return the SHA-256 of the content, text as UTF-8, in hexadecimal."""
    raw = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()

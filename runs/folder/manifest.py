"""The manifest of a run folder: how the day was solved, from what, and its files."""

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from runs.folder.reading import sha256
from runs.job.run import Run
from scoring.card.json_record import record_of

LIBRARIES = ("rightrep", "ortools", "numpy", "scikit-learn", "pandas")


def manifest_of(
    run: Run, model: Path | None, files: Mapping[str, str | bytes]
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


def _experiment(run: Run) -> dict[str, Any] | None:
    """Return what is told of the experiment; None without one.

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


def _inputs(run: Run, model: Path | None) -> dict[str, dict[str, str]]:
    sources = run.file.scenario.data.sources
    paths = run.scored.prepared.inputs | ({} if model is None else {"model": model})
    return {
        name: {
            "file": sources[name].file if name in sources else path.name,
            "sha256": sha256(path.read_bytes()),
        }
        for name, path in paths.items()
    }


def json_text(content: Any) -> str:
    """Return indented JSON; refuses what JSON cannot hold."""
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"

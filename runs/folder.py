"""The run folder: what a run leaves behind."""

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
from ruamel.yaml import YAML

from crm import csv_text
from reporting import Page, card_json, render
from runs.experiment.notes import experiment_record
from runs.experiment.tables import lottery_table, optimum_table
from runs.pair_values import score_tables
from runs.run import Run
from runs.summary import notes, summary
from scoring.card.json_record import record_of
from solver import CHOICE_TEXT, REASON_TEXT

LIBRARIES = ("rightrep", "ortools", "numpy", "scikit-learn", "pandas")
INPUTS = ("leads", "reps", "accounts", "absences")
"""Tables that a run folder keeps as they were read, so that it can be verified."""


def run_files(run: Run, model: Path | None = None) -> dict[str, str | bytes]:
    """Return the files of a run folder: path inside it -> content.

    Parameters
    ----------
    model
        The model file that was used, if any.
    """
    files: dict[str, str | bytes] = {
        "assignments.csv": csv_text(run.assignments),
        "unassigned.csv": csv_text(run.unassigned),
        "prices.csv": csv_text(run.prices),
        "rule_costs.csv": csv_text(run.rule_costs),
        "scenario.yaml": resolved_scenario(run),
        "report.html": render(_page(run)),
        "model_card.json": json_text(card_json(run.scored.trained.card)),
    }
    if run.drawn is not None:
        files["lottery.csv"] = csv_text(lottery_table(run.drawn))
        files["optimum.csv"] = csv_text(optimum_table(run.drawn))
    for table in INPUTS:
        files[f"inputs/{table}.csv"] = csv_text(getattr(run.crm, table))
    for name, scores in kept_scores(run).items():
        files[f"inputs/{name}.csv"] = csv_text(scores)
    files["manifest.json"] = json_text(_manifest(run, model, files))
    return files


def resolved_scenario(run: Run) -> str:
    """Return the scenario as YAML, with `extends` resolved and defaults filled in."""
    scenario = run.file.scenario.model_dump(by_alias=True, exclude_none=True)
    scenario["data"].setdefault("as_of", run.crm.as_of.to_pydatetime(warn=False))
    text = StringIO()
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.dump(scenario, text)
    return text.getvalue()


def kept_scores(run: Run) -> dict[str, pd.DataFrame]:
    """Return what explains the worth of every pair again, without the model."""
    return score_tables(run.crm, run.scored.scores, run.scored.value)


def json_text(content: Any) -> str:
    """Return indented JSON; refuses what JSON cannot hold."""
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _page(run: Run) -> Page:
    warnings = [str(issue) for issue in run.scored.prepared.warnings]
    return Page(
        title=f"{run.file.scenario.name}, {run.crm.as_of:%d %B %Y}",
        summary=summary(run),
        notes=[*notes(run), *warnings],
        assignments=_in_words(run.assignments, CHOICE_TEXT),
        unassigned=_in_words(run.unassigned, REASON_TEXT),
        load=run.load,
        prices=run.prices,
        rule_costs=run.rule_costs,
        card=run.scored.trained.card,
    )


def _in_words(frame: pd.DataFrame, text: Mapping[Any, str]) -> pd.DataFrame:
    return frame.assign(reason=[text[reason] for reason in frame["reason"]])


def _manifest(
    run: Run, model: Path | None, files: Mapping[str, str | bytes]
) -> dict[str, Any]:
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
        "experiment": experiment_record(run),
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


def sha256(content: str | bytes) -> str:
    """Return the SHA-256 of the content, text as UTF-8, in hexadecimal."""
    raw = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()

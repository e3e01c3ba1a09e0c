"""Writing the files of a run folder."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from crm import csv_text
from reporting import card_json, origin_lines, reading_json, render
from runs.folder.manifest import inputs_of, json_text, manifest_of, versions
from runs.folder.reading import INPUTS, READING
from runs.job.pair_values import score_tables
from runs.job.run import Run
from runs.job.scenario_text import resolved_scenario
from runs.page.run_page import page_of_run


def run_files(
    run: Run,
    model: Path | None = None,
    beside: Mapping[str, str | bytes] = MappingProxyType({}),
) -> dict[str, str | bytes]:
    """Return the files of a run folder: path inside it -> content.

    Parameters
    ----------
    model
        The model file that was used, if any.
    beside
        Files that lie in the folder beside those of the run.
    """
    files: dict[str, str | bytes] = {
        "assignments.csv": csv_text(run.assignments),
        "unassigned.csv": csv_text(run.unassigned),
        "kept.csv": csv_text(run.kept),
        "prices.csv": csv_text(run.prices),
        "rule_costs.csv": csv_text(run.rule_costs),
        "reach.csv": csv_text(run.reach),
        "scenario.yaml": resolved_scenario(run),
        "report.html": _page(run, model),
        "model_card.json": json_text(card_json(run.scored.trained.card)),
        READING: json_text(reading_json(run.crm)),
    }
    for name, table in run.experiment.tables.items():
        files[name] = csv_text(table)
    for name in INPUTS:
        files[f"inputs/{name}.csv"] = csv_text(getattr(run.crm, name))
    scored = run.scored
    for name, table in score_tables(run.crm, scored.scores, scored.value).items():
        files[f"inputs/{name}.csv"] = csv_text(table)
    files |= beside
    files["manifest.json"] = json_text(manifest_of(run, model, files))
    return files


def _page(run: Run, model: Path | None) -> str:
    made_from = origin_lines(
        inputs_of(run, model),
        versions(),
        run.result.engine,
        run.file.scenario.solve.seed,
        run.run_id,
    )
    return render(replace(page_of_run(run, model), origin=made_from))

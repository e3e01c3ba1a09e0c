"""Writing the files of a run folder."""

from collections.abc import Mapping
from dataclasses import replace
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

from crm import Issue, csv_text
from reporting import (
    Page,
    card_json,
    choice_text,
    reading_json,
    reason_text,
    render,
)
from runs.folder.manifest import json_text, manifest_of
from runs.folder.reading import INPUTS, READING
from runs.job.pair_values import score_tables
from runs.job.run import Run
from runs.job.summary import notes, summary
from runs.job.tables import in_words
from scenarios import Scenario
from scenarios.errors import ScenarioIssue


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
        "report.html": render(_page(run)),
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


def resolved_scenario(run: Run) -> str:
    """Return the scenario as YAML, with `extends` resolved and defaults filled in."""
    scenario = _plain(run.file.scenario)
    moment = run.crm.as_of.tz_convert("UTC")
    scenario["data"].setdefault("as_of", moment.to_pydatetime(warn=False))
    if run.file.scenario.calendar is not None:
        dated = run.crm.calendar.with_dates(run.crm.today.year)
        scenario["calendar"] = dated.model_dump()
    if scenario["objective"].get("tie_width") is not None:
        scenario["objective"]["tie_width"] = float(run.scored.tie_width)
    if run.scored.ageing is not None and run.scored.ageing.rule is not None:
        rule = run.scored.ageing.rule
        scenario["ageing"] = rule.model_dump(by_alias=True, exclude_none=True)
    return _yaml_text(scenario)


def lasting_scenario(run: Run) -> str:
    """Return the scenario as YAML without what is of the day: moment and morning."""
    rules = run.file.scenario.rules
    own = rules[: len(rules) - len(run.scored.prepared.earlier.rules)]
    scenario = _plain(run.file.scenario.model_copy(update={"rules": own}))
    scenario["data"].pop("as_of", None)
    return _yaml_text(scenario)


def _plain(scenario: Scenario) -> dict[str, Any]:
    return scenario.model_dump(by_alias=True, exclude_none=True)


def _yaml_text(content: dict[str, Any]) -> str:
    text = StringIO()
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.dump(content, text)
    return text.getvalue()


def _page(run: Run) -> Page:
    warnings = [str(_from_anywhere(issue)) for issue in run.warnings]
    return Page(
        title=f"{run.file.scenario.name}, {run.crm.as_of:%d %B %Y}",
        summary=summary(run),
        notes=[*notes(run), *warnings],
        assignments=in_words(run.assignments, choice_text),
        unassigned=in_words(run.unassigned, reason_text),
        load=run.load,
        prices=run.prices,
        rule_costs=run.rule_costs,
        reach=run.reach,
        card=run.scored.trained.card,
        rules=[(rule.name, rule.sentence) for rule in run.scored.day.rules],
    )


def _from_anywhere(issue: Issue) -> Issue:
    """Return an issue of a scenario without the folder that the run was called from."""
    if isinstance(issue, ScenarioIssue):
        return replace(issue, file=Path(issue.file).name)
    return issue

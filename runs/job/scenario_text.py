"""A run's scenario as YAML text."""

from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from runs.job.run import Run
from scenarios import Scenario


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


def scenario_text(scenario: Scenario) -> str:
    """Return a scenario that names its moment as YAML, with defaults filled in."""
    return _yaml_text(_plain(scenario))


def _plain(scenario: Scenario) -> dict[str, Any]:
    return scenario.model_dump(by_alias=True, exclude_none=True)


def _yaml_text(content: dict[str, Any]) -> str:
    text = StringIO()
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.dump(content, text)
    return text.getvalue()

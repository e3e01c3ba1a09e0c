"""Every block of a scenario that a page shows is one that `check` would read."""

from pathlib import Path

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from crm import Source
from scenarios.changes.change_file import read_changes
from scenarios.schema import Data, Scenario, scenario_model
from solver import RULES
from tests.pages.blocks import Block, blocks_of, pages

BLOCKS = [b for page in pages() for b in blocks_of(page) if b.language == "yaml"]
WRONG = {"demo/company/wrong.yaml"}
"""Files that pages write to show a mistake."""
TABLES = {"leads": "leads.csv", "reps": "reps.csv", "history": "history.csv"}
FROM_A_PLUGIN = {"experience"}
"""Kinds of rules that only a page knows."""


def as_scenario(content: dict) -> dict:
    """Return a fragment as a whole scenario: of the file, its data, or a source."""
    if content.keys() <= Source.model_fields.keys():
        content = {"data": {"leads": {"file": "leads.csv", **content}}}
    elif content.keys() <= Data.model_fields.keys():
        content = {"data": content}
    content.pop("extends", None)
    content["data"] = TABLES | content.get("data", {})
    content["rules"] = [rule for rule in content.get("rules", []) if is_whole(rule)]
    examples = [
        case for case in content.pop("tests", []) if {"lead", "lead_id"} & {*case}
    ]
    content |= {"tests": examples} if examples else {}
    return {"version": 1, "name": "shown", **content}


def is_whole(rule: dict) -> bool:
    """Whether it is no change of another file's rule, nor of a plug-in's kind."""
    is_ours = rule.get("kind") in RULES.keys() - FROM_A_PLUGIN
    return is_ours and "enabled" not in rule


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.place)
def test_a_scenario_that_is_shown_can_be_read(block: Block, tmp_path: Path):
    content = YAML(typ="safe").load(block.text)
    if "scenarios" in content:
        path = tmp_path / "changes.yaml"
        path.write_text(block.text, encoding="utf-8")
        assert len(read_changes(path)) == len(content["scenarios"])
        return
    scenario = as_scenario(content)
    model: type[Scenario] = scenario_model()
    if block.name in WRONG:
        with pytest.raises(ValidationError):
            model.model_validate(scenario)
    else:
        model.model_validate(scenario)

"""Files of changes: one scenario, or several named ones."""

from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from crm import TABLES, suggestion
from scenarios.changes.asked import key_or_cell, new_rep
from scenarios.changes.change import Change
from scenarios.changes.new_value import value_of
from scenarios.changes.rows import checked_where
from scenarios.changes.scenario_changes import LaidOver, RuleOff
from scenarios.changes.table_changes import RepAway
from scenarios.changes.variant import Variant
from scenarios.document import Node
from scenarios.errors import ScenarioError, ScenarioIssue, fault
from scenarios.reading import read_document
from scenarios.section import Section

SCENARIOS = "scenarios"


class RowsChanged(Section):
    """Rows of a table, and what is set in them."""

    where: dict[str, Any] = Field({}, description="Which rows; all without it.")
    set: dict[str, Any] = Field(
        min_length=1, description='Column -> value, or text such as "*1.2" or "+5".'
    )


class ChangeSet(Section):
    """One scenario of a file of changes."""

    name: str = Field("", description="What the comparison calls it.")
    set: dict[str, Any] = Field(
        {}, description="Path of the scenario, such as rules.capacity.factor -> value."
    )
    off: list[str] = Field([], description="Names of rules that are left out.")
    overlay: dict[str, list[RowsChanged]] = Field(
        {}, description="Table -> rows that change."
    )
    reps: list[dict[str, Any]] = Field(
        [], description="New reps: rep_id, and like: R3 or the columns."
    )
    away: list[str] = Field([], description="Reps who are away on the day.")
    scenario: dict[str, Any] = Field(
        {}, description="Keys laid over the scenario, as one that extends it does."
    )


def read_changes(path: Path) -> list[Variant]:
    """Return the variants of a file of changes: those under `scenarios`, or its one.

    Raises
    ------
    ScenarioError
        With every fault.
    """
    document = read_document(path)
    listed = document.content.get(SCENARIOS)
    if listed is None:
        return [_variant(document, path.stem)]
    if len(document.content) > 1 or not isinstance(listed.content, list):
        expected = "expected a list under `scenarios`, and nothing beside it"
        raise fault(str(path), listed.line, expected)
    variants = [
        _variant(node, f"{path.stem} {place}")
        for place, node in enumerate(listed.content, start=1)
    ]
    known: set[str] = set()
    for node, variant in zip(listed.content, variants, strict=True):
        if variant.name in known:
            problem = f"two scenarios are called {variant.name!r}"
            raise fault(str(path), node.line, problem)
        known.add(variant.name)
    return variants


def _variant(node: Node, name: str) -> Variant:
    try:
        asked = ChangeSet.model_validate(node.plain())
    except ValidationError as error:
        raise ScenarioError(
            [_issue(node, detail) for detail in error.errors()]
        ) from error
    changes = _changes(asked, node)
    if not changes:
        raise fault(
            node.file, node.line, "nothing is changed; give set, off or overlay"
        )
    return Variant(asked.name or name, tuple(changes))


def _issue(node: Node, error: Any) -> ScenarioIssue:
    at = node.at(*error["loc"])
    message = error["msg"]
    if error["type"] == "extra_forbidden":
        known = (RowsChanged if len(error["loc"]) > 1 else ChangeSet).model_fields
        message = f"unknown key{suggestion(str(error['loc'][-1]), known)}"
    return ScenarioIssue(
        at.file, message, at.line, ".".join(map(str, error["loc"])), excerpt=at.excerpt
    )


def _changes(asked: ChangeSet, node: Node) -> list[Change]:
    def place(*keys: Any) -> str:
        return f"{node.file}, line {node.at(*keys).line}"

    changes: list[Change] = []
    if asked.scenario:
        changes.append(LaidOver(place("scenario"), node.at("scenario")))
    for path, content in asked.set.items():
        source = place("set", path)
        changes.append(key_or_cell(path, value_of(content, source), {}, source))
    changes += [RuleOff(place("off", i), name) for i, name in enumerate(asked.off)]
    for i, cells in enumerate(asked.reps):
        own = {name: value for name, value in cells.items() if name != "rep_id"}
        changes.append(new_rep(str(cells.get("rep_id", "")), own, place("reps", i)))
    for table, entries in asked.overlay.items():
        if table not in TABLES:
            near = suggestion(table, TABLES)
            raise fault(node.file, node.at("overlay", table).line, f"not a table{near}")
        for i, rows in enumerate(entries):
            source = place("overlay", table, i)
            where = checked_where(rows.where, source)
            changes += [
                key_or_cell(f"{table}.{name}", value_of(value, source), where, source)
                for name, value in rows.set.items()
            ]
    changes += [RepAway(place("away", i), rep) for i, rep in enumerate(asked.away)]
    return changes

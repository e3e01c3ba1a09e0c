"""Validation of scenario files against the schema, each fault with its line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Self, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from crm import Issue, Source, suggestion
from scenarios.document import Key, Node, Spot
from scenarios.errors import ScenarioError, ScenarioIssue
from scenarios.reading import read_document
from scenarios.schema import RENAMED, Scenario, scenario_model
from solver import RULES, Rule

_OBJECT = "expected keys, each with a value"
_LIST = "expected a list, each entry on a line that begins with -"
IN_WORDS = {
    "string_type": "expected text; put it in quotes",
    "string_too_short": "expected text, this is empty",
    "int_type": "expected a whole number",
    "float_type": "expected a number without quotes and unit",
    "bool_type": "expected true or false",
    "list_type": _LIST,
    "too_short": "expected at least one entry",
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
}
"""Type of a validator's error -> what was expected, in words of scenario files."""


@dataclass(frozen=True)
class ScenarioFile:
    """A valid scenario, and where each of its values stands.

    Attributes
    ----------
    path
        The file.
    scenario
        What it says, with defaults filled in.
    document
        Its values with their places.
    """

    path: Path
    scenario: Scenario
    document: Node

    def at(self, as_of: datetime | date) -> Self:
        """Return the scenario at another moment than the file says."""
        return self._with_data(as_of=as_of)

    def read_by(self, sources: Mapping[str, Source]) -> Self:
        """Return the scenario with its sources as the tables were read by them."""
        return self._with_data(**sources)

    def with_rules(self, *rules: Rule) -> Self:
        """Return the scenario with more rules, which stand in no file."""
        more = {"rules": [*self.scenario.rules, *rules]}
        scenario = self.scenario.model_copy(update=more)
        return replace(self, scenario=scenario)

    def _with_data(self, **update: Any) -> Self:
        data = self.scenario.data.model_copy(update=update)
        scenario = self.scenario.model_copy(update={"data": data})
        return replace(self, scenario=scenario)

    def issue(self, keys: tuple[Key, ...], expected: str, **also: Any) -> Issue:
        """Return an issue that stands where these keys lead."""
        return _issue_at(self.document.at(*keys), keys, expected, **also)


def read_scenario(path: Path) -> ScenarioFile:
    """Return a scenario file, valid against the schema.

    Raises
    ------
    ScenarioError
        With every fault: unknown keys, wrong types and units, missing keys.
    """
    return validated(path, read_document(path))


def validated(path: Path, document: Node) -> ScenarioFile:
    """Return a document as a scenario file, valid against the schema.

    Raises
    ------
    ScenarioError
        As for :func:`read_scenario`.
    """
    try:
        scenario = scenario_model().model_validate(document.plain())
    except ValidationError as error:
        issues = [_issue(document, detail) for detail in error.errors()]
        raise ScenarioError(sorted(issues, key=_in_file)) from error
    file = ScenarioFile(path, scenario, document)
    if issues := list(_same_names(file)):
        raise ScenarioError(issues)
    return file


def _in_file(issue: Issue) -> tuple[str, int, int]:
    """Return what orders issues as their file has them."""
    character = issue.excerpt.character if issue.excerpt else 0
    return issue.file, issue.row or 0, character


def _same_names(file: ScenarioFile) -> Iterator[Issue]:
    seen: set[str] = set()
    for i, rule in enumerate(file.scenario.rules):
        if rule.name in seen:
            expected = "two rules share this name; give each a name of its own"
            yield file.issue(("rules", i, "name"), expected, value=rule.name)
        seen.add(rule.name)
    examples: set[str] = set()
    for i, example in enumerate(file.scenario.tests or ()):
        if example.name in examples:
            expected = "two tests share this name; give each a name of its own"
            yield file.issue(("tests", i, "name"), expected, value=example.name)
        examples.add(example.name)


def _issue(document: Node, error: ErrorDetails) -> Issue:
    node = document.at(*error["loc"])
    keys = document.known_keys(*error["loc"])
    expected, value = _sentence(error), node.text
    if error["type"] in {"missing", "value_error"}:
        value = None
    if error["type"] == "missing":
        keys = (*keys, error["loc"][-1])
    of_key = error["type"] in {"missing", "value_error", "extra_forbidden"}
    spot = node.key if of_key and node.key else node.spot
    if error["type"] == "union_tag_invalid":
        spot = node.at("kind").spot
    return _issue_at(node, keys, expected, spot=spot, value=value)


def _issue_at(
    node: Node,
    keys: tuple[Key, ...],
    expected: str,
    *,
    spot: Spot | None = None,
    **also: Any,
) -> Issue:
    """Return an issue with a node, and with the part of its line that is meant."""
    spot = spot or node.spot
    line, excerpt = (node.line, None) if spot is None else (spot.line, spot.excerpt)
    return ScenarioIssue(
        node.file, expected, line, _dotted(keys), excerpt=excerpt, **also
    )


def _sentence(error: ErrorDetails) -> str:
    """Return what was expected, with the schema's own words about the key."""
    if error["type"] == "extra_forbidden":
        *parents, key = error["loc"]
        if key in RENAMED:
            return f"this key was renamed to {RENAMED[str(key)]!r}"
        model = _model_at(Scenario, parents)
        known = ["extends"] if model is Scenario else []
        known += [f.alias or n for n, f in model.model_fields.items()] if model else []
        return f"unknown key{suggestion(str(key), known)}"
    if error["type"] == "missing":
        return "this key is required"
    if error["type"] == "union_tag_invalid":
        kinds = error["ctx"]["expected_tags"].replace("'", "")
        near = suggestion(str(error["ctx"]["tag"]), kinds.split(", "))
        return f"unknown kind of rule {error['ctx']['tag']!r}{near}; there are {kinds}"
    if error["type"] == "union_tag_not_found":
        return "a rule needs a kind, such as kind: capacity"
    if error["type"] == "value_error":
        return error["msg"].removeprefix("Value error, ")
    message = error["msg"].replace("Input should be", "expected")
    message = IN_WORDS.get(error["type"], message)
    about = _description(error["loc"])
    return f"{message[0].lower()}{message[1:]}" + (f" ({about})" if about else "")


def _description(keys: tuple[Key, ...]) -> str:
    for length in range(len(keys), 0, -1):
        model = _model_at(Scenario, list(keys[: length - 1]))
        field = model.model_fields.get(str(keys[length - 1])) if model else None
        if field and field.description:
            return field.description.rstrip(".")
    return ""


def _model_at(model: type[BaseModel], keys: list[Key]) -> type[BaseModel] | None:
    """Return the schema's model at the end of a validator's path."""
    kind: Any = model
    for key in keys:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            field = kind.model_fields.get(str(key))
            kind = field.annotation if field else kind
        elif isinstance(key, str):
            kind = RULES.get(key, kind)
        models = list(_models(kind))
        if len(models) == 1 and get_origin(kind) is not list:
            kind = models[0]
    models = list(_models(kind))
    return models[0] if len(models) == 1 else None


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models an annotation is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in {list, Annotated, Union, UnionType, dict}:
        for part in get_args(annotation):
            yield from _models(part)


def _dotted(keys: tuple[Key, ...]) -> str:
    return ".".join(str(key) for key in keys)

"""A day under some changes: one variant among several."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Any

from crm import CrmData
from scenarios.changes.change import Change, Changed
from scenarios.changes.contradictions import refuse_contradictions
from scenarios.checks import scenario_issues
from scenarios.document import Node
from scenarios.errors import ScenarioError, fault
from scenarios.validation import ScenarioFile, validated

MOST_VARIANTS = 200
"""Variants that are compared at once."""


@dataclass(frozen=True)
class Variant:
    """A day under some changes.

    Attributes
    ----------
    name
        What comparisons call it.
    changes
        What is changed, one after the other.
    """

    name: str
    changes: tuple[Change, ...] = ()

    def file(self, file: ScenarioFile) -> ScenarioFile:
        """Return the scenario as changed, valid against the schema.

        Raises
        ------
        ScenarioError
            Where a change names what is not there, undoes another one, or leads to what
            the schema refuses.
        """
        refuse_contradictions(self.changes, file)
        document = file.document
        for change in self.changes:
            document = change.on_document(document, file)
        if document is file.document:
            return file
        changed = validated(file.path, document)
        return _with_unwritten(changed, file, document)

    def applied(self, file: ScenarioFile, crm: CrmData) -> Changed:
        """Return scenario and tables as changed, checked against each other.

        Raises
        ------
        ScenarioError
            With everything found wrong that was not so before.
        """
        after = self.file(file)
        told = (change.of_scenario(file, after) for change in self.changes)
        day = Changed(after, crm, tuple(filter(None, told)))
        for change in self.changes:
            day = change.on_tables(day)
        known = {str(issue) for issue in scenario_issues(file, crm)}
        issues = [i for i in scenario_issues(day.file, day.crm) if str(i) not in known]
        if any(issue.severity == "error" for issue in issues):
            raise ScenarioError(issues)
        return replace(day, warnings=tuple(issues))


def _with_unwritten(
    changed: ScenarioFile, before: ScenarioFile, document: Node
) -> ScenarioFile:
    """Return the scenario with what the one before had from elsewhere than its file."""
    written = {id(node) for node in before.document.content.values()}
    if id(document.content.get("data")) in written:
        scenario = changed.scenario.model_copy(update={"data": before.scenario.data})
        changed = replace(changed, scenario=scenario)
    elif before.scenario.data.as_of and _moment(document) == _moment(before.document):
        changed = changed.at(before.scenario.data.as_of)
    rules = before.document.content.get("rules")
    n_written = len(rules.content) if rules else 0
    return changed.with_rules(*before.scenario.rules[n_written:])


def _moment(document: Node) -> Any:
    data = document.content.get("data")
    return None if data is None else data.get("as_of")


def combined(
    parts: Sequence[Sequence[Variant]], most: int = MOST_VARIANTS
) -> list[Variant]:
    """Return every combination of one variant of each part.

    Raises
    ------
    ScenarioError
        Where there would be more than `most`.
    """
    count = prod(map(len, parts))
    if count > most:
        sizes = " x ".join(str(len(part)) for part in parts)
        problem = (
            f"{sizes} make {count:,} variants; at most {most} are compared at once"
        )
        raise fault("whatif", None, f"{problem}: give larger steps, or fewer ranges")
    return [_joined(chosen) for chosen in product(*parts)]


def _joined(chosen: Iterable[Variant]) -> Variant:
    chosen = list(chosen)
    name = ", ".join(filter(None, (variant.name for variant in chosen)))
    return Variant(name, tuple(c for variant in chosen for c in variant.changes))

"""Changes of the scenario: a key set, a rule off, keys laid over."""

from dataclasses import dataclass
from typing import Any

from scenarios.changes.change import Change, Target
from scenarios.changes.keys import (
    RULES_KEY,
    keys_of,
    plain_at,
    rule_called,
    rule_name,
    with_value,
    without_rule,
)
from scenarios.changes.new_value import NewValue
from scenarios.changes.operation import changed_value
from scenarios.changes.wording import node_of, shown
from scenarios.document import Node
from scenarios.errors import fault
from scenarios.overlay import overlay
from scenarios.validation import ScenarioFile


@dataclass(frozen=True)
class KeyChange(Change):
    """A key of the scenario gets another value.

    Attributes
    ----------
    path
        Such as ``rules.capacity.factor``: rules by name, or by a kind that one has.
    value
        The new value.
    """

    path: str
    value: NewValue

    @property
    def label(self) -> str:
        """The path and the value."""
        return f"{self.path.removeprefix(f'{RULES_KEY}.')} {self.value.words}"

    @property
    def sets_anew(self) -> bool:
        """Whether the value does not depend on the one before."""
        return not self.value.is_relative

    def target(self, file: ScenarioFile) -> Target:
        """Return the keys of the path."""
        return keys_of(self.path, file.scenario, self.source)

    def on_document(self, document: Node, file: ScenarioFile) -> Node:
        """Return the scenario's values with this one changed."""
        keys = keys_of(self.path, file.scenario, self.source)
        if keys[0] == RULES_KEY and len(keys) < 3:
            expected = "name a key of the rule, such as rules.capacity.factor"
            raise fault(self.source, None, expected)
        before = _written(document, keys)
        if before is None:
            before = plain_at(file.scenario, keys)
        after = changed_value(before, self.value, self.path, self.source)
        return with_value(document, keys, node_of(after, self.source))

    def of_scenario(self, before: ScenarioFile, after: ScenarioFile) -> str:
        """Return the key with the value that it had and has."""
        keys = keys_of(self.path, before.scenario, self.source)
        old, new = plain_at(before.scenario, keys), plain_at(after.scenario, keys)
        if old == new:
            return f"{_named(keys)} is {shown(new)} already: nothing changes"
        return f"{_named(keys)}: {shown(old)} -> {shown(new)}"


@dataclass(frozen=True)
class RuleOff(Change):
    """A rule is left out.

    Attributes
    ----------
    name
        Of the rule, or a kind that one has.
    """

    name: str

    @property
    def label(self) -> str:
        """Which rule is off."""
        return f"{self.name} off"

    @property
    def takes_out(self) -> bool:
        """True: no key of the rule is left."""
        return True

    def target(self, file: ScenarioFile) -> Target:
        """Return the keys of the rule."""
        name = rule_called(self.name, file.scenario, self.source).name
        return RULES_KEY, name

    def on_document(self, document: Node, file: ScenarioFile) -> Node:
        """Return the scenario's values without the rule."""
        name = rule_called(self.name, file.scenario, self.source).name
        return without_rule(document, name)

    def of_scenario(self, before: ScenarioFile, after: ScenarioFile) -> str:
        """Return the rule that is off, and what it asked."""
        rule = rule_called(self.name, before.scenario, self.source)
        return f"rule {rule.name} off: {rule.sentence}"


@dataclass(frozen=True)
class LaidOver(Change):
    """Keys laid over the scenario's, as a scenario does that extends another.

    Attributes
    ----------
    over
        The keys.
    """

    over: Node

    @property
    def label(self) -> str:
        """The keys that are laid over."""
        return ", ".join(self.over.content)

    def on_document(self, document: Node, file: ScenarioFile) -> Node:
        """Return the scenario's values with these over them."""
        return overlay(document, self.over)

    def of_scenario(self, before: ScenarioFile, after: ScenarioFile) -> str:
        """Return the sections that differ."""
        sections = [
            name
            for name in type(before.scenario).model_fields
            if getattr(before.scenario, name) != getattr(after.scenario, name)
        ]
        return f"laid over: {', '.join(sections)}" if sections else "nothing changes"


def _written(document: Node, keys: tuple[Any, ...]) -> Any:
    """Return what the document says at the end of the keys, None for nothing."""
    node: Node | None = document
    for key in keys:
        node = None if node is None else _child(node, key)
    return None if node is None else node.plain()


def _child(node: Node, key: Any) -> Node | None:
    if isinstance(node.content, dict):
        child: Node | None = node.content.get(str(key))
        return child
    if isinstance(node.content, list):
        for place, entry in enumerate(node.content):
            named = isinstance(entry.content, dict) and rule_name(entry) == key
            if place == key or named:
                return entry if isinstance(entry, Node) else None
    return None


def _named(keys: tuple[Any, ...]) -> str:
    """Return keys as sentences have them: ``min_seniority of rule large deals``."""
    if keys[0] == RULES_KEY:
        return f"{'.'.join(map(str, keys[2:]))} of rule {keys[1]}"
    return ".".join(map(str, keys))

"""Nodes of YAML converted to ours, within bounds that no real file reaches."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from crm import cleaned, invisible, listed, shorten
from scenarios.document import Node
from scenarios.errors import ScenarioError, ScenarioIssue, fault

DEEPEST = 20
"""Levels of nesting; no scenario has more."""
MOST = 100_000
"""Values after aliases are expanded; no scenario has more."""
HIGHEST = 1e15
"""No amount, limit or seed is larger."""
PATHS = {
    *("file", "extends", "ledger"),
    *("leads", "reps", "history", "accounts", "absences"),
}
"""Keys whose text names a file, as the disk spells it."""
TAGS = ("null", "bool", "int", "float", "str", "timestamp", "map", "seq")
"""Types of YAML that a scenario has; each goes without saying."""
YEARS = range(1700, 2200)
"""The years that times can have, here as in the tables."""


def converted(root: MappingNode, file: str) -> Node:
    """Return the YAML document as values that know their lines.

    Raises
    ------
    ScenarioError
        Where a value cannot be read, or the document leaves the bounds.
    """
    conversion = _Conversion(file)
    document = conversion.node(root, _line(root), 0)
    if conversion.issues:
        raise ScenarioError(conversion.issues)
    return document


class _Conversion:
    def __init__(self, file: str) -> None:
        self.file = file
        self.issues: list[ScenarioIssue] = []
        self.count = 0
        self.constructor = YAML(typ="safe", pure=True).constructor

    def node(self, yaml: Any, line: int, depth: int, key: str = "") -> Node:
        self.count += 1
        if depth > DEEPEST or self.count > MOST:
            raise fault(self.file, line, "nested too deeply or too large")
        self._check_tag(yaml)
        content = self._content(yaml, depth)
        if isinstance(content, str) and "\n" not in content and key not in PATHS:
            content = cleaned(content)
        return Node(content, self.file, line)

    def _check_tag(self, yaml: Any) -> None:
        """Report a type that was written out, and that no scenario has."""
        kind = {MappingNode: "map", SequenceNode: "seq"}.get(type(yaml))
        tag = str(yaml.tag)
        known = TAGS if kind is None else (kind,)
        if tag not in {f"tag:yaml.org,2002:{name}" for name in known}:
            shown = shorten(tag.replace("tag:yaml.org,2002:", "!!"))
            self._report(
                _line(yaml), f"the tag {shown!r} has no meaning here; delete it"
            )

    def _content(self, yaml: Any, depth: int) -> Any:
        if isinstance(yaml, MappingNode):
            return dict(self._entries(yaml, depth))
        if isinstance(yaml, SequenceNode):
            return [self.node(item, _line(item), depth + 1) for item in yaml.value]
        return self._scalar(yaml)

    def _entries(self, yaml: MappingNode, depth: int) -> Iterator[tuple[str, Node]]:
        seen: set[str] = set()
        for key, value in yaml.value:
            line, name = _line(key), key.value
            if not isinstance(key, ScalarNode):
                self._report(line, "expected a plain key")
                continue
            if name == "<<":
                self._report(line, "merge keys are not read; `extends` has a base")
                continue
            if name in seen:
                self._report(line, "this key is given twice", name)
            self._check_range(name, line)
            seen.add(name)
            yield cleaned(name), self.node(value, line, depth + 1, name)

    def _scalar(self, yaml: ScalarNode) -> Any:
        try:
            value = self.constructor.construct_object(yaml)
        except (YAMLError, ValueError, OverflowError, KeyError):
            kind = str(yaml.tag).rsplit(":", 1)[-1]
            problem = f"{shorten(yaml.value)!r} cannot be read as {kind}"
            return self._report(_line(yaml), problem)
        self._check_range(value, _line(yaml))
        return value

    def _check_range(self, value: Any, line: int) -> None:
        """Report a value that no table can hold."""
        if isinstance(value, int | float) and not abs(value) <= HIGHEST:
            self._report(line, f"no number goes beyond {HIGHEST:g}; an id needs quotes")
        if isinstance(value, date) and value.year not in YEARS:
            self._report(line, f"expected a year from {YEARS[0]} to {YEARS[-1]}")
        if isinstance(value, str) and ("\0" in value or not _is_writable(value)):
            self._report(line, "expected text without NUL and half characters")
        elif isinstance(value, str) and (signs := invisible(value)):
            unseen = f"characters that nobody sees ({listed(signs, 3)})"
            self._report(line, f"{shorten(value)!r} has {unseen}; delete them")

    def _report(self, line: int, problem: str, key: str | None = None) -> None:
        self.issues.append(ScenarioIssue(self.file, problem, line, key))


def _line(yaml: Any) -> int:
    return int(yaml.start_mark.line) + 1


def _is_writable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)

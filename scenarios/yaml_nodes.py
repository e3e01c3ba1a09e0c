"""Nodes of YAML converted to ours, within bounds that no real file reaches."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from crm import cleaned, invisible, listed, shorten
from scenarios.document import Node, Spot
from scenarios.errors import ScenarioError, ScenarioIssue, fault
from scenarios.spots import spot_of, yaml_lines

DEEPEST = 20
"""Levels of nesting; no scenario has more."""
MOST = 100_000
"""Values after aliases are expanded; no scenario has more."""
HIGHEST = 1e15
"""No amount, limit or seed is larger."""
PATHS = {
    *("file", "extends", "ledger", "tests"),
    *("leads", "reps", "history", "accounts", "absences"),
}
"""Keys whose text names a file, as the disk spells it."""
SIGNS = {"thousands", "split", "with", "separator"}
"""Keys whose text is a sign between others, which may be a space."""
TAGS = ("null", "bool", "int", "float", "str", "timestamp", "map", "seq")
"""Types of YAML that a scenario has; each goes without saying."""
YEARS = range(1700, 2200)
"""The years that times can have, here as in the tables."""


def converted(root: MappingNode | SequenceNode, file: str, text: str) -> Node:
    """Return the YAML document as values that know where they stand.

    Parameters
    ----------
    root
        As YAML has composed it.
    file
        The file, as the user named it.
    text
        What the file holds.

    Raises
    ------
    ScenarioError
        Where a value cannot be read, or the document leaves the bounds.
    """
    conversion = _Conversion(file, text)
    document = conversion.node(root, None, 0)
    if conversion.issues:
        raise ScenarioError(conversion.issues)
    return document


class _Conversion:
    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.lines = yaml_lines(text)
        self.issues: list[ScenarioIssue] = []
        self.count = 0
        self.constructor = YAML(typ="safe", pure=True).constructor

    def node(self, yaml: Any, key: Spot | None, depth: int, name: str = "") -> Node:
        self.count += 1
        value = spot_of(yaml, self.lines)
        place = key or value
        if depth > DEEPEST or self.count > MOST:
            raise fault(self.file, place.line, "nested too deeply or too large")
        self._check_tag(yaml)
        content = self._content(yaml, depth, name)
        as_written = (*PATHS, *SIGNS)
        if isinstance(content, str) and "\n" not in content and name not in as_written:
            content = cleaned(content)
        return Node(content, self.file, place.line, key, value)

    def _check_tag(self, yaml: Any) -> None:
        """Report a type that was written out, and that no scenario has."""
        kind = {MappingNode: "map", SequenceNode: "seq"}.get(type(yaml))
        tag = str(yaml.tag)
        known = TAGS if kind is None else (kind,)
        if tag not in {f"tag:yaml.org,2002:{name}" for name in known}:
            shown = shorten(tag.replace("tag:yaml.org,2002:", "!!"))
            spot = spot_of(yaml, self.lines)
            self._report(spot, f"the tag {shown!r} has no meaning here; delete it")

    def _content(self, yaml: Any, depth: int, name: str) -> Any:
        if isinstance(yaml, MappingNode):
            return dict(self._entries(yaml, depth, name))
        if isinstance(yaml, SequenceNode):
            return [self.node(item, None, depth + 1) for item in yaml.value]
        return self._scalar(yaml)

    def _entries(
        self, yaml: MappingNode, depth: int, of: str
    ) -> Iterator[tuple[str, Node]]:
        seen: set[str] = set()
        for key, value in yaml.value:
            spot, name = spot_of(key, self.lines), key.value
            if not isinstance(key, ScalarNode):
                self._report(spot, "expected a plain key")
                continue
            if name == "<<":
                self._report(spot, "merge keys are not read; `extends` has a base")
                continue
            if name in seen:
                self._report(spot, "this key is given twice", name)
            self._check_range(name, spot)
            seen.add(name)
            sort = of if of in SIGNS else name
            yield cleaned(name), self.node(value, spot, depth + 1, sort)

    def _scalar(self, yaml: ScalarNode) -> Any:
        try:
            value = self.constructor.construct_object(yaml)
        except (YAMLError, ValueError, OverflowError, KeyError):
            kind = str(yaml.tag).rsplit(":", 1)[-1]
            problem = f"{shorten(yaml.value)!r} cannot be read as {kind}"
            return self._report(spot_of(yaml, self.lines), problem)
        self._check_range(value, spot_of(yaml, self.lines))
        return value

    def _check_range(self, value: Any, spot: Spot) -> None:
        """Report a value that no table can hold."""
        if isinstance(value, int | float) and not abs(value) <= HIGHEST:
            self._report(spot, f"no number goes beyond {HIGHEST:g}; an id needs quotes")
        if isinstance(value, date) and value.year not in YEARS:
            self._report(spot, f"expected a year from {YEARS[0]} to {YEARS[-1]}")
        if isinstance(value, str) and ("\0" in value or not _is_writable(value)):
            self._report(spot, "expected text without NUL and half characters")
        elif isinstance(value, str) and (signs := invisible(value)):
            unseen = f"characters that nobody sees ({listed(signs, 3)})"
            self._report(spot, f"{shorten(value)!r} has {unseen}; delete them")

    def _report(self, spot: Spot, problem: str, key: str | None = None) -> None:
        issue = ScenarioIssue(self.file, problem, spot.line, key, excerpt=spot.excerpt)
        self.issues.append(issue)


def _is_writable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)

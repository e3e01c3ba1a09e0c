"""Paths of a scenario, such as ``rules.capacity.factor``, resolved to its keys."""

from typing import Any

from pydantic import BaseModel

from crm import suggestion
from scenarios.changes.wording import node_of
from scenarios.document import Key, Node
from scenarios.errors import fault
from scenarios.schema import Scenario
from solver.rules.base import Rule

RULES_KEY = "rules"


def keys_of(path: str, scenario: Scenario, source: str) -> tuple[Key, ...]:
    """Return the keys of a path; after ``rules`` comes the name of a rule.

    Raises
    ------
    ScenarioError
        Where no rule, or more than one, has the name or kind.
    """
    head, _, rest = path.strip().partition(".")
    if head != RULES_KEY:
        return tuple(map(_key, path.strip().split(".")))
    called, _, inside = rest.rpartition(".")
    names = [*(rule.name for rule in scenario.rules), *_kinds(scenario)]
    for name in sorted(names, key=len, reverse=True):
        if f"{rest}.".lower().startswith(f"{name}.".lower()):
            called, inside = rest[: len(name)], rest[len(name) + 1 :]
            break
    rule = rule_called(called or rest, scenario, source)
    return (RULES_KEY, rule.name, *(map(_key, inside.split(".")) if inside else ()))


def rule_called(name: str, scenario: Scenario, source: str) -> Rule:
    """Return the rule of a name, or of a kind that one rule has.

    Raises
    ------
    ScenarioError
        With the nearest name, or the names of the rules of the kind.
    """
    wanted = name.strip().lower()
    rules = scenario.rules
    if named := [rule for rule in rules if rule.name.lower() == wanted]:
        return named[0]
    of_kind = [rule for rule in rules if rule.kind.lower() == wanted]
    if len(of_kind) == 1:
        return of_kind[0]
    if of_kind:
        names = ", ".join(rule.name for rule in of_kind)
        problem = f"{len(of_kind)} rules are of kind {wanted}: name one of {names}"
        raise fault(source, None, problem)
    known = [rule.name for rule in rules]
    near = suggestion(name, [*known, *_kinds(scenario)])
    there = f"; there are {', '.join(known)}" if known and not near else ""
    raise fault(source, None, f"the scenario has no rule {name!r}{near}{there}")


def _kinds(scenario: Scenario) -> list[str]:
    return [rule.kind for rule in scenario.rules]


def _key(text: str) -> Key:
    return int(text) if text.isdigit() else text


def plain_at(scenario: Scenario, keys: tuple[Key, ...]) -> Any:
    """Return what a scenario says, its defaults included; None where it says nothing.

    Parameters
    ----------
    keys
        As :func:`keys_of` has them.
    """
    value: Any = scenario
    for key in keys:
        value = _inside(value, key)
    return _plain(value)


def _plain(value: Any) -> Any:
    """Return a value without models in it: what they were told, as mappings."""
    if _is_model(value):
        return value.model_dump(exclude_unset=True, by_alias=True)
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return [*map(_plain, value)] if isinstance(value, list | tuple) else value


def _is_model(value: Any) -> bool:
    return isinstance(value, BaseModel)


def _inside(value: Any, key: Key) -> Any:
    if _is_model(value):
        return getattr(value, {"not": "not_"}.get(str(key), str(key)), None)
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, list) and value and isinstance(value[0], Rule):
        return next((rule for rule in value if rule.name == key), None)
    is_place = isinstance(value, list) and isinstance(key, int)
    return value[key] if is_place and int(key) < len(value) else None


def with_value(document: Node, keys: tuple[Key, ...], value: Node) -> Node:
    """Return a document with a value at the end of the keys, on a way made for it.

    Raises
    ------
    ScenarioError
        Where a list ends before its key.
    """
    if not keys:
        return value
    key, *rest = keys
    content = document.content
    if isinstance(content, list):
        place = _place(content, key, value.file)
        entries = list(content)
        entries[place] = with_value(entries[place], tuple(rest), value)
        return _holding(document, entries)
    mapping = content if isinstance(content, dict) else {}
    inner = mapping.get(str(key), node_of({}, value.file))
    inside = with_value(inner, tuple(rest), value)
    return _holding(document, {**mapping, str(key): inside})


def without_rule(document: Node, name: str) -> Node:
    """Return a document without the rule of this name."""
    rules = document.content[RULES_KEY]
    kept = [rule for rule in rules.content if rule_name(rule) != name]
    changed = _holding(rules, kept)
    return _holding(document, {**document.content, RULES_KEY: changed})


def rule_name(rule: Node) -> str:
    """Return what a rule of a document is called: its kind by default."""
    return str(rule.get("name") or rule.get("kind"))


def _place(entries: list[Node], key: Key, source: str) -> int:
    """Return where an entry is: a rule by name, any other by its number."""
    if isinstance(key, int) and key < len(entries):
        return key
    for place, entry in enumerate(entries):
        if isinstance(entry.content, dict) and rule_name(entry) == key:
            return place
    raise fault(source, None, f"the list has no entry {key}, it has {len(entries)}")


def _holding(node: Node, content: Any) -> Node:
    return Node(content, node.file, node.line, node.key, node.value)

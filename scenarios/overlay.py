"""A scenario laid over the one it extends: keys merge, lists and rules by name."""

from dataclasses import replace
from typing import Any

from crm import ALL_TABLES, suggestion
from scenarios.document import Node
from scenarios.errors import fault

ENABLED = "enabled"
NAMED = {"rules", "tests"}
"""Keys whose entries have names."""
CHANGES = {"add", "remove"}
"""Keys of a mapping that changes a list of the base."""


def overlay(base: Node, over: Node) -> Node:
    """Return the base with the other file's values over it.

    Mappings merge key by key and rules by name, a source's columns one by one; ``add``
    and ``remove`` change a list; anything else is replaced.

    Raises
    ------
    ScenarioError
        Where a rule or an entry is to be taken out that the base does not have.
    """
    if _changes_list(base, over):
        return _changed_list(base, over)
    if not (isinstance(base.content, dict) and isinstance(over.content, dict)):
        return over
    content = dict(base.content)
    for key, node in over.content.items():
        known = content.get(key)
        if known is None:
            content[key] = node
        elif key in NAMED:
            content[key] = _overlay_named(known, node, key.removesuffix("s"))
        elif key == "columns":
            content[key] = _overlay_entries(known, node)
        elif key in ALL_TABLES:
            content[key] = overlay(_source(known), _source(node))
        else:
            content[key] = overlay(known, node)
    return replace(over, content=content)


def _overlay_entries(base: Node, over: Node) -> Node:
    """Return the base with the other's entries in place of those of the same key."""
    if not (isinstance(base.content, dict) and isinstance(over.content, dict)):
        return over
    return replace(over, content=base.content | over.content)


def _source(node: Node) -> Node:
    """Return a source as keys; a plain text is its file."""
    if not isinstance(node.content, str):
        return node
    return replace(node, content={"file": node})


def without_disabled(document: Node) -> Node:
    """Return the scenario without rules and tests that say ``enabled: false``."""
    content = dict(document.content)
    for key in NAMED & content.keys():
        entries = content[key]
        if isinstance(entries.content, list):
            kept = [
                _enabled(each) for each in entries.content if not _is_disabled(each)
            ]
            content[key] = replace(entries, content=kept)
    return replace(document, content=content)


def _is_disabled(rule: Node) -> bool:
    return rule.get(ENABLED) is False if isinstance(rule.content, dict) else False


def _enabled(rule: Node) -> Node:
    """Return a rule without the key, which says nothing more once it is read."""
    if not isinstance(rule.content, dict) or rule.get(ENABLED) is not True:
        return rule
    own = {key: node for key, node in rule.content.items() if key != ENABLED}
    return replace(rule, content=own)


def _changes_list(base: Node, over: Node) -> bool:
    is_change = isinstance(over.content, dict) and bool(over.content)
    is_change = is_change and set(over.content) <= CHANGES
    return is_change and isinstance(base.content, list)


def _changed_list(base: Node, over: Node) -> Node:
    """Return the base's list without some of its entries, then with new ones."""
    entries = list(base.content)
    for node in _entries(over, "remove"):
        texts = [entry.text for entry in entries]
        if node.text not in texts:
            near = suggestion(str(node.text), [text for text in texts if text])
            problem = f"the base has no {node.text!r}{near}"
            raise fault(over.file, node.line, problem, excerpt=node.excerpt)
        del entries[texts.index(node.text)]
    return replace(over, content=[*entries, *_entries(over, "add")])


def _entries(over: Node, key: str) -> list[Node]:
    node = over.content.get(key)
    if node is None:
        return []
    return node.content if isinstance(node.content, list) else [node]


def _overlay_named(base: Node, over: Node, noun: str) -> Node:
    """Return the entries of the base with those of the same name laid over."""
    if not (isinstance(base.content, list) and isinstance(over.content, list)):
        return over
    rules = {_rule_name(rule, i): rule for i, rule in enumerate(base.content)}
    for i, rule in enumerate(over.content, start=len(rules)):
        name = _rule_name(rule, i)
        if name not in rules and _is_disabled(rule):
            near = suggestion(name, rules)
            problem = f"the base has no {noun} {name!r} to take out{near}"
            place = rule.at("name")
            raise fault(rule.file, rule.line, problem, f"{noun}s", place.excerpt)
        rules[name] = overlay(rules[name], rule) if name in rules else rule
    return replace(over, content=list(rules.values()))


def _rule_name(rule: Node, position: int) -> Any:
    """Return the rule's name, else its kind, else its position."""
    return str(rule.get("name") or rule.get("kind") or position)

"""The reference of scenario files, written from their schema when the site is built.

A page has the directive ``scenario-reference`` with what is to be listed: ``sections``,
the keys of the file and of all its parts, or ``rules``, the kinds and their keys.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar

from docutils import nodes
from schema_words import Schema, default_words, references, spaced, type_words
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from scenarios.schema import json_schema
from solver import RULES

COMMON = ("name", "strength", "penalty", "where", "enabled")
"""Keys of every rule, told once; the kind is the heading."""


def sections_text(schema: Schema) -> str:
    """Return the keys of a scenario file and of its parts, as Markdown."""
    parts, properties = schema["$defs"], schema["properties"]
    key_of = {
        name: key
        for key, section in properties.items()
        if key != "rules"
        for name in references(section)
    }
    lines = [
        "(schema-scenario)=",
        "## The file",
        *_keys(schema, schema["properties"], parts),
    ]
    for name in _reachable(parts, key_of):
        lines += _part(name, key_of.get(name), parts)
    return "\n".join(lines)


def rules_text(schema: Schema) -> str:
    """Return the kinds of rules with their keys, as Markdown."""
    parts = schema["$defs"]
    kind_of = {rule.__name__: kind for kind, rule in sorted(RULES.items())}
    lines = ["## Keys of every rule", *_keys(parts["Capacity"], COMMON, parts)]
    for name in _reachable(parts, kind_of):
        if name not in _reachable(parts, references(schema["properties"]["data"])):
            lines += _part(name, kind_of.get(name), parts)
    return "\n".join(lines)


def _part(name: str, key: str | None, parts: dict[str, Schema]) -> Iterator[str]:
    """Yield heading, description and keys of a part; of an inner one, without a key."""
    part = parts[name]
    whole = next((o for o in part.get("anyOf", ()) if "properties" in o), part)
    own = [name for name in whole["properties"] if name not in _told_once(whole)]
    yield from (
        f"(schema-{name.lower()})=",
        f"## {key}" if key else f"### {spaced(name)}",
        "",
    )
    yield from (whole.get("description", ""), "", *_keys(whole, own, parts))


def _told_once(part: Schema) -> set[str]:
    return {"kind", *COMMON} if "strength" in part["properties"] else set()


def _keys(
    part: Schema, shown: Iterable[str], parts: dict[str, Schema]
) -> Iterator[str]:
    """Yield each key with what it may be, what holds without it, and what it says."""
    required = part.get("required", ())
    for key in shown:
        value = part["properties"][key]
        told = f"{type_words(value)}, {default_words(value, key in required)}"
        whole = parts.get(next(references(value), ""), {})
        says = value.get("description", whole.get("description", ""))
        yield from ("", f"`{key}`: {told}", f": {says}")
    yield ""


def _reachable(parts: dict[str, Schema], names: Iterable[str]) -> list[str]:
    """Return the names of parts, each followed by those that only it leads to."""
    seen: dict[str, None] = {}
    for name in names:
        if name not in seen:
            seen[name] = None
            inner = [n for n in references(parts[name]) if n not in seen]
            seen |= dict.fromkeys(_reachable(parts, inner))
    return list(seen)


class ScenarioReference(SphinxDirective):
    """Lists what the schema knows."""

    required_arguments = 1
    texts: ClassVar[dict[str, Callable[[Schema], str]]] = {
        "sections": sections_text,
        "rules": rules_text,
    }

    def run(self) -> list[nodes.Node]:
        """Return the list as sections of the page."""
        text = self.texts[self.arguments[0]](json_schema())
        return self.parse_text_to_nodes(text, allow_section_headings=True)


def setup(app: Sphinx) -> dict[str, bool]:
    """Offer the directive to pages."""
    app.add_directive("scenario-reference", ScenarioReference)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

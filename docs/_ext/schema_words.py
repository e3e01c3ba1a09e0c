"""What a JSON Schema allows, in words."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

Schema = dict[str, Any]
BOUNDED = "#/$defs/Bounds"
"""What only the condition of a column may be."""
PLAIN = {
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "string": "text",
    "date": "a date",
    "date-time": "a time",
}
"""Type or format -> what it is called."""
BOUNDS = {
    "minimum": "{:,.15g} or more",
    "exclusiveMinimum": "above {:,.15g}",
    "maximum": "at most {:,.15g}",
    "exclusiveMaximum": "below {:,.15g}",
}
"""Bound of a number -> how it is told."""


def type_words(schema: Schema) -> str:
    """Return what a value may be, such as ``a number above 0``, as Markdown."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{spaced(name)}](#schema-{name.lower()})"
    if "const" in schema:
        return _code(schema["const"])
    if "enum" in schema:
        return _either(map(_code, schema["enum"]))
    if "discriminator" in schema:
        return "[rules](rule_kinds.md)"
    if {"$ref": BOUNDED} in schema.get("oneOf", ()):
        return "a [condition](#schema-bounds)"
    if options := schema.get("anyOf") or schema.get("oneOf"):
        return _either(_options(options))
    if parts := schema.get("prefixItems"):
        return f"a list of {_listed(parts)}"
    if schema.get("type") == "array":
        return f"{_filled(schema, 'minItems')}list of {_inner(schema['items'])}"
    if schema.get("type") == "object":
        values = _inner(schema["additionalProperties"])
        return f"{_filled(schema, 'minProperties')}mapping to {values}"
    return PLAIN[schema.get("format", schema["type"])] + _bounds(schema)


def _listed(parts: list[Schema]) -> str:
    """Return what each place of a list holds."""
    return " and ".join(f"({type_words(part)})" for part in parts)


def default_words(schema: Schema, is_required: bool) -> str:
    """Return whether a key is needed, or what holds without it, as Markdown."""
    if is_required:
        return "**needed**"
    default = schema.get("default")
    if default in (None, "", [], {}) or isinstance(default, dict):
        return "optional"
    return f"by default {_code(default)}"


def references(schema: Any) -> Iterator[str]:
    """Yield the names of all parts that a schema refers to, in order."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].rpartition("/")[2]
        for value in schema.values():
            yield from references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from references(value)


def spaced(name: str) -> str:
    """Return the words of a part's name, such as ``service clock``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _options(options: list[Schema]) -> Iterator[str]:
    """Yield each option once; all plain types together are a value."""
    shown = [option for option in options if option.get("type") != "null"]
    if {_plain_name(option) for option in shown} >= PLAIN.keys():
        yield "a value"
        shown = [option for option in shown if _plain_name(option) not in PLAIN]
    yield from dict.fromkeys(map(type_words, shown))


def _plain_name(schema: Schema) -> object:
    """Return the type or format of an option without bounds."""
    return schema.get("format", schema.get("type")) if len(schema) <= 2 else None


def _inner(schema: Schema) -> str:
    words = type_words(schema)
    return f"({words})" if " or " in words or " of " in words else words


def _filled(schema: Schema, key: str) -> str:
    return "a non-empty " if schema.get(key) == 1 else "a "


def _bounds(schema: Schema) -> str:
    told = [text.format(schema[key]) for key, text in BOUNDS.items() if key in schema]
    return f", {', '.join(told)}" if told else ""


def _either(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def _code(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"`{text.replace(chr(34), '')}`"

"""Texts of changes taken apart: quotes, brackets, and values as YAML has them."""

from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from crm import shorten
from crm.cells import cell_text
from scenarios.document import Node
from scenarios.errors import fault
from scenarios.yaml_nodes import converted

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_QUOTES = "\"'"


def split_outside(text: str, separator: str) -> list[str]:
    """Return the parts between separators that no quote or bracket encloses."""
    parts, begin = [], 0
    for place in _outside(text):
        if text[place] == separator:
            parts.append(text[begin:place].strip())
            begin = place + 1
    return [*parts, text[begin:].strip()]


def _outside(text: str) -> Iterator[int]:
    """Yield the places that no quote or bracket encloses."""
    open_ones: list[str] = []
    for place, sign in enumerate(text):
        if open_ones and sign == open_ones[-1]:
            open_ones.pop()
        elif open_ones and open_ones[-1] in _QUOTES:
            continue
        elif sign in _CLOSING:
            open_ones.append(_CLOSING[sign])
        elif sign in _QUOTES and (not place or not text[place - 1].isalnum()):
            open_ones.append(sign)
        elif not open_ones:
            yield place


def unquoted(text: str) -> str:
    """Return the text without quotes around it."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in _QUOTES:
        return text[1:-1]
    return text


def yaml_value(text: str, source: str) -> Any:
    """Return what a text means in a scenario file.

    Parameters
    ----------
    source
        The change, for messages.

    Raises
    ------
    ScenarioError
        Where it is no value of YAML.
    """
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, ValueError, OverflowError, RecursionError) as error:
        problem = f"{shorten(text)!r} cannot be read; put quotes around text with signs"
        raise fault(source, None, problem) from error
    return None if root is None else converted(root, source, text).plain()


def node_of(value: Any, source: str) -> Node:
    """Return a value as a node that stands in no file."""
    if isinstance(value, dict):
        value = {str(key): node_of(part, source) for key, part in value.items()}
    elif isinstance(value, list):
        value = [node_of(part, source) for part in value]
    return Node(value, source, None)


def shown(value: Any) -> str:
    """Return a value as sentences have it."""
    if value is None or value == "":
        return "none"
    if isinstance(value, dict):
        parts = ", ".join(f"{key}: {shown(part)}" for key, part in value.items())
        return f"{{{parts}}}"
    if isinstance(value, list | tuple):
        return ", ".join(map(shown, value)) or "none"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:,.10g}"
    return cell_text(value)

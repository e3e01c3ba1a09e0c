"""A line of a proposed scenario: a key, what it says, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crm.characters import one_line
from crm.reading.hints import in_yaml
from crm.source import Source

_WIDE = 60
"""Characters of a line from which its comment stands above it."""


@dataclass(frozen=True)
class Entry:
    """A key of a scenario.

    Attributes
    ----------
    key
        The key.
    value
        What it says, or the keys below it.
    why
        The comment beside it.
    chosen
        Whether it holds; else it is written as a comment, to be chosen.
    """

    key: str
    value: Any
    why: str = ""
    chosen: bool = True


def as_keys(entries: Iterable[Entry]) -> dict[str, Any]:
    """Return what the entries that hold say, as YAML would be read."""
    return {entry.key: _said(entry.value) for entry in entries if _holds(entry)}


def source_of(entries: Iterable[Entry]) -> Source:
    """Return the source that the entries describe, as the reader takes it."""
    return Source.model_validate(as_keys(entries))


def _said(value: Any) -> Any:
    return as_keys(value) if _has_entries(value) else value


def as_lines(entries: Iterable[Entry], indent: int = 0) -> Iterator[str]:
    """Yield the entries as lines of YAML, each with its comment."""
    for entry in entries:
        start = " " * indent + ("" if _holds(entry) else "# ")
        why = f"# {one_line(entry.why)}" if entry.why else ""
        if isinstance(entry.value, tuple) and entry.value:
            yield f"{start}{in_yaml(entry.key)}:{why and f'  {why}'}"
            yield from as_lines(entry.value, indent + 2)
            continue
        line = f"{start}{in_yaml(entry.key)}: {flow(entry.value)}"
        if why and len(line) + len(why) > 2 * _WIDE:
            yield f"{' ' * indent}{why}"
            why = ""
        yield f"{line}{why and f'  {why}'}"


def _holds(entry: Entry) -> bool:
    """Tell whether the entry is chosen, or any of those below it."""
    if _has_entries(entry.value):
        return entry.chosen and any(map(_holds, entry.value))
    return entry.chosen


def _has_entries(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Entry)


def flow(value: Any) -> str:
    """Return a value as YAML in one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        pairs = [f"{in_yaml(key)}: {flow(inner)}" for key, inner in value.items()]
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    if value is None:
        return "null"
    return in_yaml(value) if isinstance(value, str) else str(value)

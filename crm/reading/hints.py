"""Columns that a file lacks, and those of its headers that look like them."""

import re
from collections.abc import Sequence

from crm.schema import ALL_TABLES
from crm.systems.export import NO, YES, Condition, Export, Words
from crm.systems.known_headers import (
    filled_first,
    first_among,
    meant_by,
    recognised,
    stand_in,
)
from crm.table import Table

_PLAIN = re.compile(r"[^\W_][\w ()./'-]*")
"""A text that YAML reads as it is, also between braces."""
_NOT_TEXT = {"true", "false", "null", "yes", "no", "on", "off"}


def looks_like_it(column: str, table_name: str, table: Table) -> str:
    """Return what to map to a column that a file lacks, in words; "" if unknown.

    ``; 'OwnerId' looks like it: `columns: {rep_id: OwnerId}```.
    """
    ours = ALL_TABLES.get(table_name, {})
    headers = [name for name in table.names if name not in ours]
    if column == "outcome" and (conditions := outcome_in_yaml(headers)):
        return f"; this system tells it so: `columns: {{outcome: {conditions}}}`"
    if several := filled_first(column, table_name, headers):
        listed = ", ".join(map(in_yaml, several))
        return f"; the first filled of these is it: `columns: {{{column}: [{listed}]}}`"
    if header := meant_by(column, table_name, headers):
        choices = " or ".join(ours[column].choices)
        words = f", with its words as {choices} under `values`" if choices else ""
        return f"; {header!r} looks like it: {_as_key(column, header)}{words}"
    if header := stand_in(column, table_name, headers):
        return f"; {header!r} may stand for it: {_as_key(column, header)}"
    if column == "daily_capacity":
        return "; `constants: {daily_capacity: 10}` gives all reps as many"
    return ""


def outcome_in_yaml(headers: Sequence[str]) -> str:
    """Return how the system of these headers tells won from lost, "" if unknown."""
    for seen in recognised(headers):
        won = _conditions(seen.export, seen.export.won, headers)
        lost = _conditions(seen.export, seen.export.lost, headers)
        if won and lost:
            return f"{{won: {won}, lost: {lost}}}"
    return ""


def _conditions(
    export: Export, conditions: Sequence[Condition], headers: Sequence[str]
) -> str:
    """Return the first condition whose columns a file has, in YAML; "" if none."""
    for condition in conditions:
        found = {
            first_among(export.headers_of(name), headers): words
            for name, words in condition.items()
        }
        if all(found):
            pairs = [f"{in_yaml(name)}: {_cells(found[name])}" for name in found]
            return f"{{{', '.join(pairs)}}}"
    return ""


def _cells(words: Words) -> str:
    if words in (YES, NO):
        return "true" if words == YES else "false"
    return f"[{', '.join(map(in_yaml, words))}]"


def _as_key(column: str, header: str) -> str:
    return f"`columns: {{{column}: {in_yaml(header)}}}`"


def in_yaml(text: str) -> str:
    """Return a text as YAML reads it, quoted where it has to be."""
    is_plain = _PLAIN.fullmatch(text) and text == text.strip()
    if is_plain and text.casefold() not in _NOT_TEXT and not text[0].isdigit():
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'

"""What a column of ours is made of, in words."""

from typing import Any

from crm.cells import cell_text
from crm.column_origin import Joined, RepColumn, RowNumber, columns_of
from crm.condition import where_text
from crm.reading.origins import ELSE
from crm.source import Source
from crm.value_keys import of_column


def source_words(source: Source, ours: str, kind: str) -> str:
    """Return where a column comes from and how its cells are said to be written."""
    words = [_origin_words(source, ours)]
    if kind == "timestamp" and source.formats(ours):
        words.append(f"dates {' or '.join(source.formats(ours))}")
    if kind in ("number", "integer") and (sign := source.decimal_of(ours)):
        thousands = source.thousands_of(ours)
        words.append(f"decimal {sign}" + (f", thousands {thousands}" * bool(thousands)))
    if kind == "list" and (split := of_column(source.split, ours)):
        words.append(f"split by {split}")
    if ours in source.values:
        n_words = len(source.values[ours])
        words.append(f"{n_words} {'word' if n_words == 1 else 'words'} translated")
    if ours in source.fill:
        words.append(f"empty becomes {cell_text(source.fill[ours])}")
    return "; ".join(words)


def _origin_words(source: Source, ours: str) -> str:
    if ours in source.constants:
        return f"constant {cell_text(source.constants[ours])}"
    origin: Any = source.columns.get(ours, ours)
    match origin:
        case RowNumber():
            return "row number"
        case Joined():
            return f"{' + '.join(origin.join)}"
        case RepColumn():
            by = " or ".join(origin.match)
            return f"{_first_filled(columns_of(origin))}, matched by {by}"
        case dict():
            told = [f"{word} where {where_text(w)}" for word, w in origin.items()]
            return "; ".join([*told, f"else {ELSE.get(ours, 'empty')}"])
    return _first_filled(columns_of(origin))


def _first_filled(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"first filled of {', '.join(names)}"

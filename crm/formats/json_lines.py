"""JSON lines: one object a line, numbers kept as they are written."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from crm.cells import cell_text
from crm.file_form import FileForm
from crm.formats.parquet import MOST_CELLS, TIGHT_CELLS, TIGHTEST
from crm.formats.text_lines import BadLineError, text_lines
from crm.formats.utf8 import encoding_of, utf8_stream
from crm.issues import LISTED, DataError, Issue, capped
from crm.layout import Layout
from crm.table import Table, column_names, text_frame

_INSIDE = "."
"""Between the name of an object and a name inside it."""
_LIST = "|"


class _Number(str):
    """A number as it is written."""

    __slots__ = ()


class _OddObjectError(ValueError):
    pass


def read_json_lines(path: Path, file: str, layout: Layout) -> Table:
    """Return the objects as rows of text cells, a row's number being its line's.

    An object inside an object becomes columns such as ``owner.id``, a list of values
    the values separated by ``|``; a name that an object lacks is an empty cell.

    Raises
    ------
    DataError
        With every line that is no such object.
    """
    rows: list[int] = []
    objects: list[dict[str, str]] = []
    issues: list[Issue] = []
    row = 0
    with utf8_stream(path, file, layout.encoding) as stream:
        encoding = encoding_of(stream, layout.encoding)
        try:
            for row, line in enumerate(text_lines(stream), start=1):
                try:
                    if line.strip():
                        objects.append(_flat(_parsed(line.rstrip())))
                        rows.append(row)
                except _OddObjectError as problem:
                    issues.append(Issue(file, str(problem), row))
        except BadLineError as problem:
            issues.append(
                Issue(file, str(problem), row + 1, mended_by=problem.mended_by)
            )
    if issues:
        raise DataError(capped(issues, len(issues), LISTED))
    if not objects:
        raise DataError([Issue(file, "expected one JSON object a line, found none")])
    names = list(dict.fromkeys(name for cells in objects for name in cells))
    _refuse_sparse(file, objects, len(names))
    ours = column_names(file, names)
    columns, numeric = [], {}
    for name, our in zip(names, ours, strict=True):
        cells = [one.get(name, "") for one in objects]
        columns.append(list(map(str, cells)))
        numeric[our] = np.array([type(cell) is _Number for cell in cells], dtype=bool)
    frame = text_frame(ours, columns)
    form = FileForm("JSON lines", encoding)
    numbers = np.array(rows, dtype=np.int64)
    return Table(file, frame, numbers, numeric=numeric, form=form)


def _refuse_sparse(
    file: str, objects: Sequence[Mapping[str, str]], n_names: int
) -> None:
    """Raise where few cells are filled of more than memory holds."""
    n_cells = len(objects) * n_names
    n_filled = sum(map(len, objects))
    if n_cells > min(MOST_CELLS, max(TIGHT_CELLS, TIGHTEST * n_filled)):
        message = (
            f"{len(objects):,} objects have {n_names:,} different names, more cells "
            "than memory holds; are values written as names?"
        )
        raise DataError([Issue(file, message)])


def _parsed(line: str) -> dict[str, Any]:
    try:
        parsed = json.loads(
            line,
            object_pairs_hook=_once_each,
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=_refused,
        )
    except json.JSONDecodeError as problem:
        expected = f"not a JSON object: {problem.msg} at character {problem.colno}"
        raise _OddObjectError(f"{expected}; expected one a line") from None
    except RecursionError:
        raise _OddObjectError("objects inside objects too deep to be read") from None
    if isinstance(parsed, dict):
        return parsed
    kind = "a list" if isinstance(parsed, list) else "a value"
    raise _OddObjectError(
        f"{kind}, not an object; expected one object a line, such as "
        '{"lead_id": "A", "deal_value": 12.5}'
    )


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    parsed = dict(pairs)
    if len(parsed) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _OddObjectError(f"the name {twice!r} appears twice in one object")
    return parsed


def _refused(word: str) -> NoReturn:
    raise _OddObjectError(f"{word} is no JSON number; expected a number or null")


def _flat(parsed: dict[str, Any]) -> dict[str, str]:
    return _once_each(list(_cells(parsed)))


def _cells(parsed: dict[str, Any], inside: str = "") -> Iterator[tuple[str, str]]:
    for name, value in parsed.items():
        full = f"{inside}{name}"
        if isinstance(value, dict):
            yield from _cells(value, f"{full}{_INSIDE}")
        else:
            yield full, _cell(full, value)


def _cell(name: str, value: Any) -> str:
    if isinstance(value, _Number):
        return value
    if isinstance(value, list):
        if any(isinstance(part, dict | list) for part in value):
            raise _OddObjectError(
                f"{name!r} holds a list of objects or lists; expected a list of values"
            )
        if any(isinstance(part, str) and _LIST in part for part in value):
            raise _OddObjectError(
                f"{name!r} holds a list with {_LIST!r} inside a value, which "
                "separates values"
            )
    text = cell_text(value)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise _OddObjectError(f"{name!r} holds half a character") from None
    return text

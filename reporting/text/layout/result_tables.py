"""The tables in the record of a result, for who reads it as tables."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

SUMMARY = "summary"
"""The table of what is in no list: a name and a value each."""
ROWS = "rows"
"""What the list is called that is the whole record."""
SEPARATOR = "|"


def result_tables(record: Any) -> dict[str, pd.DataFrame]:
    """Return the tables of a record by name, its first list of records before all.

    A list is a table, named by the keys that lead to it; single values are in
    `summary`. Nested values of a row are columns such as ``lift.low``; lists in a
    cell are separated by ``|``, and what a cell cannot hold otherwise is JSON.

    Parameters
    ----------
    record
        What JSON can hold.
    """
    parts = dict(_parts(record, ""))
    lists = {
        name: part for name, part in parts.items() if isinstance(part, list | tuple)
    }
    singles = {name: part for name, part in parts.items() if name not in lists}
    tables = {name: _table(name, rows) for name, rows in lists.items()}
    if singles or not tables:
        tables[SUMMARY] = name_values(singles)
    first = next((name for name, rows in lists.items() if _has_records(rows)), SUMMARY)
    return {name: tables[name] for name in sorted(tables, key=lambda n: n != first)}


def name_values(record: Any) -> pd.DataFrame:
    """Return all that is in a record as one table: a name and a value each."""
    rows = [(name, _cell(part)) for name, part in _parts(record, "")]
    return pd.DataFrame(rows, columns=["name", "value"], dtype=object)


def _parts(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield the lists and single values in a record, by the keys that lead there."""
    if not isinstance(value, Mapping):
        yield path or ROWS, value
        return
    for key, part in value.items():
        yield from _parts(part, f"{path}.{key}" if path else str(key))


def _has_records(rows: Sequence[Any]) -> bool:
    return bool(rows) and isinstance(rows[0], Mapping)


def _table(name: str, rows: Sequence[Any]) -> pd.DataFrame:
    if not all(isinstance(row, Mapping) for row in rows):
        column = name.rpartition(".")[2]
        return pd.DataFrame({column: [_cell(row) for row in rows]}, dtype=object)
    flat = [{key: _cell(part) for key, part in _parts(row, "")} for row in rows]
    columns = list(dict.fromkeys(key for row in flat for key in row))
    return pd.DataFrame(flat, columns=columns, dtype=object)


def _cell(value: Any) -> Any:
    """Return what a cell can hold."""
    if isinstance(value, list | tuple):
        texts = ["" if part is None else str(part) for part in value]
        is_plain = not any(isinstance(part, Mapping | list | tuple) for part in value)
        if is_plain and not any(SEPARATOR in text for text in texts):
            return SEPARATOR.join(texts)
        return json.dumps(value, ensure_ascii=False)
    return value

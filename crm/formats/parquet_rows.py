"""Rows of Parquet files as Arrow tables: all of them, or a stretch."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from crm.files import files_of
from crm.issues import DataError, Issue

FIRST_ROW = 2
"""Number of the first row with cells, the header being row 1."""


LENGTH = 4
"""Bytes in front of each text that a Parquet file holds by itself."""


class Stretch(NamedTuple):
    """Rows of a file, numbered as messages do it, both ends included."""

    first: int
    last: int


def n_parquet_rows(path: Path) -> int:
    """Return how many rows a Parquet file, or the files of a folder, have.

    Raises
    ------
    pyarrow.ArrowException, OSError
        If one cannot be read.
    """
    from pyarrow.parquet import read_metadata

    return sum(read_metadata(part).num_rows for part in files_of(path))


def stored_rows(path: Path, file: str, rows: Stretch | None) -> Any:
    """Return the rows as a pyarrow Table, texts with each distinct one held once.

    Texts that the first file does not hold so, since most differ, are as they are.

    Parameters
    ----------
    path
        A Parquet file, or a folder of such files.
    file
        What messages call it.
    rows
        The rows to read; ``None`` for all.

    Raises
    ------
    DataError
        Where the files of a folder have not the same columns, or the stretch is
        outside of the rows.
    pyarrow.ArrowException, OSError
        If one cannot be read.
    """
    from pyarrow import concat_tables
    from pyarrow.parquet import ParquetFile, read_schema

    parts = files_of(path)
    schema, n_before = read_schema(parts[0]), FIRST_ROW
    repeated = _repeated_texts(parts[0])
    tables: list[Any] = []
    for part in parts:
        _refuse_other_columns(file, part.name, read_schema(part), schema)
        with ParquetFile(part, read_dictionary=repeated) as parquet:
            tables += _within(parquet, n_before, rows)
            n_before += parquet.metadata.num_rows
    if rows is not None and rows.last >= n_before:
        expected = f"`rows`: the last row is {n_before - 1:,}"
        raise DataError([Issue(file, expected, value=f"{rows.first}, {rows.last}")])
    return concat_tables(tables)


def _refuse_other_columns(file: str, part: str, schema: Any, first: Any) -> None:
    """Raise where a file of a folder has other columns than the first."""
    issues = [
        Issue(
            file,
            f"{part} has {_kind(schema, name)}, the folder's first file "
            f"{_kind(first, name)}",
            column=name,
        )
        for name in dict.fromkeys([*first.names, *schema.names])
        if _kind(schema, name) != _kind(first, name)
    ]
    if not issues and schema.names != first.names:
        issues = [Issue(file, f"{part} has the columns in another order")]
    if issues:
        raise DataError(issues)


def _kind(schema: Any, name: str) -> str:
    """Return what a column holds, in words."""
    kinds = [
        str(schema.field(place).type) for place in schema.get_all_field_indices(name)
    ]
    return f"the column as {', '.join(kinds)}" if kinds else "no such column"


def _repeated_texts(path: Path) -> list[str]:
    """Return the columns whose texts the file holds as numbers of distinct ones."""
    from pyarrow.parquet import read_metadata
    from pyarrow.types import is_large_string, is_string

    metadata = read_metadata(path)
    groups = [metadata.row_group(group) for group in range(metadata.num_row_groups)]
    names = [
        metadata.schema.column(place).path for place in range(metadata.num_columns)
    ]
    size = {
        name: sum(group.column(place).total_uncompressed_size for group in groups)
        for place, name in enumerate(names)
    }
    return [
        field.name
        for field in metadata.schema.to_arrow_schema()
        if (is_string(field.type) or is_large_string(field.type))
        and size[field.name] < LENGTH * metadata.num_rows
    ]


def _within(parquet: Any, n_before: int, rows: Stretch | None) -> Iterator[Any]:
    """Yield the rows of one file that lie in the stretch.

    Parameters
    ----------
    n_before
        Number of the file's first row in the whole.
    """
    if rows is None:
        yield parquet.read()
        return
    start = n_before
    for group in range(parquet.num_row_groups):
        end = start + parquet.metadata.row_group(group).num_rows
        first, last = max(rows.first, start), min(rows.last + 1, end)
        if first < last:
            yield parquet.read_row_group(group).slice(first - start, last - first)
        start = end

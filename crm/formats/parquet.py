"""Parquet files."""

import re
from pathlib import Path
from typing import Any

import numpy as np

from crm.cells import cell_text
from crm.file_form import FileForm
from crm.files import files_of
from crm.formats.parquet_rows import FIRST_ROW, Stretch, stored_rows
from crm.issues import DataError, Issue
from crm.layout import Layout
from crm.table import Table, column_names, text_frame

MOST_CELLS = 100_000_000
TIGHT_CELLS = 5_000_000
"""Cells from which a file may not hold more than `TIGHTEST` of them to a byte."""
TIGHTEST = 50
_EXACT = {2: 2.0**11, 4: 2.0**24}
"""Bytes of a number -> from where it does not hold every whole one."""
_SAVED_INDEX = re.compile(r"__index_level_\d+__")


def read_parquet(path: Path, file: str, layout: Layout) -> Table:
    """Return the rows of a Parquet file as text cells; the first row is row 2.

    A folder of Parquet files is one table, its files in the order of their names.

    Raises
    ------
    DataError
        If the file is damaged or no Parquet file, or the package for reading
        Parquet is not installed.
    """
    stretch = None if layout.rows is None else Stretch(*layout.rows)
    stored = _stored(path, file, stretch)
    names = column_names(file, stored.column_names)
    columns = [
        _texts(file, name, column)
        for name, column in zip(names, stored.columns, strict=True)
    ]
    first = stretch.first if stretch else FIRST_ROW
    rows = np.arange(first, first + stored.num_rows, dtype=np.int64)
    numeric = {
        name: np.ones(len(rows), dtype=bool)
        for name, column in zip(names, stored.columns, strict=True)
        if _is_number(column.type)
    }
    frame = text_frame(names, columns)
    return Table(file, frame, rows, numeric=numeric, form=FileForm("Parquet"))


def _is_number(kind: Any) -> bool:
    from pyarrow.types import is_decimal, is_floating, is_integer

    return bool(is_decimal(kind) or is_floating(kind) or is_integer(kind))


def _stored(path: Path, file: str, rows: Stretch | None) -> Any:
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import read_metadata
    except ImportError:
        needed = 'reading Parquet needs: pip install "rightrep[parquet]"'
        raise DataError([Issue(file, needed)]) from None
    parts = files_of(path)
    if not parts:
        raise DataError([Issue(file, "no file in this folder ends in .parquet")])
    try:
        for part in parts:
            _refuse_vast_tables(part, file, read_metadata(part))
        stored = stored_rows(path, file, rows)
    except (ArrowException, OSError) as problem:
        damaged = f"not a readable Parquet file ({problem})"
        raise DataError([Issue(file, damaged)]) from None
    index = [name for name in stored.column_names if _SAVED_INDEX.fullmatch(name)]
    return stored.drop_columns(index)


def _refuse_vast_tables(path: Path, file: str, metadata: Any) -> None:
    """Raise where a small file unpacks to more cells than memory holds."""
    cells = metadata.num_rows * metadata.num_columns
    tight = max(TIGHT_CELLS, TIGHTEST * path.stat().st_size)
    if cells > min(MOST_CELLS, tight):
        size = f"{metadata.num_rows:,} rows of {metadata.num_columns:,} columns"
        raise DataError([Issue(file, f"has {size}; more than memory holds")])


def _texts(file: str, name: str, column: Any) -> list[str]:
    try:
        return [text for chunk in column.chunks for text in _chunk_texts(chunk)]
    except (ValueError, OverflowError) as problem:
        message = f"holds values that cannot be read ({problem})"
        raise DataError([Issue(file, message, column=name)]) from None


def _chunk_texts(chunk: Any) -> list[str]:
    from pyarrow.types import is_float16, is_float32

    if is_float16(chunk.type) or is_float32(chunk.type):
        floats = chunk.to_numpy(zero_copy_only=False)
        return list(map(_short_text, floats, floats.astype(np.float64).tolist()))
    chunk = _with_dictionary(chunk)
    if not hasattr(chunk, "dictionary"):
        return [cell_text(cell) for cell in chunk.to_pylist()]
    distinct = [cell_text(value) for value in chunk.dictionary.to_pylist()]
    codes = chunk.indices.fill_null(len(distinct)).to_pylist()
    return list(map([*distinct, ""].__getitem__, codes))


def _with_dictionary(chunk: Any) -> Any:
    """Return the values with each distinct one held once, where Arrow can do that."""
    from pyarrow import ArrowNotImplementedError

    if hasattr(chunk, "dictionary"):
        return chunk
    try:
        return chunk.dictionary_encode()
    except ArrowNotImplementedError:
        return chunk


def _short_text(short: np.floating, value: float) -> str:
    """Return a number of few bits as text, with an exponent where digits are lost."""
    if np.isnan(short) or (value.is_integer() and abs(value) < _EXACT[short.itemsize]):
        return cell_text(value)
    if value.is_integer():
        return np.format_float_scientific(short, trim="-")
    return str(short)

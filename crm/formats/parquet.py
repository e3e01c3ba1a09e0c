"""Parquet files."""

import re
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crm.file_form import FileForm
from crm.files import files_of
from crm.formats.arrow_texts import arrow_texts
from crm.formats.parquet_rows import FIRST_ROW, Stretch, stored_rows
from crm.issues import DataError, Issue
from crm.layout import Layout
from crm.table import Table, column_names, text_frame

MOST_CELLS = 100_000_000
TIGHT_CELLS = 5_000_000
"""Cells from which a file may not hold more than `TIGHTEST` of them to a byte."""
TIGHTEST = 50
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


def _texts(file: str, name: str, column: Any) -> NDArray[np.object_]:
    try:
        return arrow_texts(column)
    except (ValueError, OverflowError) as problem:
        message = f"holds values that cannot be read ({problem})"
        raise DataError([Issue(file, message, column=name)]) from None

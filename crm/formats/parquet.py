"""Parquet files."""

import re
from pathlib import Path
from typing import Any

import numpy as np

from crm.cells import cell_text
from crm.issues import DataError, Issue
from crm.table import Table, column_names, text_frame

_SAVED_INDEX = re.compile(r"__index_level_\d+__")


def read_parquet(path: Path, file: str) -> Table:
    """Return the rows of a Parquet file as text cells; the first row is row 2.

    Raises
    ------
    DataError
        If the file is damaged or no Parquet file, or the package for reading
        Parquet is not installed.
    """
    stored = _stored(path, file)
    names = column_names(file, stored.column_names)
    columns = [
        _texts(file, name, column)
        for name, column in zip(names, stored.columns, strict=True)
    ]
    rows = np.arange(2, stored.num_rows + 2, dtype=np.int64)
    return Table(file, text_frame(names, columns), rows)


def _stored(path: Path, file: str) -> Any:
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        needed = 'reading Parquet needs: pip install "rightrep[parquet]"'
        raise DataError([Issue(file, needed)]) from None
    try:
        with ParquetFile(path) as parquet:
            stored = parquet.read()
    except (ArrowException, OSError) as problem:
        damaged = f"not a readable Parquet file ({problem})"
        raise DataError([Issue(file, damaged)]) from None
    index = [name for name in stored.column_names if _SAVED_INDEX.fullmatch(name)]
    return stored.drop_columns(index)


def _texts(file: str, name: str, column: Any) -> list[str]:
    try:
        return [cell_text(cell) for cell in column.to_pylist()]
    except (ValueError, OverflowError) as problem:
        message = f"holds values that cannot be read ({problem})"
        raise DataError([Issue(file, message, column=name)]) from None

"""File formats: CSV, Excel and Parquet files as tables of text cells."""

from csv import field_size_limit
from pathlib import Path

import numpy as np

from crm.files import why_unreadable
from crm.formats.appearance import as_it_looks
from crm.formats.csv import read_csv
from crm.formats.excel import read_excel
from crm.formats.parquet import read_parquet
from crm.issues import DataError, Issue
from crm.table import Table

__all__ = ["read_table", "writable"]


def read_table(path: Path, file: str, sheet: str | None = None) -> Table:
    """Return the file's rows as text cells, ``""`` where a cell is empty.

    Texts that look the same are the same: :func:`crm.characters.cleaned`.

    Parameters
    ----------
    path
        The file; its suffix tells the format.
    file
        The file as the user wrote it, for messages.
    sheet
        Sheet of an Excel file; ``None`` for the first.

    Raises
    ------
    DataError
        If the file cannot be read as a table.
    """
    if problem := why_unreadable(path):
        raise DataError([Issue(file, problem)])
    try:
        return as_it_looks(_read(path, file, sheet))
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}"
        raise DataError([Issue(file, problem)]) from error


def _read(path: Path, file: str, sheet: str | None) -> Table:
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return writable(read_excel(path, file, sheet))
    if sheet is not None:
        raise DataError([Issue(file, "only an .xlsx file has sheets", value=sheet)])
    if suffix == ".csv":
        return read_csv(path, file)
    if suffix == ".parquet":
        return writable(read_parquet(path, file))
    expected = "expected a file ending in .csv, .xlsx or .parquet"
    raise DataError([Issue(file, expected, value=path.suffix)])


def writable(table: Table) -> Table:
    """Return the table, once all its cells are known to fit into a CSV file."""
    longest = field_size_limit()
    expected = f"expected text without NUL, of at most {longest:,} characters"
    issues: list[Issue] = []
    for name, cells in table.frame.items():
        odd = np.array(["\0" in cell or len(cell) > longest for cell in cells], bool)
        issues += table.issues(odd, str(name), expected)
    if issues:
        raise DataError(issues)
    return table

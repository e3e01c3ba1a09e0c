"""Cells as the file had them, of some rows, kept until it is known what they became."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from crm.column_origin import columns_of
from crm.file_form import FileForm
from crm.reading.money import MONEY
from crm.source import Source
from crm.table import Table

SAMPLED = 5_000
"""Rows looked at, evenly spread; all of a smaller table."""


@dataclass(frozen=True)
class RawCells:
    """Some rows of a table as they were in its file.

    Attributes
    ----------
    source, file, form
        Where the table came from, and how the file was read.
    n_file_rows
        Rows of the file.
    rows
        Rows of the file that are kept here, shape (n_sampled,).
    cells
        Column of ours -> its cells in these rows, shape (n_sampled,); without an
        entry where it is made of no cell.
    names
        All columns of ours that the table was given.
    unused
        Columns of the file that none of ours is made of.
    """

    source: Source
    file: str
    form: FileForm
    n_file_rows: int
    rows: np.ndarray
    cells: Mapping[str, np.ndarray]
    names: tuple[str, ...]
    unused: tuple[str, ...]


def raw_cells(source: Source, file: Table, table: Table) -> RawCells:
    """Return rows of the file from which the table was made.

    Parameters
    ----------
    source
        How its columns map to ours.
    file
        The file as it is.
    table
        The table mapped from it.
    """
    n_rows = len(table.rows)
    chosen = np.linspace(0, n_rows - 1, min(n_rows, SAMPLED)).astype(np.int64)
    rows = table.rows[chosen]
    at = np.searchsorted(file.rows, rows)
    made_of = {name: _made_of(source, file, name) for name in table.names}
    cells = {name: _shown(file, of, at) for name, of in made_of.items() if of}
    used = {name for of in made_of.values() for name in of}
    return RawCells(
        source,
        table.file,
        file.form,
        len(file.rows),
        rows,
        cells,
        tuple(table.names),
        tuple(name for name in file.names if name not in used),
    )


def _made_of(source: Source, file: Table, ours: str) -> list[str]:
    """Return the columns of the file that a column of ours is made of."""
    if ours in source.columns:
        names = columns_of(source.columns[ours])
    else:
        names = [ours] if ours in file.frame and ours not in source.constants else []
    if names and ours in MONEY and source.rates and source.rates.column:
        names = [*names, source.rates.column]
    return list(dict.fromkeys(names))


def _shown(file: Table, names: list[str], at: np.ndarray) -> np.ndarray:
    """Return the cells of a column, or of several with their names, (n_sampled,)."""
    parts = [file.frame[name].to_numpy()[at] for name in names]
    if len(parts) == 1:
        return np.asarray(parts[0])
    told = ["; ".join(_named(names, row)) for row in zip(*parts, strict=True)]
    return np.array(told, dtype=object)


def _named(names: list[str], row: tuple[str, ...]) -> list[str]:
    return [f"{n}: {cell}" for n, cell in zip(names, row, strict=True) if cell]

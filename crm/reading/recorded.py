"""The record of how the tables were read, made where they are."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import tzinfo

import numpy as np
import pandas as pd

from crm.past_columns import kind_of
from crm.reading.origins import REP_COLUMNS
from crm.reading.raw_cells import RawCells
from crm.reading.source_words import source_words
from crm.reading.telling_pairs import read_text, telling_pairs
from crm.schema import TABLES
from crm.table import Table
from crm.table_reading import ColumnReading, OwnersReading, TableReading

COUNTED = 200_000
"""Rows up to which different values are always counted."""
SHOWN_WORDS = 20
"""Different values up to which each is counted, where rows share them."""
_OF_WORDS = ("text", "choice")
FEW = 0.2
"""Share of different values in the rows looked at, up to which all are counted."""


def readings(
    raw: Mapping[str, RawCells],
    tables: Mapping[str, Table],
    new_words: Mapping[str, pd.Series],
    zone: tzinfo,
) -> dict[str, TableReading]:
    """Return table name -> how it was read.

    Parameters
    ----------
    raw
        Table name -> rows of its file.
    tables
        Table name -> what became of it, typed.
    new_words
        Category -> words of the leads that history never had, and their leads.
    zone
        Of times without an offset, unless a source says another.
    """
    known = {name: cells for name, cells in raw.items() if name in tables}
    return {
        name: _table_reading(cells, tables, name, zone, new_words)
        for name, cells in known.items()
    }


def _table_reading(
    raw: RawCells,
    tables: Mapping[str, Table],
    name: str,
    zone: tzinfo,
    unknown: Mapping[str, pd.Series],
) -> TableReading:
    table, source = tables[name], raw.source
    at = np.searchsorted(table.rows, raw.rows)
    columns = [
        _column_reading(raw, table, name, column, at)
        for column in map(str, table.frame.columns)
        if column in raw.names
    ]
    if name == "leads":
        columns = [_with_new_words(column, unknown) for column in columns]
    rates = source.rates.model_extra if source.rates else None
    return TableReading(
        raw.file,
        raw.form,
        raw.n_file_rows,
        len(table.rows),
        tuple(columns),
        raw.unused,
        tuple(_owners(table, tables.get("reps"), name, raw.names)),
        dict(rates or {}),
        source.rates.to if source.rates else None,
        source.time_zone or str(zone),
    )


def _column_reading(
    raw: RawCells, table: Table, name: str, column: str, at: np.ndarray
) -> ColumnReading:
    values = table.frame[column]
    kind = _kind(name, column, values)
    cells = raw.cells.get(column)
    pairs = () if cells is None else telling_pairs(cells, values.iloc[at])
    source = source_words(raw.source, column, kind)
    told = ColumnReading(column, kind, source, pairs, len(values))
    return _with_figures(told, values, at)


def _kind(table: str, column: str, values: pd.Series) -> str:
    if column in TABLES[table]:
        return TABLES[table][column].kind
    return kind_of(values)


def _with_new_words(
    column: ColumnReading, unknown: Mapping[str, pd.Series]
) -> ColumnReading:
    counts = unknown.get(column.name)
    return column if counts is None else replace(column, new_words=_counts(counts))


def _counts(counts: pd.Series) -> tuple[tuple[str, int], ...]:
    return tuple((read_text(word), int(n)) for word, n in counts.items())


def _with_figures(
    column: ColumnReading, values: pd.Series, at: np.ndarray
) -> ColumnReading:
    """Return the column with its range, or with its different values."""
    if not len(values):
        return column
    if values.dtype == object:
        return _with_words(column, values, at)
    column = replace(column, n_filled=int(values.count()))
    if values.dtype == bool:
        return replace(column, words=_counts(values.value_counts()), n_distinct=None)
    if not column.n_filled:
        return column
    lowest, highest = read_text(values.min()), read_text(values.max())
    return replace(column, lowest=lowest, highest=highest)


def _with_words(
    column: ColumnReading, values: pd.Series, at: np.ndarray
) -> ColumnReading:
    cells = values.to_numpy()
    column = replace(column, n_filled=int(np.count_nonzero(cells)))
    n_seen = len({cell for cell in cells[at] if cell})
    if len(cells) > COUNTED and n_seen > FEW * len(at):
        return replace(column, n_distinct_at_least=n_seen)
    n_distinct = len({cell for cell in pd.unique(cells) if cell})
    column = replace(column, n_distinct=n_distinct, n_distinct_at_least=n_distinct)
    is_telling = column.kind == "choice" or 2 * n_distinct <= column.n_filled
    if column.kind not in _OF_WORDS or n_distinct > SHOWN_WORDS or not is_telling:
        return column
    counts = values.value_counts()
    return replace(column, words=_counts(counts[counts.index.map(bool)]))


def _owners(
    table: Table, reps: Table | None, name: str, given: Collection[str]
) -> Iterator[OwnersReading]:
    """Yield who the reps of each column are among the reps of the day."""
    if reps is None or name == "reps":
        return
    known = set(reps.frame["rep_id"])
    for column in REP_COLUMNS:
        if column not in given:
            continue
        cells = table.frame[column]
        counts = cells.value_counts().drop("", errors="ignore")
        unmatched = counts[~counts.index.isin(known)]
        n_matched = len(counts) - len(unmatched)
        n_without = int((cells == "").sum())
        yield OwnersReading(
            column, len(counts), n_matched, _counts(unmatched), n_without
        )

"""A file's columns mapped to the schema's, as its source describes."""

from collections.abc import Mapping
from datetime import UTC, tzinfo

import numpy as np
import pandas as pd

from crm.cells import cell_text, lists
from crm.issues import DataError, Issue, suggestion
from crm.schema import ROW_IDS, TABLES, Column
from crm.source import Source
from crm.table import Table, text_frame
from crm.where import WhereError, matches


def mapped(name: str, source: Source, table: Table, zone: tzinfo = UTC) -> Table:
    """Return the table that the source describes, still all text.

    Columns are renamed, constants added, values translated and empty cells filled, in
    this order; then rows are selected and, if asked, collapsed to one per id.

    Parameters
    ----------
    name
        One of :data:`crm.schema.TABLES`.
    source
        How the file's columns map to the schema's.
    table
        The file as it is.
    zone
        Of dates in `where`, and of times without an offset.

    Raises
    ------
    DataError
        With every column that the source names and the file lacks.
    """
    issues = _misnamed(source, table)
    if issues:
        raise DataError(issues)
    frame = _renamed(name, source, table)
    for column, value in source.constants.items():
        frame[column] = pd.Series(cell_text(value), frame.index, dtype=object)
    for column, meanings in source.values.items():
        frame[column] = _translated(frame[column], meanings)
    for column, value in source.fill.items():
        frame[column] = frame[column].mask(frame[column] == "", cell_text(value))
    mapped = Table(table.file, frame, table.rows)
    if source.where:
        mapped = mapped.keep(_chosen(source, table, frame, zone))
    if source.one_row_per_id:
        mapped = _one_per_id(name, mapped, TABLES[name])
    return mapped


def _misnamed(source: Source, table: Table) -> list[Issue]:
    in_file = table.names
    mapped = {*source.columns, *source.constants}
    mapped |= set(in_file) - set(source.columns.values()) - set(source.drop)
    named = [("columns", name, in_file) for name in source.columns.values()]
    named += [("drop", name, in_file) for name in source.drop]
    named += [("values", name, sorted(mapped)) for name in source.values]
    named += [("fill", name, sorted(mapped)) for name in source.fill]
    issues = [
        Issue(
            table.file,
            f"`{key}` names it, no such column{suggestion(name, names)}",
            column=name,
        )
        for key, name, names in named
        if name not in names
    ]
    clash = (set(in_file) | set(source.columns)) & set(source.constants)
    return issues + [
        Issue(
            table.file,
            "the file has it; use `fill` in place of `constants`",
            column=name,
        )
        for name in sorted(clash)
    ]


def _renamed(name: str, source: Source, table: Table) -> pd.DataFrame:
    """Return our columns first, then the file's other columns under their own names.

    A column that has the name of one we need keeps it, though others are made of it.
    """
    needed = {column for column, own in TABLES[name].items() if own.required}
    consumed = set(source.columns.values()) - needed
    consumed |= {*source.columns, *source.drop}
    origin = {
        **source.columns,
        **{column: column for column in table.names if column not in consumed},
    }
    return text_frame(
        list(origin), [table.frame[name].to_numpy() for name in origin.values()]
    )


def _translated(column: pd.Series, meanings: Mapping[str, object]) -> pd.Series:
    words = {text.strip(): cell_text(value) for text, value in meanings.items()}
    codes, distinct = pd.factorize(column.to_numpy(), use_na_sentinel=False)
    translated = [words.get(text, text) for text in distinct]
    return pd.Series(translated, dtype=object).take(codes).reset_index(drop=True)


def _chosen(
    source: Source, table: Table, frame: pd.DataFrame, zone: tzinfo
) -> np.ndarray:
    originals = table.frame[[name for name in table.names if name not in frame]]
    try:
        return matches(pd.concat([frame, originals], axis=1), source.where, zone)
    except WhereError as problem:
        message = f"`where`: {problem.reason}"
        raise DataError([Issue(table.file, message, column=problem.column)]) from None


def _one_per_id(name: str, table: Table, columns: Mapping[str, Column]) -> Table:
    row_id = ROW_IDS.get(name)
    if row_id is None:
        message = f"`one_row_per_id`: {name} has no column that names its rows"
        raise DataError([Issue(table.file, message)])
    if row_id not in table.frame:
        raise DataError([Issue(table.file, "the table needs this column", 1, row_id)])
    return one_row_each(table, row_id, columns)


def one_row_each(table: Table, row_id: str, columns: Mapping[str, Column]) -> Table:
    """Return the table with one row per id, in order of first appearance.

    A list becomes the union of its rows, any other cell the most frequent
    filled one, the first of those that are equally frequent.

    Parameters
    ----------
    table
        All text, with the column `row_id`.
    row_id
        The column that names rows.
    columns
        The schema of the table: which columns are lists.
    """
    codes, ids = pd.factorize(table.frame[row_id].to_numpy(), use_na_sentinel=False)
    _, first = np.unique(codes, return_index=True)
    collapsed = []
    for name in table.names:
        cells = _ranked(codes, table.frame[name].to_numpy())
        is_list = name in columns and columns[name].kind == "list"
        collapsed.append((_unions if is_list else _modes)(cells, len(ids)))
    frame = text_frame(table.names, collapsed)
    return Table(table.file, frame, table.rows[first])


def _ranked(codes: np.ndarray, texts: np.ndarray) -> pd.DataFrame:
    """Return the distinct filled cells of each id, in order of appearance."""
    cells = pd.DataFrame({"id": codes, "text": pd.Series(texts, dtype=object)})
    filled = cells[cells["text"] != ""]
    return filled.groupby(["id", "text"], sort=False).size().reset_index(name="n")


def _modes(cells: pd.DataFrame, n_ids: int) -> np.ndarray:
    best = cells.sort_values("n", ascending=False, kind="stable")
    best = best.drop_duplicates("id")
    texts = np.full(n_ids, "", dtype=object)
    texts[best["id"].to_numpy()] = best["text"].to_numpy(dtype=object)
    return texts


def _unions(cells: pd.DataFrame, n_ids: int) -> np.ndarray:
    joined = np.full(n_ids, "", dtype=object)
    texts = cells.groupby("id")["text"].agg("|".join)
    joined[texts.index.to_numpy()] = list(map(cell_text, lists(texts)))
    return joined

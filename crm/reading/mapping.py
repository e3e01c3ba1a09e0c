"""A file's columns mapped to the schema's, as its source describes."""

from collections.abc import Mapping
from datetime import UTC, tzinfo

import numpy as np
import pandas as pd

from crm.cells import cell_text, lists
from crm.column_origin import RepColumn, columns_of
from crm.issues import DataError, Issue, suggestion
from crm.reading.cell_values import with_plain_cells
from crm.reading.header_names import another_system
from crm.reading.missing import without_missing
from crm.reading.origins import comparable, origin_cells, origin_issues
from crm.reading.rep_matching import with_matched_reps
from crm.schema import ALL_TABLES, ROW_IDS, Column
from crm.source import Source
from crm.spelling import folded
from crm.table import Table, text_frame
from crm.where import WhereError, matches
from crm.zones import zone_of


def mapped(
    name: str,
    source: Source,
    file: Table,
    reps: pd.DataFrame | None = None,
    zone: tzinfo = UTC,
) -> tuple[Table, list[Issue]]:
    """Return the table that the source describes, still all text, and what to say.

    Words that mean empty are emptied, columns made of the file's, constants added,
    values translated, cells made plain and empty ones filled, reps found by name, in
    this order; then rows are selected and, if asked, collapsed to one per id.

    Parameters
    ----------
    name
        One of :data:`crm.schema.ALL_TABLES`.
    source
        How the file's columns map to the schema's, and how its cells are written.
    file
        The file as it is.
    reps
        What :func:`reps_to_match` returns, for columns that name a rep.
    zone
        Of the days that `where` names.

    Raises
    ------
    DataError
        With every column that the source names and the file lacks.
    """
    faults = _misnamed(name, source, file)
    if faults:
        raise DataError([*faults, *another_system(source, file)])
    if faults := origin_issues(source, file, ALL_TABLES[name]):
        raise DataError(faults)
    file, issues = without_missing(source, file)
    frame = _renamed(name, source, file)
    for column, value in source.constants.items():
        frame[column] = pd.Series(cell_text(value), frame.index, dtype=object)
    raw = Table(file.file, frame, file.rows, numeric=_numeric(source, file))
    table, told = with_plain_cells(name, source, raw, file)
    issues += told
    table, told = with_matched_reps(source, table, reps)
    issues += told
    if source.where:
        table = table.keep(_chosen(name, source, file, table.frame, zone))
    if source.one_row_per_id:
        table = _one_per_id(name, table, ALL_TABLES[name])
    return table, issues


def reps_to_match(
    sources: Mapping[str, Source], file: Table | None, reps: Table | None
) -> pd.DataFrame | None:
    """Return the reps with the further columns of their file, where one is named.

    Parameters
    ----------
    sources
        Table name -> its source.
    file, reps
        The file of the reps as it is, and the table mapped from it; None where they
        could not be read.
    """
    if file is None or reps is None:
        return None
    named = {
        column
        for source in sources.values()
        for origin in source.columns.values()
        if isinstance(origin, RepColumn)
        for column in map(folded, origin.match)
    }
    further = [c for c in file.names if folded(c) in named and c not in reps.frame]
    if sources["reps"].one_row_per_id:
        further = []
    at = np.searchsorted(file.rows, reps.rows)
    originals = file.frame[further].iloc[at].reset_index(drop=True)
    return pd.concat([reps.frame, originals], axis=1)


def _numeric(source: Source, file: Table) -> dict[str, np.ndarray]:
    """Return which cells of each column of ours are numbers in the file."""
    numeric = {n: cells for n, cells in file.numeric.items() if n not in source.columns}
    for ours, origin in source.columns.items():
        if not isinstance(origin, str | list):
            continue
        first, *others = columns_of(origin)
        are_numbers = file.are_numbers(first)
        filled = file.frame[first].to_numpy() != ""
        for name in others:
            are_numbers = np.where(filled, are_numbers, file.are_numbers(name))
            filled |= file.frame[name].to_numpy() != ""
        numeric[ours] = are_numbers
    return {name: cells for name, cells in numeric.items() if cells.any()}


def _misnamed(table_name: str, source: Source, table: Table) -> list[Issue]:
    in_file = table.names
    consumed = [name for o in source.columns.values() for name in columns_of(o)]
    mapped = {*source.columns, *source.constants}
    mapped |= set(in_file) - set(consumed) - set(source.drop)
    named = [("columns", name, in_file) for name in dict.fromkeys(consumed)]
    named += [("drop", name, in_file) for name in source.drop]
    ours = {"values": source.values, "fill": source.fill, "dates": source.dates}
    ours |= {"decimal": source.decimal, "thousands": source.thousands}
    ours |= {"split": source.split}
    for key, value in ours.items():
        by_name = value if isinstance(value, Mapping) else ()
        named += [(key, name, sorted(mapped)) for name in by_name]
    if source.rates and source.rates.column:
        named.append(("rates", source.rates.column, in_file))
    issues = [
        Issue(
            table.file,
            f"`{key}` names it, no such column{_also(name, source)}"
            f"{suggestion(name, names)}",
            column=name,
            keys=("data", table_name, key),
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


def _also(name: str, source: Source) -> str:
    also = source.headers.get(name, [])
    return f", nor {' or '.join(also)}" if also else ""


def _renamed(name: str, source: Source, table: Table) -> pd.DataFrame:
    """Return our columns first, then the file's other columns under their own names.

    A column that has the name of one we need keeps it, though others are made of it.
    """
    needed = {column for column, own in ALL_TABLES[name].items() if own.required}
    consumed = source.consumed - needed
    consumed |= {*source.columns, *source.drop}
    cells = {ours: origin_cells(source, table, ours) for ours in source.columns}
    cells |= {
        column: table.frame[column].to_numpy()
        for column in table.names
        if column not in consumed
    }
    return text_frame(list(cells), cells.values())


def _chosen(
    name: str, source: Source, table: Table, frame: pd.DataFrame, zone: tzinfo
) -> np.ndarray:
    try:
        cells = comparable(source, table, source.where, frame)
        clocks = zone_of(source.time_zone) if source.time_zone else zone
        return matches(cells, source.where, zone, clocks)
    except WhereError as problem:
        message = f"`where`: {problem.reason}"
        keys = ("data", name, "where")
        issue = Issue(table.file, message, column=problem.column, keys=keys)
        raise DataError([issue]) from None


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
    unreadable = {name: np.ones(len(ids), dtype=bool) for name in table.unreadable}
    return Table(table.file, frame, table.rows[first], unreadable)


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

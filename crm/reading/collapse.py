"""Many rows per id become one, as when reps are taken from a log of leads."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from crm.cells import cell_text, lists
from crm.schema import Column
from crm.table import Table, text_frame


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
        collapsed.append((_unions if is_list else _favourites)(cells, len(ids)))
    frame = text_frame(table.names, collapsed)
    return Table(table.file, frame, table.rows[first])


def _ranked(codes: np.ndarray, texts: np.ndarray) -> pd.DataFrame:
    """Return the distinct filled cells of each id, in order of appearance."""
    cells = pd.DataFrame({"id": codes, "text": pd.Series(texts, dtype=object)})
    filled = cells[cells["text"] != ""]
    return filled.groupby(["id", "text"], sort=False).size().reset_index(name="n")


def _favourites(cells: pd.DataFrame, n_ids: int) -> np.ndarray:
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

"""Empty cells that mean the cell above, as grouped reports leave them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from crm.issues import DataError, Issue, suggestion
from crm.table import Table


def filled_down(table: Table, columns: Sequence[str]) -> Table:
    """Return the table with each empty cell of these columns filled from above.

    Cells above the first filled one stay empty, and a note says so.

    Raises
    ------
    DataError
        If the table lacks one of the columns.
    """
    issues = [
        Issue(
            table.file,
            f"`fill_down` names it, no such column{suggestion(name, table.names)}",
            column=name,
        )
        for name in columns
        if name not in table.names
    ]
    if issues:
        raise DataError(issues)
    frame = table.frame.copy(deep=False)
    numeric = dict(table.numeric)
    notes: list[Issue] = []
    for name in columns:
        cells = frame[name].to_numpy()
        above = np.maximum.accumulate(np.where(cells != "", np.arange(len(cells)), 0))
        frame[name] = cells[above]
        numeric[name] = table.are_numbers(name)[above]
        if len(cells) and cells[0] == "":
            notes.append(_nothing_above(table, name, cells))
    notes = [*table.notes, *notes]
    return replace(table, frame=frame, notes=tuple(notes), numeric=numeric)


def _nothing_above(table: Table, name: str, cells: np.ndarray) -> Issue:
    n_rows = int(np.argmax(cells != "")) or len(cells)
    message = f"`fill_down`: the first rows have no cell above (rows: {n_rows})"
    row = int(table.rows[0])
    return Issue(table.file, message, row, name, severity="warning")

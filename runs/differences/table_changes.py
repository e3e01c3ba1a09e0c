"""What differs between the input tables of two runs, cell by cell."""

from collections.abc import Iterator

import pandas as pd

from reporting.text.whatif.difference_figures import TableChange
from runs.differences.side import Side
from runs.folder.reading import INPUTS
from solver.day.scored_columns import SCORED

KEYS = {"leads": "lead_id", "reps": "rep_id", "accounts": "account_id"}
"""Table -> the column that tells rows apart; all of them where it is none."""
LAST_NANOSECOND = ".999999999Z"
"""How the end of a day is written; people read its last second."""


def table_changes(before: Side, after: Side) -> dict[str, TableChange]:
    """Return what changed of each table that did; scores are no cells."""
    changes = {name: _change(before, after, name) for name in INPUTS}
    return {name: change for name, change in changes.items() if change}


def _change(before: Side, after: Side, table: str) -> TableChange:
    old, new = _rows(before, table), _rows(after, table)
    common = new.index.intersection(old.index, sort=False)
    columns = [name for name in old if name in new]
    cells = list(_cells(old.loc[common, columns], new.loc[common, columns]))
    return TableChange(
        table,
        pd.DataFrame(cells, columns=["row", "column", "before", "after"], dtype=object),
        tuple(new.index.difference(old.index, sort=False)),
        tuple(old.index.difference(new.index, sort=False)),
        tuple(str(name) for name in new if name not in old),
        tuple(str(name) for name in old if name not in new),
    )


def _rows(side: Side, table: str) -> pd.DataFrame:
    """Return a table as text, its rows under their keys, without scores."""
    frame = side.run.table(f"inputs/{table}.csv").frame
    own = [name for name in frame if name not in SCORED.get(table, ())]
    if table in KEYS:
        return frame[own].drop_duplicates(KEYS[table]).set_index(KEYS[table])
    whole = [
        " ".join(filter(None, row)).replace(LAST_NANOSECOND, "Z")
        for row in frame[own].to_numpy()
    ]
    return frame[[]].set_axis(whole).loc[lambda rows: ~rows.index.duplicated()]


def _cells(old: pd.DataFrame, new: pd.DataFrame) -> Iterator[tuple[str, str, str, str]]:
    for column in new:
        differs = (old[column] != new[column]).to_numpy()
        rows = new.index[differs]
        parts = rows, old[column][differs], new[column][differs]
        for row, before, after in zip(*parts, strict=True):
            yield str(row), str(column), str(before), str(after)

"""Damages that do not touch each other, seen in one command instead of one each."""

import shutil
from collections.abc import Iterator, Sequence
from csv import field_size_limit
from itertools import chain, zip_longest
from pathlib import Path
from typing import NamedTuple

from click.testing import Result

from tests.damage.commands import CHECK, RUN, held
from tests.damage.tables import (
    CELLS,
    TABLES,
    Named,
    Rows,
    byte_damages,
    column_damages,
    file_damages,
    on_rows,
)

HEADERS = {
    "leads": "lead_id created_at territory language account_id deal_value visits",
    "reps": "rep_id daily_capacity name team territories languages seniority "
    "open_capacity open_leads",
    "history": "lead_id created_at territory language account_id deal_value visits "
    "rep_id assigned_at outcome closed_at",
    "accounts": "account_id owner_rep_id",
    "absences": "rep_id from to",
}
WIDTH = {table: len(header.split()) for table, header in HEADERS.items()}
N_ROWS = {"leads": 30, "reps": 6, "history": 200, "accounts": 2, "absences": 1}


class Cell(NamedTuple):
    """An odd text in a cell, each column's in another row where there are as many."""

    table: str
    place: int
    column: str
    text: str

    @property
    def row(self) -> int:
        """The row below the header, from 1."""
        return 1 + self.place % N_ROWS[self.table]

    @property
    def refusal(self) -> str:
        """How an error that refuses the cell begins."""
        return f"error: {self.table}.csv, row {self.row + 1}, column {self.column}: "

    @property
    def is_alone(self) -> bool:
        """Whether it changes how others are read: what refers to it, or its file."""
        is_referred_to = (self.table, self.column) == ("reps", "rep_id")
        is_quoted = any(mark in self.text for mark in '"\r\n')
        return is_referred_to or is_quoted or len(self.text) > field_size_limit()

    @property
    def named(self) -> Named:
        """What is done, and the function that does it to a folder."""
        said = f"{self.table}: row {self.row}, {self.column} holds {self.text[:20]!r}"
        return said, on_rows(self.table, self._written)

    def _written(self, rows: Rows) -> Rows:
        rows[self.row][self.place] = self.text
        return rows


def cell_groups() -> Iterator[tuple[Cell, ...]]:
    """Yield every odd text in every column: in each column one, then the others."""
    places = [
        (table, place, column)
        for table, header in HEADERS.items()
        for place, column in enumerate(header.split())
    ]
    for first in range(len(CELLS)):
        cells = [
            Cell(*place, CELLS[(first + step) % len(CELLS)])
            for step, place in enumerate(places)
        ]
        yield tuple(cell for cell in cells if not cell.is_alone)
        yield from ((cell,) for cell in cells if cell.is_alone)


def table_groups() -> Iterator[tuple[Named, ...]]:
    """Yield every damage of a whole table: of each table one, then the others."""
    of_bytes = (byte_damages(f"{table}.csv", range(40)) for table in TABLES)
    of_columns = (column_damages(table, WIDTH[table]) for table in TABLES)
    kinds = of_bytes, map(file_damages, TABLES), of_columns
    for group in chain.from_iterable(zip_longest(*kind) for kind in kinds):
        yield tuple(filter(None, group))


def accepted(
    folder: Path, whole: Path, cells: Sequence[Cell]
) -> list[tuple[Cell, ...]]:
    """Check all cells until each is refused by name or accepted; return the latter.

    Parameters
    ----------
    folder
        A copy of the company, the current folder.
    whole
        The company as it was.
    cells
        Of different columns.

    Returns
    -------
    list
        Cells that are accepted together.
    """
    result = damaged(folder, whole, [cell.named for cell in cells])
    if result.exit_code == 0:
        return [tuple(cells)]
    rest = [cell for cell in cells if cell.refusal not in result.stderr]
    if len(cells) == 1 or not rest:
        return []
    half = (len(rest) + 1) // 2 if len(rest) == len(cells) else len(rest)
    parts = [part for part in (rest[:half], rest[half:]) if part]
    return list(chain.from_iterable(accepted(folder, whole, part) for part in parts))


def run_together(folder: Path, whole: Path, damages: Sequence[Named]) -> None:
    """Run what each damage alone passes, at once if it is accepted so."""
    result = damaged(folder, whole, damages, RUN)
    if result.exit_code == 3 and len(damages) > 1:
        for damage in damages:
            damaged(folder, whole, [damage], RUN)


def damaged(
    folder: Path,
    whole: Path,
    damages: Sequence[Named],
    arguments: tuple[str, ...] = CHECK,
) -> Result:
    """Damage the company, as it was, and hold a command to what is always true."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    for table in TABLES:
        shutil.copy(whole / f"{table}.csv", folder)
    for _, damage in damages:
        damage(folder)
    try:
        return held(folder, arguments)
    except AssertionError as error:
        error.add_note(f"damages: {', '.join(said for said, _ in damages)}")
        raise

"""A table being read: its header, its cells, and their rows in the file."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from crm.cells import cell_text
from crm.characters import cleaned
from crm.file_form import FileForm
from crm.issues import LISTED, DataError, Issue, Severity, capped

SEPARATE = 50
"""Columns up to which a frame keeps each in an array of its own."""


@dataclass(frozen=True)
class Table:
    """A frame with its file, and the row of the file that each row came from.

    Attributes
    ----------
    file
        The file, as the user wrote it.
    frame
        One row each, with a ``RangeIndex``; all ``object`` columns of ``str``
        until the cells are converted.
    rows
        Shape (n_rows,), int64: row in the file, the header being row 1.
    unreadable
        Column -> shape (n_rows,) bool, where its cell could not be converted;
        every row of a column that is absent though required.
    notes
        Warnings about how the file is written.
    numeric
        Column -> shape (n_rows,) bool, where its cell is a number in the file, not the
        text of one: its dot is a decimal point. Columns without such cells may lack.
    form
        How its rows were found in the file.
    """

    file: str
    frame: pd.DataFrame
    rows: np.ndarray
    unreadable: Mapping[str, np.ndarray] = field(default_factory=dict)
    notes: tuple[Issue, ...] = ()
    numeric: Mapping[str, np.ndarray] = field(default_factory=dict)
    form: FileForm = field(default_factory=FileForm)

    @property
    def names(self) -> list[str]:
        """The columns, in file order."""
        return list(map(str, self.frame.columns))

    def readable(self, *columns: str) -> np.ndarray:
        """Tell for each row whether these cells could be converted, (n_rows,) bool."""
        readable = np.ones(len(self.rows), dtype=bool)
        for column in columns:
            if column in self.unreadable:
                readable &= ~self.unreadable[column]
        return readable

    @property
    def number_columns(self) -> set[str]:
        """The columns whose filled cells the file holds as numbers, all of them."""
        return {
            name
            for name, are_numbers in self.numeric.items()
            if are_numbers[(self.frame[name] != "").to_numpy()].all()
        }

    def are_numbers(self, column: str) -> np.ndarray:
        """Tell which cells of a column are numbers in the file, (n_rows,) bool."""
        nowhere = np.zeros(len(self.rows), dtype=bool)
        return self.numeric.get(column, nowhere)

    def issues(
        self,
        wrong: np.ndarray,
        column: str,
        expected: str,
        severity: Severity = "error",
    ) -> list[Issue]:
        """Return an issue for each text where `wrong`, shape (n_rows,) bool, is true.

        Each text is told once, at its first row, with the number of its rows.
        """
        if not wrong.any():
            return []
        values = [cell_text(cell) for cell in self.frame[column][wrong]]
        codes, distinct = pd.factorize(np.array(values, dtype=object))
        _, first, counts = np.unique(codes, return_index=True, return_counts=True)
        rows = self.rows[wrong][first].tolist()
        issues = [
            Issue(self.file, _repeated(expected, n), row, column, value, severity)
            for row, value, n in zip(rows[:LISTED], distinct, counts, strict=False)
        ]
        return capped(issues, len(rows))

    def noting(self, *notes: Issue) -> "Table":
        """Return the table with further notes about how its file is written."""
        return replace(self, notes=(*self.notes, *notes))

    def keep(self, chosen: np.ndarray) -> "Table":
        """Return the table with the chosen rows only, in the order chosen.

        Parameters
        ----------
        chosen
            Shape (n_rows,) bool, or positions of any number of rows.
        """
        frame = self.frame.iloc[chosen].reset_index(drop=True)
        unreadable = {name: bad[chosen] for name, bad in self.unreadable.items()}
        numeric = {
            name: are_numbers[chosen] for name, are_numbers in self.numeric.items()
        }
        return replace(
            self,
            frame=frame,
            rows=self.rows[chosen],
            unreadable=unreadable,
            numeric=numeric,
        )


def _repeated(expected: str, n_rows: int) -> str:
    return expected if n_rows == 1 else f"{expected} (rows: {n_rows:,})"


def text_frame(
    names: Sequence[str], columns: Iterable[Sequence[str] | np.ndarray]
) -> pd.DataFrame:
    """Return a frame of ``object`` columns of ``str``; arrays are not copied."""
    cells = dict(zip(names, columns, strict=True))
    index = pd.RangeIndex(len(next(iter(cells.values()), ())))
    series = {
        name: pd.Series(texts, index, dtype=object, copy=False)
        for name, texts in cells.items()
    }
    return pd.DataFrame(series, index, copy=len(series) > SEPARATE)


def column_names(file: str, cells: Sequence[str], row: int = 1) -> list[str]:
    """Return the column names as they look, without space around them.

    Raises
    ------
    DataError
        If a name is empty, appears twice or holds NUL.
    """
    names = [cleaned(cell) if "\0" not in cell else cell for cell in cells]
    issues = [
        Issue(file, f"column {position} has no name", row)
        for position, name in enumerate(names, start=1)
        if not name
    ]
    issues += [
        Issue(file, "expected a name without NUL", row, value=name)
        for name in names
        if "\0" in name
    ]
    issues += [
        Issue(file, f"{count} columns have this name", row, value=name)
        for name, count in Counter(names).items()
        if name and count > 1
    ]
    if issues:
        raise DataError(issues)
    return names

"""Reading the files of a run folder."""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crm import CrmData, DataError, Issue, Source, read_crm
from crm.cells import numbers
from crm.formats import read_table
from crm.layout import Layout
from crm.rep_names import names_of
from crm.table import Table
from runs.experiment.recorded import Rows
from runs.folder.manifest import Manifest, changed_files, read_manifest
from scenarios import ScenarioFile, read_scenario

INPUTS = ("leads", "reps", "accounts", "absences")
"""Tables that a run folder keeps as they were read, so that it can be verified."""
READING = "reading.json"
"""How all tables were read, the history too, which the folder does not keep."""
AS_WRITTEN: dict[str, Any] = {
    **{"separator": ",", "header_row": 1, "skip_footer": 0},
    **{"decimal": ".", "missing": [], "split": "|"},
}
"""How a run writes its tables, so that nothing of them is guessed."""


@dataclass(frozen=True)
class RunFolder:
    """A run folder, read back.

    Attributes
    ----------
    folder, manifest, file
        The folder, its manifest and its scenario.
    crm
        The day's tables, without history.
    """

    folder: Path
    manifest: Manifest
    file: ScenarioFile
    crm: CrmData
    _tables: dict[str, Table] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def changed(self) -> dict[str, str]:
        """Name of each file that was changed after the run -> how."""
        return changed_files(self.folder, self.manifest)

    @property
    def unit(self) -> str:
        """What the objective counts."""
        return self.file.scenario.objective.maximise

    @property
    def names(self) -> dict[str, str]:
        """rep_id -> name, empty where none is known."""
        return names_of(self.crm.reps)

    def table(self, name: str, *columns: str) -> Table:
        """Return one of its tables, as text; its file is read once.

        Raises
        ------
        DataError
            Where the table is missing, unreadable, or lacks one of these columns.
        """
        table = self._tables.get(name) or self._read(name)
        self._tables[name] = table
        if lacking := [column for column in columns if column not in table.frame]:
            expected = "the run wrote this column, it is gone"
            raise DataError([Issue(name, expected, 1, column) for column in lacking])
        return replace(table, frame=table.frame.copy(deep=False))

    def _read(self, name: str) -> Table:
        if not os.path.isfile(self.folder / name):
            expected = "is missing: deleted, or written by another version of rightrep"
            raise DataError([Issue(name, expected)])
        layout = Layout(file=name, separator=",", header_row=1, skip_footer=0)
        return read_table(self.folder / name, name, layout)

    def rows(self, name: str, *columns: str) -> Rows:
        """Return the rows of :meth:`table`."""
        records = self.table(name, *columns).frame.to_dict("records")
        return [{str(k): str(v) for k, v in row.items()} for row in records]

    @staticmethod
    def numbers(table: Table, *columns: str) -> NDArray[np.float64]:
        """Return columns of a table as numbers, shape (n_rows, n_columns).

        Raises
        ------
        DataError
            Where a cell is none.
        """
        parsed = [numbers(table.frame[column]) for column in columns]
        issues = [
            issue
            for column, cells in zip(columns, parsed, strict=True)
            for issue in table.issues(np.isnan(cells), column, "expected a number")
        ]
        if issues:
            raise DataError(issues)
        return np.column_stack(parsed)


def read_folder(folder: Path) -> RunFolder:
    """Return a run folder, read back.

    Raises
    ------
    DataError, ScenarioError
        Where the folder is none, or its files cannot be read.
    """
    manifest = read_manifest(folder)
    if manifest.partition_size is not None:
        expected = "a run in partitions; only rightrep verify reads such a folder"
        raise DataError([Issue(str(folder), expected)])
    file = read_scenario(folder / "scenario.yaml")
    sources = {
        table: Source(file=f"inputs/{table}.csv", **AS_WRITTEN) for table in INPUTS
    }
    scenario = file.scenario
    crm, _ = read_crm(
        sources,
        folder,
        scenario.data.as_of,
        scenario.calendar,
        with_rows=("reps",),  # All leads of a day may have been kept.
    )
    return RunFolder(folder, manifest, file, crm)

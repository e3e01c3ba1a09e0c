"""The files of a run folder, read back."""

import os
from dataclasses import dataclass
from pathlib import Path

from crm import CrmData, DataError, Issue, Source, read_crm
from crm.formats import read_table
from runs.experiment.recorded import Rows
from runs.folder.manifest import Manifest, read_manifest, sha256
from scenarios import ScenarioFile, read_scenario

INPUTS = ("leads", "reps", "accounts", "absences")
"""Tables that a run folder keeps as they were read, so that it can be verified."""


@dataclass(frozen=True)
class RunFolder:
    """What a run folder holds.

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

    @property
    def changed(self) -> dict[str, str]:
        """Name of each file that is not as the run wrote it -> what happened to it."""
        changes = {}
        for name, expected in self.manifest.files.items():
            path = self.folder / name
            if not os.path.isfile(path):
                changes[name] = "is missing"
            elif sha256(path.read_bytes()) != expected:
                changes[name] = "was changed after the run"
        return changes

    def rows(self, name: str, *columns: str) -> Rows:
        """Return the rows of one of its tables, as text.

        Raises
        ------
        DataError
            Where the table is missing, unreadable, or lacks one of these columns.
        """
        if not os.path.isfile(self.folder / name):
            expected = "is missing: deleted, or written by another version of rightrep"
            raise DataError([Issue(name, expected)])
        frame = read_table(self.folder / name, name).frame
        if lacking := [column for column in columns if column not in frame]:
            expected = "the run wrote this column, it is gone"
            raise DataError([Issue(name, expected, 1, column) for column in lacking])
        return [
            {str(k): str(v) for k, v in row.items()} for row in frame.to_dict("records")
        ]


def read_folder(folder: Path) -> RunFolder:
    """Return what a run folder holds.

    Raises
    ------
    DataError, ScenarioError
        Where the folder is none, or its files cannot be read.
    """
    manifest = read_manifest(folder)
    file = read_scenario(folder / "scenario.yaml")
    sources = {table: Source(file=f"inputs/{table}.csv") for table in INPUTS}
    crm = read_crm(sources, folder, file.scenario.data.as_of)[0]
    return RunFolder(folder, manifest, file, crm)

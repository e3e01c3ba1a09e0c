"""A scenario with its tables, read and checked against each other."""

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from crm import CrmData, DataError, Issue, from_account_history, read_crm
from crm.databases.address import address_of
from crm.owners import owners_from_history
from crm.past_columns import PastColumns
from crm.schema import REQUIRED_TABLES
from runs.prepared.known_accounts import with_known_accounts
from runs.prepared.ledger_place import ledger_issues
from runs.prepared.morning import Morning
from runs.prepared.saved_model import asks_for_history, saved_model
from runs.prepared.stages import Stage, silent
from runs.prepared.table_faults import table_faults
from scenarios import ScenarioError, ScenarioFile, read_scenario
from scenarios.checks import scenario_issues
from scenarios.places import placed
from scenarios.reach import Reach, needs_no_scores, unscored_day
from solver import Rule

if TYPE_CHECKING:
    from scoring import TrainedModel


@dataclass(frozen=True, eq=False)
class Prepared:
    """A scenario with its tables, read and checked.

    Attributes
    ----------
    file
        The scenario.
    folder
        The folder its tables' names are relative to.
    crm
        The tables.
    warnings
        What is odd, though not wrong.
    run_id
        Hash of what a run with a ledger is made from; empty without one.
    morning
        What earlier runs left for this one; `None` without a ledger.
    trained
        The model that stands for the history, where that was asked for.
    """

    file: ScenarioFile
    folder: Path
    crm: CrmData
    warnings: tuple[Issue, ...]
    run_id: str = ""
    morning: Morning | None = None
    trained: "TrainedModel | None" = None

    @property
    def earlier(self) -> Morning:
        """What earlier runs left; nothing without a ledger."""
        return self.morning or Morning()

    def with_rules(self, *rules: Rule) -> "Prepared":
        """Return the day with more rules, which earlier days make."""
        morning = replace(self.earlier, rules=(*self.earlier.rules, *rules))
        return replace(self, file=self.file.with_rules(*rules), morning=morning)

    @property
    def unread(self) -> tuple[str, ...]:
        """That history was not read, where the scenario names one."""
        if self.crm.past is None or not self.file.scenario.data.has_history:
            return ()
        return (
            "History was not read: the model stands for it. rightrep check looks "
            "through its rows.",
        )

    @cached_property
    def reach(self) -> Reach:
        """What each rule reaches, as far as that is known without scores."""
        known = [rule for rule in self.file.scenario.rules if needs_no_scores(rule)]
        return Reach(self.file, unscored_day(self.crm, known))

    @property
    def inputs(self) -> dict[str, Path]:
        """Name of each table that is a file, and "scenario" -> its file."""
        sources = self.file.scenario.data.sources
        files = {name: sources[name].file for name in self.crm.sources}
        tables = {name: self.folder / file for name, file in files.items() if file}
        return {**tables, "scenario": self.file.path}

    @property
    def named_files(self) -> list[Path]:
        """The scenario's file and those that it names, read or not."""
        sources = self.file.scenario.data.sources.values()
        tables = [self.folder / source.file for source in sources if source.file]
        return [self.file.path, *tables, *self._databases()]

    def _databases(self) -> Iterator[Path]:
        """Yield the SQLite files of tables."""
        for name, source in self.file.scenario.data.sources.items():
            if source.url is None:
                continue
            # An address that is not known was not read, nor is anything written to it.
            with suppress(DataError):
                path = address_of(source.url, self.folder, f"data.{name}.url").path
                if path is not None:
                    yield path


def prepare(
    path: str | Path,
    data: str | Path | None = None,
    stage: Stage = silent,
    *,
    as_of: datetime | date | None = None,
    records: bool = False,
    model: str | Path | None = None,
) -> Prepared:
    """Return a scenario with its tables, checked against each other.

    Parameters
    ----------
    path
        The scenario file.
    data
        Folder the tables' names are relative to; the scenario's by default.
    stage
        Called at every stage.
    as_of
        Moment of the allocation, in place of the scenario's.
    records
        Whether the scenario's ledger has to be able to take a run.
    model
        File of a trained model: the history is read only where the scenario asks for
        its rows, or where the other tables are at fault without it.

    Raises
    ------
    DataError, ScenarioError
        With everything found wrong.
    ModelFileError
        Where the model cannot be trusted.
    """
    stage("reading")
    folder = Path(path).parent if data is None else Path(data)
    try:
        file = read_scenario(Path(path))
    except ScenarioError as error:
        faults = [*error.issues, *table_faults(Path(path), folder)]
        raise ScenarioError(faults) from error
    if as_of is not None:
        file = file.at(as_of)
    trained = None if model is None else saved_model(Path(model))
    is_elsewhere = data is not None
    return prepared_of(
        file, folder, records=records, is_elsewhere=is_elsewhere, trained=trained
    )


def prepared_of(
    file: ScenarioFile,
    folder: Path,
    *,
    records: bool = False,
    is_elsewhere: bool = False,
    trained: "TrainedModel | None" = None,
    with_rows: Collection[str] = REQUIRED_TABLES,
) -> Prepared:
    """Return a scenario that was read with its tables, checked against each other.

    Parameters
    ----------
    folder
        The folder its tables' names are relative to.
    records
        As for :func:`prepare`.
    is_elsewhere
        Whether the folder is another than the scenario's.
    trained
        The model that the day is scored with, if it is there already.
    with_rows
        Tables that must have rows.

    Raises
    ------
    DataError, ScenarioError
        As :func:`prepare` does.
    """
    if not os.path.isdir(folder):
        raise DataError([Issue(str(folder), "no such folder of tables")])
    spec = file.scenario.data
    crm, warnings = _tables(
        file, folder, None if trained is None else trained.past, with_rows
    )
    file = file.read_by(crm.sources)
    if spec.territory_from_account:
        crm = from_account_history(crm)
    if spec.owner_from_history:
        crm = owners_from_history(crm)
    crm, told = with_known_accounts(file, crm)
    issues = [
        *ledger_issues(file, records=records),
        *scenario_issues(file, crm),
        *told,
        *warnings,
    ]
    if is_elsewhere:
        issues += _elsewhere(file, crm, folder)
    if any(issue.severity == "error" for issue in issues):
        raise ScenarioError(issues)
    return Prepared(file, folder, crm, tuple(issues), trained=trained)


def _tables(
    file: ScenarioFile,
    folder: Path,
    past: PastColumns | None,
    with_rows: Collection[str],
) -> tuple[CrmData, tuple[Issue, ...]]:
    """Return the tables, without history where `past` can stand for it.

    Where they are at fault without it, they are read with it: it may show which day it
    is, and all that is wrong is to be told at once.
    """
    spec, calendar = file.scenario.data, file.scenario.calendar
    if past is not None and not asks_for_history(file.scenario):
        today = {name: own for name, own in spec.sources.items() if name != "history"}
        with suppress(DataError):
            return read_crm(today, folder, spec.as_of, calendar, with_rows, past=past)
    try:
        return read_crm(spec.sources, folder, spec.as_of, calendar, with_rows)
    except DataError as error:
        raise ScenarioError(placed(file.document, error.issues)) from error


def _elsewhere(file: ScenarioFile, crm: CrmData, folder: Path) -> Iterator[Issue]:
    """Yield a warning for each table that a folder of tables has no say over."""
    for name, query in crm.queries.items():
        if not query.is_file:
            text = f"{name} is read from {query.url}, not from the folder {folder}"
            yield file.issue(("data", name), text, severity="warning")

"""A scenario with its tables, read and checked against each other."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from crm import CrmData, DataError, Issue, from_account_history, read_crm
from crm.owners import owners_from_history
from runs.prepared.known_accounts import with_known_accounts
from runs.prepared.ledger_place import ledger_issues
from runs.prepared.morning import Morning
from runs.prepared.stages import Stage, silent
from runs.prepared.table_faults import table_faults
from scenarios import ScenarioError, ScenarioFile, read_scenario
from scenarios.checks import scenario_issues
from scenarios.places import placed
from scenarios.reach import Reach, needs_no_scores, unscored_day
from solver import Rule


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
    """

    file: ScenarioFile
    folder: Path
    crm: CrmData
    warnings: tuple[Issue, ...]
    run_id: str = ""
    morning: Morning | None = None

    @property
    def earlier(self) -> Morning:
        """What earlier runs left; nothing without a ledger."""
        return self.morning or Morning()

    def with_rules(self, *rules: Rule) -> "Prepared":
        """Return the day with more rules, which earlier days make."""
        morning = replace(self.earlier, rules=(*self.earlier.rules, *rules))
        return replace(self, file=self.file.with_rules(*rules), morning=morning)

    @cached_property
    def reach(self) -> Reach:
        """What each rule reaches, as far as that is known without scores."""
        known = [rule for rule in self.file.scenario.rules if needs_no_scores(rule)]
        return Reach(self.file, unscored_day(self.crm, known))

    @property
    def inputs(self) -> dict[str, Path]:
        """Name of each table that is a file, and "scenario" -> its file."""
        sources = self.file.scenario.data.sources
        files = {name: source.file for name, source in sources.items()}
        tables = {name: self.folder / file for name, file in files.items() if file}
        return {**tables, "scenario": self.file.path}

    @property
    def databases(self) -> list[Path]:
        """The SQLite files that were read."""
        queries = self.crm.queries.values()
        return [self.folder / query.database for query in queries if query.is_file]


def prepare(
    path: str | Path,
    data: str | Path | None = None,
    stage: Stage = silent,
    *,
    as_of: datetime | date | None = None,
    records: bool = False,
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

    Raises
    ------
    DataError, ScenarioError
        With everything found wrong.
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
    return prepared_of(file, folder, records=records, is_elsewhere=data is not None)


def prepared_of(
    file: ScenarioFile,
    folder: Path,
    *,
    records: bool = False,
    is_elsewhere: bool = False,
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

    Raises
    ------
    DataError, ScenarioError
        As :func:`prepare` does.
    """
    if not os.path.isdir(folder):
        raise DataError([Issue(str(folder), "no such folder of tables")])
    spec = file.scenario.data
    calendar = file.scenario.calendar
    try:
        crm, warnings = read_crm(spec.sources, folder, spec.as_of, calendar)
    except DataError as error:
        raise ScenarioError(placed(file.document, error.issues)) from error
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
    return Prepared(file, folder, crm, tuple(issues))


def _elsewhere(file: ScenarioFile, crm: CrmData, folder: Path) -> Iterator[Issue]:
    """Yield a warning for each table that a folder of tables has no say over."""
    for name, query in crm.queries.items():
        if not query.is_file:
            text = f"{name} is read from {query.url}, not from the folder {folder}"
            yield file.issue(("data", name), text, severity="warning")

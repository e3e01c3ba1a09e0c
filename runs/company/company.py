"""The scenario that a company lives by, and its open ledger."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from crm import Calendar, Issue
from ledger import Ledger, LedgerError
from runs.prepared.ledger_place import is_there, ledger_place
from scenarios import ScenarioError, ScenarioFile, read_scenario

NAMED_BY = "RIGHTREP_SCENARIO"
"""Variable of the environment that names the scenario."""


@dataclass(frozen=True)
class Company:
    """A scenario with its ledger, which is open.

    Attributes
    ----------
    file
        The scenario.
    ledger
        Its ledger.
    """

    file: ScenarioFile
    ledger: Ledger

    @property
    def calendar(self) -> Calendar:
        """The company's calendar; without one, every day of UTC is a working day."""
        return self.file.scenario.calendar or Calendar()

    def moment(self, at: datetime | date | None = None) -> datetime:
        """Return when something happened, in UTC.

        Parameters
        ----------
        at
            A time without an offset is in the company's zone; a date is its first
            moment; None is now.
        """
        if at is None:
            return datetime.now(UTC)
        if not isinstance(at, datetime):
            at = datetime(at.year, at.month, at.day)
        if at.tzinfo is None:
            at = at.replace(tzinfo=ZoneInfo(self.calendar.time_zone))
        return at.astimezone(UTC)

    def day(self, moment: datetime) -> date:
        """Return the company's day of a moment."""
        return moment.astimezone(ZoneInfo(self.calendar.time_zone)).date()


@contextmanager
def company(scenario: str | Path | None = None) -> Iterator[Company]:
    """Give a scenario with its ledger, which is closed again at the end.

    Parameters
    ----------
    scenario
        The scenario file; by default the one that the environment names, or the only
        one of the current folder that has a ledger.

    Raises
    ------
    ScenarioError
        Where there is no such scenario, or it has no ledger yet.
    """
    file = read_scenario(Path(scenario) if scenario else scenario_here())
    place = ledger_place(file)
    if place is None:
        expected = "the scenario names no ledger; add one, such as `ledger: ledger.db`"
        raise ScenarioError([file.issue((), expected)])
    if not is_there(place):
        expected = f"there is no ledger {place} yet; the first `rightrep run` makes it"
        raise ScenarioError([file.issue(("ledger",), expected)])
    try:
        ledger = Ledger(place)
    except LedgerError as error:
        raise ScenarioError([file.issue(("ledger",), str(error))]) from error
    with ledger:
        yield Company(file, ledger)


def scenario_here() -> Path:
    """Return the scenario that the environment names, or the only one with a ledger.

    Raises
    ------
    ScenarioError
        Where there is none, or several.
    """
    if named := os.environ.get(NAMED_BY, ""):
        return Path(named)
    here = sorted([*Path().glob("*.yaml"), *Path().glob("*.yml")])
    found = [path for path in here if _names_a_ledger(path)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(path.name for path in found) or "none"
    expected = (
        f"expected one scenario with a ledger here, found {names}; name one with "
        f"--scenario, or in the environment as {NAMED_BY}"
    )
    raise ScenarioError([Issue(str(Path.cwd()), expected)])


def _names_a_ledger(path: Path) -> bool:
    try:
        return read_scenario(path).scenario.ledger is not None
    except ScenarioError:
        # A scenario with faults is one nevertheless: its faults are to be shown.
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        return any(line.startswith("ledger:") for line in lines)

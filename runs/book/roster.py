"""The company's reps at a moment, from their tables and the ledger."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from crm import CrmData, DataError, Issue, read_crm, suggestion
from runs.company.company import Company
from runs.morning.owned_leads import active_reps
from runs.morning.reps_as_known import reps_as_known
from scenarios import ScenarioError
from scenarios.places import placed
from solver.day.availability import at_work

TABLES = ("reps", "absences")


@dataclass(frozen=True, eq=False)
class Roster:
    """The company's reps at a moment.

    Attributes
    ----------
    crm
        The tables of reps and absences, with what the ledger knows.
    away
        Rep -> why they are away, in words.
    """

    crm: CrmData
    away: dict[str, str]

    @property
    def rep_ids(self) -> list[str]:
        """The reps of the table."""
        return self.crm.reps["rep_id"].tolist()

    def unknown(self, rep_ids: Iterable[str], file: str) -> Iterator[Issue]:
        """Yield an issue for each rep that the table lacks, with the nearest."""
        known = self.rep_ids
        for rep_id in dict.fromkeys(rep_ids):
            if rep_id not in known:
                text = f"no rep of the reps table{suggestion(rep_id, known)}"
                yield Issue(file, text, column="rep_id", value=rep_id)

    def gone(self, rep_ids: Iterable[str], file: str) -> Iterator[Issue]:
        """Yield an issue for each rep of the table who is not active."""
        inactive = set(self.rep_ids) - active_reps(self.crm)
        for rep_id in dict.fromkeys(rep_ids):
            if rep_id in inactive:
                text = f"no active rep ({self._why(rep_id)}); name one who is"
                yield Issue(file, text, column="rep_id", value=rep_id)

    def absent(self, rep_ids: Iterable[str]) -> list[str]:
        """Return which of these reps are not at work, each with why."""
        working = set(self.crm.reps.loc[at_work(self.crm), "rep_id"])
        wanted = [rep for rep in dict.fromkeys(rep_ids) if rep not in working]
        if not self.crm.calendar.works_on(self.crm.today):
            wanted = [rep for rep in wanted if rep in self.away]
        return [f"{rep} ({self._why(rep)})" for rep in wanted]

    def _why(self, rep_id: str) -> str:
        return self.away.get(rep_id, "by the tables of reps and absences")


def staff(company: Company, moment: datetime) -> Roster:
    """Return the company's reps at a moment.

    Raises
    ------
    ScenarioError
        Where the tables of reps and absences cannot be read.
    """
    file = company.file
    sources = {
        name: source
        for name, source in file.scenario.data.sources.items()
        if name in TABLES
    }
    try:
        crm, _ = read_crm(
            sources,
            file.path.parent,
            moment,
            file.scenario.calendar,
            with_rows=("reps",),
            needed=("reps",),
        )
    except DataError as error:
        raise ScenarioError(placed(file.document, error.issues)) from error
    known = reps_as_known(crm, company.ledger)
    return Roster(known.crm, known.away)

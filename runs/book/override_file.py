"""An edited table of assignments, read back as overrides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crm import DataError, Issue
from ledger.ownership import current_of, known
from runs.book.edited_rows import LEAD, REP, EditedRow, edited_rows
from runs.book.fill_in import NAME, OVERRIDE, WHY
from runs.book.overriding import Wish
from runs.book.rep_choice import RepChoice
from runs.book.roster import staff
from runs.company.company import Company
from runs.folder.manifest import recorded_run


@dataclass(frozen=True)
class EditedFile:
    """What an edited file asks for.

    Attributes
    ----------
    wishes
        Rows with another rep than before.
    n_same
        Rows with the same.
    run_id
        The run whose rows they were; empty where the file names none, so that they
        are held against today's owners.
    faults
        What is wrong with its rows.
    """

    wishes: tuple[Wish, ...]
    n_same: int
    run_id: str
    faults: tuple[Issue, ...]


def read_edited(company: Company, path: Path, run: str = "") -> EditedFile:
    """Return what an edited table of assignments asks for.

    Parameters
    ----------
    path
        A CSV or Excel file with lead_id and rep_id, or a run's workbook, in which
        people fill in override_rep_id; other columns say nothing.
    run
        Id or folder of the run whose assignments were edited; by default what the
        workbook says, or that of the file's folder.

    Raises
    ------
    DataError
        Where the file cannot be read, lacks a column, or its run is unknown.
    """
    edited = edited_rows(path)
    run_id = recorded_run(Path(run or path.parent)) or run
    run_id = edited.run_id if not run and edited.run_id else run_id
    choice = RepChoice.of(staff(company, company.moment()).crm.reps)
    decided = _decided(company, run_id, path)
    owner = _owners(company, edited.rows)
    wishes, faults = wishes_of(edited.rows, choice, owner, decided)
    n_same = len(edited.rows) - len(wishes) - len(faults)
    return EditedFile(tuple(wishes), n_same, run_id, tuple(faults))


def wishes_of(
    rows: Sequence[EditedRow],
    choice: RepChoice,
    owner: Mapping[str, str],
    decided: Mapping[str, str],
) -> tuple[list[Wish], list[Issue]]:
    """Return what rows ask for, and what is wrong with others, one issue a row.

    Parameters
    ----------
    owner, decided
        Lead -> rep now, and as the run has decided; "" for nobody.
    """
    reading = _Reading(choice, owner, decided)
    for row in rows:
        reading.add(row)
    return reading.wishes, reading.faults


@dataclass(eq=False)
class _Reading:
    """Rows being read: each is a wish, a fault, or as before."""

    choice: RepChoice
    owner: Mapping[str, str]
    decided: Mapping[str, str]
    wishes: list[Wish] = field(default_factory=list)
    faults: list[Issue] = field(default_factory=list)
    first: dict[str, int] = field(default_factory=dict)

    def add(self, row: EditedRow) -> None:
        """Take in a row."""
        rep, column, fault = self._meant(row)
        fault = self._fault(row, rep, column) or fault
        self.first.setdefault(row.lead_id, row.row)
        if fault is not None:
            self.faults.append(fault)
        elif rep is not None and self._is_another(row.lead_id, rep):
            wish = Wish(row.lead_id, rep, row.row, row.file, column, row.reason)
            self.wishes.append(wish)

    def _is_another(self, lead: str, rep: str) -> bool:
        if rep in (self.owner.get(lead), self.decided.get(lead)):
            return False
        return bool(rep) or lead not in self.owner

    def _meant(self, row: EditedRow) -> tuple[str | None, str, Issue | None]:
        """Return the rep that a row names, in which column, and what is wrong there."""
        column = OVERRIDE if row.override else REP
        text = row.override or row.rep
        if text is None or text == self._before(row):
            return text, column, None
        try:
            rep = self.choice.meant(text)
        except ValueError as error:
            return text, column, Issue(row.file, str(error), row.row, column, text)
        if row.override and row.rep not in (None, "", rep, self._before(row)):
            both = f"{REP} was changed, too, to {row.rep}; leave one of them as it was"
            return rep, column, Issue(row.file, both, row.row, column, text)
        return rep, column, None

    def _before(self, row: EditedRow) -> str:
        return self.decided.get(row.lead_id, self.owner.get(row.lead_id, ""))

    def _fault(self, row: EditedRow, rep: str | None, column: str) -> Issue | None:
        """Return what is wrong with a row, if anything is."""
        lead = row.lead_id
        if rep is None:
            return self._without_rep(row)
        now, then = self.owner.get(lead, ""), self._before(row)
        if not lead:
            return Issue(row.file, "expected a lead", row.row, LEAD, "")
        if lead in self.first:
            text = f"this lead stands in row {self.first[lead]} as well; leave one"
            return Issue(row.file, text, row.row, LEAD, lead)
        if not rep and now:
            text = f"expected a rep; {now} owns lead {lead}, whom an override replaces"
            return Issue(row.file, text, row.row, column, "")
        if rep not in (now, then) and now != then:
            text = (
                f"lead {lead} has changed hands since the run, from "
                f"{then or 'nobody'} to {now or 'nobody'}; leave the row out, or "
                f"override it by itself"
            )
            return Issue(row.file, text, row.row, column, rep)
        if row.reason and not self._is_another(lead, rep):
            return self._without_rep(row)
        if row.rep is not None and not any(map(row.is_named, (row.rep, then, rep))):
            text = f"says another rep than {REP}; name the rep in {OVERRIDE}"
            return Issue(row.file, text, row.row, NAME, row.name)
        return None

    def _without_rep(self, row: EditedRow) -> Issue | None:
        """Return that a row has a reason and no other rep, if it has."""
        if not row.reason or row.override:
            return None
        text = f"a reason without a rep: name one in {OVERRIDE}, or empty this cell"
        return Issue(row.file, text, row.row, WHY, row.reason)


def _owners(company: Company, rows: Sequence[EditedRow]) -> dict[str, str]:
    """Return lead -> owner now, "" for nobody; leads that no run has met lack."""
    with company.ledger.reading() as connection:
        met = known(connection, [row.lead_id for row in rows])
        now = current_of(connection, sorted(met))
    return {lead: str(row["rep_id"]) if row else "" for lead, row in now.items()}


def _decided(company: Company, run_id: str, path: Path) -> dict[str, str]:
    """Return lead -> rep as a run has decided, "" for nobody."""
    if not run_id:
        return {}
    made = company.ledger.decisions(run_id)
    if made.empty:
        text = f"the run {run_id} is not in the ledger {company.ledger.name}"
        raise DataError([Issue(str(path), text)])
    return dict(zip(made["lead_id"], made["rep_id"], strict=True))

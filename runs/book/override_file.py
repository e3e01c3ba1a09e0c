"""An edited table of assignments, read back as overrides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from crm import DataError, Issue, suggestion, why_unreadable
from crm.formats import read_table
from crm.table import Table
from ledger.ownership import current_of, known
from runs.book.overriding import Wish
from runs.company.company import Company
from runs.folder.manifest import recorded_run

COLUMNS = ("lead_id", "rep_id")


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
        A CSV or Excel file with lead_id and rep_id; other columns say nothing.
    run
        Id or folder of the run whose assignments were edited; by default that of the
        file's folder.

    Raises
    ------
    DataError
        Where the file cannot be read, lacks a column, or its run is unknown.
    """
    if problem := why_unreadable(path):
        raise DataError([Issue(str(path), problem)])
    table = read_table(path, str(path))
    if lacking := [name for name in COLUMNS if name not in table.frame]:
        raise DataError(_lacking(table, name) for name in lacking)
    wishes = _wishes(table)
    owner = _owners(company, wishes)
    run_id = recorded_run(Path(run or path.parent)) or run
    decided = _decided(company, run_id, path)
    faults = [*_faults(table.file, wishes, owner, decided)]
    wrong = {issue.row for issue in faults}
    changed = [
        wish
        for wish in wishes
        if wish.row not in wrong
        and wish.rep_id not in (owner.get(wish.lead_id), decided.get(wish.lead_id))
        and (wish.rep_id or wish.lead_id not in owner)
    ]
    n_same = len(wishes) - len(changed) - len(faults)
    return EditedFile(tuple(changed), n_same, run_id, tuple(faults))


def _lacking(table: Table, name: str) -> Issue:
    near = suggestion(name, table.names)
    return Issue(table.file, f"there is no such column{near}", 1, name)


def _wishes(table: Table) -> list[Wish]:
    cells = (table.frame[name].str.strip() for name in COLUMNS)
    rows = zip(*cells, table.rows, strict=True)
    return [Wish(lead, rep, int(row)) for lead, rep, row in rows]


def _owners(company: Company, wishes: list[Wish]) -> dict[str, str]:
    """Return lead -> owner now, "" for nobody; leads that no run has met lack."""
    with company.ledger.reading() as connection:
        met = known(connection, [wish.lead_id for wish in wishes])
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


def _faults(
    file: str, wishes: list[Wish], owner: Mapping[str, str], decided: Mapping[str, str]
) -> Iterator[Issue]:
    """Yield what is wrong with each row, one issue at most."""
    first: dict[str, int | None] = {}
    for wish in wishes:
        lead, rep = wish.lead_id, wish.rep_id
        now, then = owner.get(lead, ""), decided.get(lead, owner.get(lead, ""))
        if not lead:
            yield Issue(file, "expected a lead", wish.row, "lead_id", "")
        elif lead in first:
            text = f"this lead stands in row {first[lead]} as well; leave one"
            yield Issue(file, text, wish.row, "lead_id", lead)
        elif not rep and now:
            text = f"expected a rep; {now} owns lead {lead}, whom an override replaces"
            yield Issue(file, text, wish.row, "rep_id", "")
        elif rep not in (now, then) and now != then:
            text = (
                f"lead {lead} has changed hands since the run, from "
                f"{then or 'nobody'} to {now or 'nobody'}; leave the row out, or "
                f"override it by itself"
            )
            yield Issue(file, text, wish.row, "rep_id", rep)
        first.setdefault(lead, wish.row)

"""The ledger: every run and every decision, in one SQLite file."""

from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pandas as pd

from ledger.errors import LedgerError, explained
from ledger.opening import connect
from ledger.tables import DECISIONS, RUNS, frame_of, rows_of


@dataclass(frozen=True)
class RunEntry:
    """One run of a scenario, in a line.

    Attributes
    ----------
    run_id
        Tells the run from every other; the same run again has the same id.
    scenario
        Name of the scenario.
    as_of
        The moment of the allocation (UTC).
    status
        How the solve ended: optimal, feasible, infeasible or no_solution.
    engine
        Name of the engine.
    objective
        Value of the allocation, in the scenario's unit; NaN where there is none.
    n_leads, n_assigned, n_unassigned
        Leads of the day, those assigned to a rep, and those unassigned.
    seed
        Seed of the run.
    """

    run_id: str
    scenario: str
    as_of: pd.Timestamp
    status: str
    engine: str
    objective: float
    n_leads: int
    n_assigned: int
    n_unassigned: int
    seed: int


_KNOWN = "SELECT 1 FROM runs WHERE run_id = ?"
_ADD_RUN = (
    f"INSERT INTO runs ({', '.join(RUNS)}) VALUES ({', '.join('?' for _ in RUNS)})"
)
_ADD_DECISION = (
    f"INSERT INTO decisions (run, {', '.join(DECISIONS)}) "
    f"VALUES (?, {', '.join('?' for _ in DECISIONS)})"
)


class Ledger:
    """A durable record to which runs are added and from which none is taken.

    Several processes may use one file at once. A ledger is a context manager that
    closes itself.

    Parameters
    ----------
    path
        The file; made where it is missing, in a folder that exists.

    Raises
    ------
    LedgerError
        From here and every method, where the file is no ledger, is of a newer
        version, is damaged, is kept in use by another program, or cannot be read
        or written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with explained(path):
            self._connection = connect(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def record(self, entry: RunEntry, decisions: pd.DataFrame) -> bool:
        """Add a run with all its decisions, or leave the ledger as it was.

        Parameters
        ----------
        entry
            The run.
        decisions
            One row per lead of the day: lead_id, rep_id (``""`` where the lead was
            unassigned), reason, p_convert, value (in the objective's unit), arm,
            propensity and the lead's created_at. Missing text is ``""``, missing
            numbers are NaN.

        Returns
        -------
        bool
            Whether the run is new; one that is already there is left as it is.

        Raises
        ------
        LedgerError
            Also where the decisions are not those of the run's leads.
        """
        _check(entry, decisions)
        [run] = rows_of(pd.DataFrame([asdict(entry)]), RUNS)
        rows = rows_of(decisions, DECISIONS)
        with explained(self.path), self._connection as transaction:
            transaction.execute("BEGIN IMMEDIATE")
            if transaction.execute(_KNOWN, (entry.run_id,)).fetchone():
                return False
            number = transaction.execute(_ADD_RUN, run).lastrowid
            transaction.executemany(_ADD_DECISION, ((number, *row) for row in rows))
        return True

    def runs(self) -> pd.DataFrame:
        """Return one row per run in the order of recording, as :class:`RunEntry`."""
        sql = f"SELECT {', '.join(RUNS)} FROM runs ORDER BY number"
        with explained(self.path):
            rows = self._connection.execute(sql).fetchall()
        return frame_of(rows, RUNS)

    def decisions(self, run_id: str | None = None) -> pd.DataFrame:
        """Return one row per run and lead: run_id, then as given to :meth:`record`.

        Parameters
        ----------
        run_id
            One run; all of them by default, in the order of recording.
        """
        sql = (
            f"SELECT run_id, {', '.join(DECISIONS)} "
            "FROM runs JOIN decisions ON run = number "
            "WHERE :run_id IS NULL OR run_id = :run_id ORDER BY run, lead_id"
        )
        with explained(self.path):
            rows = self._connection.execute(sql, {"run_id": run_id}).fetchall()
        return frame_of(rows, {"run_id": "text", **DECISIONS})

    def owner_of(self, lead_id: str) -> str:
        """Return the rep the lead was last assigned to, ``""`` where it never was.

        Runs count by their ``as_of``, then in the order of recording. A later run
        that leaves the lead unassigned takes it from nobody.
        """
        sql = (
            "SELECT rep_id FROM decisions JOIN runs ON run = number "
            "WHERE lead_id = ? AND rep_id <> '' ORDER BY as_of DESC, number DESC"
        )
        with explained(self.path):
            row = self._connection.execute(sql, (lead_id,)).fetchone()
        return "" if row is None else str(row[0])


def _check(entry: RunEntry, decisions: pd.DataFrame) -> None:
    n_assigned = int((decisions["rep_id"] != "").sum())
    counted = len(decisions), n_assigned
    stated = entry.n_leads, entry.n_assigned
    if counted != stated:
        raise LedgerError(
            f"run {entry.run_id} speaks of {stated[0]} leads, {stated[1]} assigned; "
            f"its decisions of {counted[0]}, {counted[1]} assigned"
        )

"""The ledger: every run, every decision, and who owns which lead."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import pandas as pd
from sqlalchemy import Connection, Select, insert, select

from crm.databases.address import Address
from ledger import questions
from ledger.database import engine_of, make_private, wait_in_line, writing
from ledger.entries import RunEntry, kinds_of
from ledger.errors import LedgerError, explained, place_text
from ledger.frames import ASSIGNMENTS, DECISIONS, RUNS, Kind, frame_of
from ledger.integrity import refuse_damage
from ledger.meanwhile import refuse_changed, refuse_used_slots
from ledger.migrating import HEAD, migrate, revision_of
from ledger.recording import TRIAL, add_run, number_of
from ledger.schema import assignments, decisions, leads, runs
from ledger.vantage import Before


class Ledger:
    """A durable record of runs, to which is only added.

    Several processes may use one ledger at once. A ledger is a context manager that
    closes itself.

    Parameters
    ----------
    place
        An SQLite file, made where it is missing, in a folder that exists; or the
        address of a database.

    Attributes
    ----------
    name
        The file, or the address without user and password.

    Raises
    ------
    LedgerError
        From here and every method, where it is no ledger, is of a newer version, is
        damaged, is kept in use by another program, or cannot be read or written.
    """

    def __init__(self, place: Path | Address) -> None:
        self.place = place
        self.name = place_text(place)
        self._is_open = True
        with explained(place):
            make_private(place)
            self._engine = engine_of(place)
            with self._engine.connect() as connection, connection.begin():
                revision = revision_of(connection)
            if revision != HEAD:
                with self.writing() as connection:
                    # Another process may have been first.
                    if revision_of(connection) != HEAD:
                        migrate(connection)

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
        """Close the ledger."""
        self._is_open = False
        self._engine.dispose()

    def check(self) -> None:
        """Raise where a run could not be recorded now; nothing is changed.

        What it costs has a bound, as :func:`ledger.integrity.refuse_damage` says.

        Raises
        ------
        LedgerError
            Where pages are damaged, columns are missing, or there is no room or right.
        """
        with self.writing() as connection:
            refuse_damage(connection)
            with connection.begin_nested() as trial:
                connection.execute(insert(runs).values(TRIAL))
                trial.rollback()

    def record(
        self,
        entry: RunEntry,
        made: pd.DataFrame,
        *,
        supersedes: str = "",
        seen: int | None = None,
    ) -> bool:
        """Add a run with all its decisions, or leave the ledger as it was.

        Leads that were assigned belong to their rep from `as_of` on.

        Parameters
        ----------
        entry
            The run.
        made
            One row per lead of the day: lead_id, rep_id (``""`` where the lead was
            unassigned), reason, p_convert, value (in the objective's unit), arm,
            propensity and the lead's created_at. Missing text is ``""``, missing
            numbers are NaN. Also, if known, kind (assigned, kept or unassigned) and
            columns: a mapping of the lead's further columns to their text; keys: pairs
            of kind and key that find the lead again; other: the lead whose owner it
            goes to (``""`` for none), and why.
        supersedes
            A run that is void from now on: what it assigned ends.
        seen
            Number of the newest event that the run has read; None where it read all.

        Returns
        -------
        bool
            Whether the run is new; one that is already there is left as it is.

        Raises
        ------
        LedgerError
            Also where the decisions are not those of the run's leads, and where others
            decided about leads that it assigns since it read the ledger.
        """
        entry.check(made)
        with self.writing() as connection:
            if number_of(connection, entry.run_id) is not None:
                return False
            if seen is not None:
                own = made[kinds_of(made) == "assigned"]
                refuse_changed(connection, seen, list(own["lead_id"]))
                refuse_used_slots(connection, seen, entry.company_day, own["rep_id"])
            void = number_of(connection, supersedes) if supersedes else None
            if supersedes and void is None:
                raise LedgerError(f"has no run {supersedes}, which is to be superseded")
            add_run(connection, entry, made, datetime.now(UTC), void)
        return True

    def runs(self) -> pd.DataFrame:
        """Return one row per run in the order of recording, as :class:`RunEntry`."""
        query = select(*(runs.c[name] for name in RUNS)).order_by(runs.c.number)
        return self.asked(query, RUNS)

    def decisions(self, run_id: str | None = None) -> pd.DataFrame:
        """Return one row per run and lead: run_id, then as given to :meth:`record`.

        Parameters
        ----------
        run_id
            One run; all of them by default, in the order of recording.
        """
        own = [decisions.c[name] for name in DECISIONS]
        query = select(runs.c.run_id, *own, leads.c.created_at)
        query = query.join_from(decisions, runs).join(
            leads, leads.c.lead_id == decisions.c.lead_id
        )
        query = query.order_by(decisions.c.run, decisions.c.lead_id)
        if run_id is not None:
            query = query.where(runs.c.run_id == run_id)
        return self.asked(query, {"run_id": "text", **DECISIONS, "created_at": "time"})

    def assignments(self, *, current: bool = False) -> pd.DataFrame:
        """Return one row per time that a lead had an owner, in order of their start.

        Parameters
        ----------
        current
            Only those that have not ended: one per lead, at most.
        """
        c = assignments.c
        own = [c[name] for name in ASSIGNMENTS if name != "run_id"]
        query = select(*own, runs.c.run_id)
        query = query.join_from(assignments, runs, c.run == runs.c.number, isouter=True)
        if current:
            query = query.where(c.ended_at.is_(None))
        return self.asked(query.order_by(c.started_at, c.number), ASSIGNMENTS)

    def number_of(self, run_id: str) -> int | None:
        """Return the place of a run in the order of recording, if it is there."""
        with self.reading() as connection:
            return number_of(connection, run_id)

    def last_run(self, day: date, scenario: str) -> tuple[str, int] | None:
        """Return id and number of the last run of a scenario on a day, if there is one.

        Runs that were superseded do not count.
        """
        with self.reading() as connection:
            row = connection.execute(questions.last_run(day, scenario)).first()
        return None if row is None else (str(row.run_id), int(row.number))

    def owners(
        self, before: Before | None = None, lead_ids: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Return one row per lead that has an owner: since when, and by which run.

        Parameters
        ----------
        before
            Number of a run: as things were when it was made; by default as they are.
            The same of the questions below.
        lead_ids
            Of these leads only; by default of all that were ever met, which grow.
        """
        return self.asked(questions.owners(before, lead_ids), questions.OWNERS)

    def waiting(self, before: Before | None = None) -> pd.DataFrame:
        """Return one row per lead that runs have met, and that nobody owns.

        With its columns as the last run knew them, how many runs have met it, and the
        first day of these.
        """
        return self.asked(questions.waiting(before), questions.WAITING)

    def assigned_on(self, day: date, before: Before | None = None) -> dict[str, int]:
        """Return rep -> leads assigned by the runs of a day of the company.

        Runs that were superseded do not count.
        """
        return self.counted(questions.assigned_on(day, before))

    def open_leads(self, before: Before | None = None) -> dict[str, int]:
        """Return rep -> leads that it owns and that are not closed."""
        return self.counted(questions.open_leads(before))

    def owner_of(self, lead_id: str) -> str:
        """Return the rep who owns the lead now, ``""`` where nobody does.

        A run that leaves the lead unassigned takes it from nobody.
        """
        query = select(assignments.c.rep_id).where(
            assignments.c.lead_id == lead_id, assignments.c.ended_at.is_(None)
        )
        with self.reading() as connection:
            return str(connection.scalar(query) or "")

    def counted(self, query: Select) -> dict[str, int]:
        """Return rep -> count of the answer to a query."""
        with self.reading() as connection:
            rows = connection.execute(query).all()
        return {str(rep): int(n) for rep, n in rows}

    def asked(self, query: Select, kinds: Mapping[str, Kind]) -> pd.DataFrame:
        """Return the answer to a query as a typed frame.

        Parameters
        ----------
        kinds
            Its columns in their order, and what each holds.
        """
        with self.reading() as connection:
            return frame_of(connection.execute(query).all(), kinds)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the ledger."""
        with explained(self.place):
            self._refuse_closed()
            with self._engine.connect() as connection, connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are all there at the end, or none is."""
        with explained(self.place):
            self._refuse_closed()
            with self._engine.connect() as plain:
                connection = writing(plain)
                with connection.begin():
                    wait_in_line(connection)
                    yield connection

    def _refuse_closed(self) -> None:
        if not self._is_open:
            raise LedgerError("the ledger is closed")

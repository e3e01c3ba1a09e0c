"""A file of leads: which rows are closed, whose they are, and when they came."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from crm.cells import are_iso
from crm.issues import DataError, Issue
from crm.past_owners import is_placeholder
from crm.recognition.columns import closing_headers, last_changed
from crm.recognition.date_formats import ISO, date_column, iso_of
from crm.recognition.decisions import Decisions
from crm.recognition.layouts import Laid
from crm.recognition.outcome_column import OutcomeColumn
from crm.recognition.outcome_words import LOST, WON
from crm.recognition.outcomes import outcome_of
from crm.recognition.rep_columns import (
    RepsFound,
    owner_headers,
    people_columns,
    reps_found,
)
from crm.recognition.roles import created_header
from crm.recognition.today import Split, newest_open, split_of
from crm.systems.export import Export
from crm.systems.generic import NAMES
from crm.systems.known_headers import first_among


@dataclass(frozen=True)
class LeadRecords:
    """A file of leads, open ones or closed ones or both.

    Attributes
    ----------
    laid
        The file.
    export
        What it was recognised as.
    outcome
        How it tells the outcome, None where it does not.
    rep
        Which column names the rep, None where none does.
    """

    laid: Laid
    export: Export | None
    outcome: OutcomeColumn | None
    rep: RepsFound | None

    @cached_property
    def is_closed(self) -> np.ndarray:
        """Tell which rows are won or lost, shape (n_rows,) bool."""
        cells = self.outcome.cells if self.outcome else np.array([], dtype=object)
        if self.outcome is None:
            return np.zeros(len(self.laid.table.rows), dtype=bool)
        return np.isin(cells, (WON, LOST))

    @cached_property
    def created(self) -> str:
        """The header of the time at which a lead came."""
        return created_header(self.laid.table, self.export)

    @cached_property
    def days(self) -> list[str]:
        """The ISO day at which each row came, "" where that is not known."""
        cells = self.laid.table.frame[self.created]
        codes, texts = pd.factorize(cells.to_numpy())
        column = date_column([[t for t in texts if t]])
        iso = iso_of(list(texts), column.forms[0] if column.forms else (ISO,))
        plain = np.array([t[:10] if are_iso([t[:10]]) else "" for t in iso], object)
        return list(plain[codes])

    @cached_property
    def closing(self) -> list[str]:
        """The columns that our closed_at is made of, the surest first."""
        names, frame = self.laid.table.names, self.laid.table.frame
        headers = closing_headers(names, self.export)
        changed = last_changed(names, self.export)
        headers += self._further(headers)
        is_filled = _filled(frame, headers)
        if (self.is_closed & ~is_filled).any() and changed:
            headers = [*headers, changed]
        return headers

    def _further(self, headers: list[str]) -> list[str]:
        """Return more columns of the time of closing, filled where those are empty."""
        names, frame = self.laid.table.names, self.laid.table.frame
        is_lacking = self.is_closed & ~_filled(frame, headers)
        found = []
        for known in NAMES["history"]["closed_at"] if is_lacking.any() else ():
            name = first_among((known,), names)
            if name and name not in headers and (frame[name] != "")[is_lacking].any():
                found.append(name)
        return found

    @property
    def split(self) -> Split | None:
        """What tells the leads of the day from earlier ones, None where all are one."""
        if self.outcome is None:
            return None
        owner = self.rep.header if self.rep else ""
        frame, stage = self.laid.table.frame, self.outcome.stage
        outcome = self.outcome.cells
        has_rep = np.ones(len(frame), dtype=bool)
        if owner:
            waiting = newest_open(frame[owner], outcome, self.days)
            names = frame[owner].unique()
            nobody = {n for n in names if not n or self._is_nobodys(n, waiting)}
            has_rep = (~frame[owner].isin(nobody)).to_numpy()
        return split_of(frame, outcome, owner, has_rep, stage, "created_at", self.days)

    def _is_nobodys(self, name: str, waiting: Collection[str]) -> bool:
        """Tell whether an owner is none who works: no rep, and what leads wait with."""
        if self.rep and name in self.rep.found:
            return False
        is_queue = len(name) in (15, 18) and name[:3] == "00G"
        return is_placeholder(name) or is_queue or name in waiting


def records_of(
    laid: Laid, export: Export | None, reps: pd.DataFrame, decisions: Decisions
) -> LeadRecords:
    """Return what a file of leads says of its rows.

    Raises
    ------
    DataError
        If no column tells when a lead came.
    """
    table = laid.table
    closed = _filled(table.frame, closing_headers(table.names, export))
    outcome = outcome_of(table, export, closed, decisions)
    owners = owner_headers(table.names, export)
    rep = reps_found(table.frame, owners or people_columns(table.frame, reps), reps)
    records = LeadRecords(laid, export, outcome, rep)
    if not records.created:
        message = "no column looks like the time at which a lead came; call one of "
        message += "them created_at"
        raise DataError([Issue(laid.file, message, 1)])
    return records


def _filled(frame: pd.DataFrame, headers: list[str]) -> np.ndarray:
    filled = np.zeros(len(frame), dtype=bool)
    for header in headers:
        filled |= (frame[header] != "").to_numpy()
    return filled

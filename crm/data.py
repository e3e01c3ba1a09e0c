"""The tables of one day, typed and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from crm.calendar import Calendar
from crm.database_url import SQLITE
from crm.past_columns import PastColumns
from crm.source import Source
from crm.table_reading import TableReading


@dataclass(frozen=True)
class QueryRecord:
    """A query, where it was read, and what it returned.

    Attributes
    ----------
    sql
        The query, or the name of the table.
    url
        The database, without user, password and options.
    n_rows
        Rows of the result.
    sha256
        Of its column names and, in any order, of its rows.
    """

    sql: str
    url: str
    n_rows: int
    sha256: str

    @property
    def is_file(self) -> bool:
        """Tell whether the database is an SQLite file."""
        return self.url.startswith(SQLITE)


@dataclass(frozen=True)
class CrmData:
    """Leads to assign, the reps, the history of past leads, accounts and absences.

    Every column that :mod:`crm.schema` knows is present in each table, whether the file
    had it or not; :meth:`has` tells whether it did. Ids and text are ``object`` columns
    of ``str`` where ``""`` means missing; lists are tuples of ``str``; numbers are
    ``float64`` (missing ``NaN``) and times ``datetime64[ns]`` in the zone of the
    calendar, which is UTC by default (missing ``NaT``). Further columns of leads and
    history are features: ``float64``, times or text.

    Attributes
    ----------
    leads, reps, history, accounts, absences
        One row each, in file order, with a ``RangeIndex``.
    as_of
        The moment of the allocation, in the zone of the calendar.
    file_columns
        Table name -> the columns that its file had, after mapping.
    queries
        Table name -> what was read, of the tables that a database has.
    calendar
        In which zone the company's day is, and on which days it works.
    readings
        Table name -> how it was read, of the tables that have a source.
    sources
        Table name -> how it was read, with the names that its file has for columns.
    past
        What stands for a history that was not read; None where it was, or is none.
    """

    leads: pd.DataFrame
    reps: pd.DataFrame
    history: pd.DataFrame
    accounts: pd.DataFrame
    absences: pd.DataFrame
    as_of: pd.Timestamp
    file_columns: Mapping[str, frozenset[str]]
    queries: Mapping[str, QueryRecord] = field(default_factory=dict)
    calendar: Calendar = field(default_factory=Calendar)
    readings: Mapping[str, TableReading] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    past: PastColumns | None = None

    @property
    def today(self) -> date:
        """The local date of the allocation."""
        return self.calendar.date_of(self.as_of)

    def has(self, table: str, column: str) -> bool:
        """Tell whether the table's file had this column."""
        return column in self.columns_of(table)

    def columns_of(self, table: str) -> frozenset[str]:
        """Return the columns that the table's file had, of a history not read, too."""
        if table == "history" and self.past is not None:
            return frozenset(self.past.names)
        return self.file_columns.get(table, frozenset())

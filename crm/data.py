"""The tables of one day, typed and checked."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class CrmData:
    """Leads to assign, the reps, the history of past leads, accounts and absences.

    Every column that :mod:`crm.schema` knows is present in each table, whether the file
    had it or not; :meth:`has` tells whether it did. Ids and text are ``object`` columns
    of ``str`` where ``""`` means missing; lists are tuples of ``str``; numbers are
    ``float64`` (missing ``NaN``) and times ``datetime64[ns, UTC]`` (missing ``NaT``).
    Further columns of leads and history are features: ``float64``, ``datetime64[ns,
    UTC]`` or text.

    Attributes
    ----------
    leads, reps, history, accounts, absences
        One row each, in file order, with a ``RangeIndex``.
    as_of
        The moment of the allocation (UTC).
    file_columns
        Table name -> the columns that its file had, after mapping.
    """

    leads: pd.DataFrame
    reps: pd.DataFrame
    history: pd.DataFrame
    accounts: pd.DataFrame
    absences: pd.DataFrame
    as_of: pd.Timestamp
    file_columns: Mapping[str, frozenset[str]]

    def has(self, table: str, column: str) -> bool:
        """Tell whether the table's file had this column."""
        return column in self.file_columns.get(table, frozenset())

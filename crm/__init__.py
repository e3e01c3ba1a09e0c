"""Tables in: read, mapped, typed and checked."""

from crm.condition import Bounds, Condition, Where
from crm.data import CrmData
from crm.files import why_unreadable
from crm.issues import DataError, Issue, listed, shorten, suggestion
from crm.reading import read_crm
from crm.schema import TABLES, Column
from crm.source import Source
from crm.territory import from_account_history
from crm.where import WhereError, matches
from crm.writing import csv_text, write_new, write_whole

__all__ = [
    "TABLES",
    "Bounds",
    "Column",
    "Condition",
    "CrmData",
    "DataError",
    "Issue",
    "Source",
    "Where",
    "WhereError",
    "csv_text",
    "from_account_history",
    "listed",
    "matches",
    "read_crm",
    "shorten",
    "suggestion",
    "why_unreadable",
    "write_new",
    "write_whole",
]

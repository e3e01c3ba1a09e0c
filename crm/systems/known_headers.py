"""Headers that are known: which system exports them, and which of our columns they are.

>>> recognised(["Id", "OwnerId", "IsConverted"])[0].export.name
'Lead'
>>> meant_by("rep_id", "history", ["Id", "OwnerId", "IsConverted"])
'OwnerId'
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from crm.spelling import folded
from crm.systems import dynamics, hubspot, odoo, pipedrive, salesforce, zoho
from crm.systems.export import Export, Headers
from crm.systems.generic import NAMES

EXPORTS: tuple[Export, ...] = (
    *salesforce.EXPORTS,
    *hubspot.EXPORTS,
    *pipedrive.EXPORTS,
    *odoo.EXPORTS,
    *dynamics.EXPORTS,
    *zoho.EXPORTS,
)


@dataclass(frozen=True)
class Recognised:
    """An export that a file seems to be.

    Attributes
    ----------
    export
        What it seems to be.
    telling
        Headers of the file that other systems do not have.
    n_columns
        Columns of ours that the file has headers for.
    """

    export: Export
    telling: Headers
    n_columns: int


def recognised(headers: Iterable[str]) -> list[Recognised]:
    """Return the exports that a file with these headers may be, the likeliest first.

    A file that has none of an export's telling headers is not that.
    """
    names = list(headers)
    told = ((export, _telling(export, names)) for export in EXPORTS)
    found = [_seen_in(export, telling, names) for export, telling in told if telling]
    return sorted(found, key=lambda seen: (-len(seen.telling), -seen.n_columns))


def meant_by(column: str, table: str, headers: Iterable[str]) -> str:
    """Return the header that our column seems to be called, "" where none is.

    By the systems that the headers tell first, then by names that any table may have.

    Parameters
    ----------
    column, table
        Our column, and the table it is of.
    headers
        Of the file.
    """
    names = list(headers)
    for candidates in _names_of(column, table, names):
        if header := first_among(candidates, names):
            return header
    return ""


def filled_first(column: str, table: str, headers: Iterable[str]) -> list[str]:
    """Return the headers of which the first filled one is our column, none if one is.

    Systems that tell when a lead was won apart from when it was lost have several.
    """
    names = list(headers)
    for seen in recognised(names):
        if table in seen.export.roles and column in seen.export.first_filled:
            firsts = seen.export.first_filled[column]
            found = [first_among(seen.export.headers_of(f), names) for f in firsts]
            if all(found):
                return found
    return []


def stand_in(column: str, table: str, headers: Iterable[str]) -> str:
    """Return the header that may stand for a column that the system has not, or ""."""
    names = list(headers)
    for seen in recognised(names):
        if table in seen.export.roles and column in seen.export.stand_ins:
            other = seen.export.headers_of(seen.export.stand_ins[column])
            if header := first_among(other, names):
                return header
    return ""


def first_among(candidates: Headers, headers: Sequence[str]) -> str:
    """Return the first candidate that a file has, as the file spells it, "" if none.

    Case, accents, signs and space do not matter.
    """
    by_fold = {folded(header): header for header in reversed(headers)}
    return next((by_fold[f] for f in map(folded, candidates) if f in by_fold), "")


def _telling(export: Export, headers: Sequence[str]) -> Headers:
    return tuple(name for name in headers if _tells(export, name))


def _seen_in(export: Export, telling: Headers, headers: Sequence[str]) -> Recognised:
    known = export.columns.values()
    n_columns = sum(bool(first_among(names, headers)) for names in known)
    return Recognised(export, telling, n_columns)


def _tells(export: Export, header: str) -> bool:
    name = header.casefold()
    return any(fnmatchcase(name, sign.casefold()) for sign in export.telling)


def _names_of(column: str, table: str, headers: Sequence[str]) -> Iterator[Headers]:
    for seen in recognised(headers):
        if table in seen.export.roles and column in seen.export.columns:
            yield seen.export.columns[column]
    if column in NAMES.get(table, {}):
        yield NAMES[table][column]

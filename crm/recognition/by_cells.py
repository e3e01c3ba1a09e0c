"""Columns that no name tells, but their cells: ids, and the time a lead came."""

import re

from crm.reading.dates import EPOCHS
from crm.recognition.date_formats import date_column, iso_of
from crm.recognition.named import Named
from crm.table import Table

_ID_WORDS = frozenset(
    [
        *("id", "ids", "nr", "no", "n", "num", "numero", "number", "nummer", "numer"),
        *("key", "kennung", "uuid", "guid", "ref", "reference", "referenz", "code"),
    ]
)
_ID_SIGNS = re.compile("[#\u2116\u00b0\u00ba]")


def id_column(table: Table) -> Named | None:
    """Return the column of ids: called one, filled, and different in each row."""
    for name in table.names:
        words = {w.casefold() for w in re.findall(r"[^\W\d_]+", name)}
        if not (words & _ID_WORDS or _ID_SIGNS.search(name)):
            continue
        cells = table.frame[name]
        if cells.is_unique and (cells != "").all():
            return Named(name, (name,), "a guess: no two rows share one")
    return None


def creation_column(table: Table) -> Named | None:
    """Return the column of dates that is filled in all rows, and the earliest of each.

    None where none is, or where two may be.
    """
    times = {}
    for name in table.names:
        cells = table.frame[name]
        if (cells == "").any():
            continue
        codes, texts = cells.factorize()
        forms = date_column([list(texts)]).forms
        if forms and forms[0][0] not in EPOCHS:
            times[name] = [iso_of(list(texts), forms[0])[code][:10] for code in codes]
    earliest = [
        name
        for name, own in times.items()
        if all(
            mine <= theirs
            for other in times.values()
            for mine, theirs in zip(own, other, strict=True)
        )
    ]
    if len(earliest) != 1:
        return None
    (name,) = earliest
    why = "a guess: the only dates that all rows have"
    if len(times) > 1:
        why = "a guess: the earliest date of each row"
    return Named(name, (name,), why)

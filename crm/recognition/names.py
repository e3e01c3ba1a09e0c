"""The header that a column of ours is called by in a file."""

import re
from collections.abc import Iterable, Sequence

from crm.spelling import folded
from crm.systems.export import Export, Headers
from crm.systems.generic import NAMES
from crm.systems.known_headers import first_among

_MARK = re.compile(
    r"^(?:(?:Deal|Affaire|User|Benutzer|Utilisateur) - |custom\.)|__c$"
    r"|\s*\([^)]*\)$| (?:HT|TTC|netto|net|EUR|USD|€|\$)$",
)
"""What Pipedrive writes before all columns, Close and Salesforce at own ones, and
units after a name."""
LAST_CHANGED: Headers = (
    *("LastModifiedDate", "Last Modified", "Last Modified Date", "Modified Time"),
    *("Modified On", "Updated At", "Last Updated on", "Last updated", "Updated"),
    *(
        "Deal - Update time",
        "(Do Not Modify) Modified On",
        "(Nicht ändern) Geändert am",
    ),
    *("(Ne pas modifier) Modifié le", "Geändert am", "Letzte Änderung"),
    *("Zuletzt geändert", "Zuletzt aktualisiert", "Änderungszeit", "Modifié le"),
    *("Dernière modification", "Date de dernière modification", "Mis à jour le"),
    *("Date Updated", "Geändert um", "Heure de modification"),
)


def header_of(
    ours: str,
    table: str,
    headers: Sequence[str],
    export: Export | None = None,
    taken: Iterable[str] = (),
) -> str:
    """Return the header of a file that a column of ours is called by, "" if none is.

    Parameters
    ----------
    ours, table
        Our column, and the table it is of.
    headers
        Of the file.
    export
        What the file was recognised as, of which names are tried first.
    taken
        Headers that are another column of ours already.
    """
    if ours in headers:
        return ours
    known: list[Headers] = []
    if export is not None and ours in export.columns:
        known.append(export.columns[ours])
    free = [header for header in headers if header not in set(taken)]
    if known and (header := first_among(known[0], headers)):
        return header
    names = NAMES.get(table, {}).get(ours, ())
    return first_among((ours, *names), free) or _custom((ours, *names), free)


def _custom(names: Headers, headers: Sequence[str]) -> str:
    """Return the header that is such a name with a mark after it, "" if none is."""
    known = set(map(folded, names))
    return next(
        (h for h in headers if folded(_MARK.sub("", h)) in known),
        "",
    )

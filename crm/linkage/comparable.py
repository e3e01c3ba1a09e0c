"""Leads and contacts as records that are compared: cleaned, with parts of names."""

from collections.abc import Callable

import pandas as pd

from crm.contact_keys.company import company_key
from crm.contact_keys.forms import folded
from crm.contact_keys.keys import KeyReader
from crm.contact_keys.placeholders import is_placeholder

NAMES = {
    "first_name": ("first_name", "firstname", "given_name"),
    "last_name": ("last_name", "lastname", "surname", "family_name"),
}
"""Part of a name -> columns that may hold it."""
WHOLE_NAME = ("name", "full_name", "contact_name", "contact")
PLACES = ("postal_code", "postcode", "zip", "city")
"""Columns that may hold a place, the better ones first."""


def records_of(
    table: pd.DataFrame, id_column: str, reader: KeyReader | None = None
) -> pd.DataFrame:
    """Return one row per row of a table, with what can be compared.

    Returns
    -------
    pandas.DataFrame
        unique_id, first_name, last_name, company, email, phone and place; None where
        nothing is known.
    """
    reader = reader or KeyReader()
    ours = {name: _usual(str(name)) for name in table if name != id_column}
    table = table.rename(columns=ours)
    records = pd.DataFrame({"unique_id": table[id_column].astype(str)})
    for part in NAMES:
        records[part] = _name(table, part)
    records["company"] = _of_cells(_column(table, ("company",)), _company)
    keys = reader.keys(table, ("email", "phone"), id_column)
    first = keys.drop_duplicates(["kind", id_column])
    for kind in ("email", "phone"):
        own = first[first["kind"] == kind].set_index(id_column)["key"]
        records[kind] = table[id_column].map(own)
    records["place"] = _of_cells(_column(table, PLACES), _plain)
    return records.astype(object).where(records.notna(), None)


def _usual(column: str) -> str:
    return folded(column).replace(" ", "_").replace("-", "_")


def _name(table: pd.DataFrame, part: str) -> pd.Series:
    own = _column(table, NAMES[part])
    whole = _column(table, WHOLE_NAME)
    place = 0 if part == "first_name" else -1
    parts = _of_cells(whole, lambda text: _part_of(text, place))
    return _of_cells(own, _plain).fillna(parts)


def _part_of(text: str, place: int) -> str | None:
    """Return the first or the last word of a name of two words and more."""
    last, comma, first = text.partition(",")
    words = f"{first} {last}".split() if comma else text.split()
    return _plain(words[place]) if len(words) > 1 else None


def _column(table: pd.DataFrame, names: tuple[str, ...]) -> pd.Series:
    for name in names:
        if name in table:
            return table[name].astype(object)
    return pd.Series(None, index=table.index, dtype=object)


def _of_cells(cells: pd.Series, read: Callable[[str], str | None]) -> pd.Series:
    texts = cells.where(cells.notna(), "").astype(str)
    known = {text: read(text) if text.strip() else None for text in texts.unique()}
    return pd.Series([known[text] for text in texts], cells.index, object)


def _plain(text: str) -> str | None:
    return None if is_placeholder(text) else folded(text)


def _company(text: str) -> str | None:
    return company_key(text).key or None

"""Columns that name or reach a person: no model should learn from them."""

import re
import unicodedata

import pandas as pd
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

from scoring.history.cells import is_filled
from scoring.leakage.names import is_among, listed_names

MOSTLY = 0.8
"""Share of the filled cells that look like what they are."""
MOST_LOOKED = 1000
"""Filled cells that are looked at."""
PERSON = listed_names(
    """
    name, first name, last name, full name, middle name, given name, family name,
    surname, forename, contact, contact name, contact person, contact first name,
    contact last name, contact full name, lead name, person name, customer name,
    vorname, nachname, familienname, ansprechpartner, kontakt, kontaktperson, prenom,
    nom, nom de famille, nom complet, nombre, apellido, apellidos
    """
)
_REACHED = """
    email, e mail, mail, phone, telephone, tel, telefon, mobile, mobil, cell, cell
    phone, mobile phone, handy, fax, portable, correo, telefono, courriel
    """
_OF_WHAT = ("", "address", "number", "no", "1", "2", "adresse", "nummer")
_WHOSE = ("", "work", "home", "business", "office", "private", "primary", "contact")
REACHED = frozenset(
    " ".join(f"{whose} {what} {of_what}".split())
    for whose in _WHOSE
    for what in listed_names(_REACHED)
    for of_what in _OF_WHAT
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"(?:\+|\()[0-9][-0-9 ()/.]{6,}")


def why_personal(column: pd.Series) -> str | None:
    """Return why this column names or reaches a person, `None` if it does not.

    Its name tells, or cells that look like e-mail addresses or phone numbers.

    Parameters
    ----------
    column
        Cells of a column of leads, (n_rows,).
    """
    if is_numeric_dtype(column) or is_datetime64_any_dtype(column):
        return None
    name = _without_accents(str(column.name))
    if is_among(PERSON, name):
        return "names a person"
    if is_among(REACHED, name):
        return "an address or number of a person"
    filled = column[is_filled(column)].head(MOST_LOOKED)
    for shape, reason in ((_EMAIL, "e-mail addresses"), (_PHONE, "phone numbers")):
        if len(filled) and filled.str.fullmatch(shape).mean() >= MOSTLY:
            return reason
    return None


def _without_accents(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in parts if not unicodedata.combining(sign))

"""One kind of file that a CRM exports: how it is told, and how it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Headers = tuple[str, ...]
"""Names of one column, the best first: of versions, and in several languages."""
Words = tuple[str, ...]
"""Cells that mean the same, in several languages."""
Condition = Mapping[str, Words]
"""Header, by its first name -> the words that all of these columns must have."""
Dates = Literal["iso", "local", "excel"]
"""ISO 8601, as the user's locale writes them, or real dates of Excel."""
NOTHING: Mapping[str, Headers] = MappingProxyType({})


@dataclass(frozen=True)
class Export:
    """One kind of file that a system exports.

    Users rename columns and add others: it is told by a few headers, never by all.

    Attributes
    ----------
    system, name
        The system, and what it calls the file, such as ``Salesforce`` and ``Lead``.
    roles
        The tables that the file can be: leads, reps, history, accounts, absences.
    telling
        Headers that other systems do not have; ``*`` stands for any text.
    columns
        Our column -> the headers it may have.
    others
        Headers that none of ours is read from alone, by their first name: those of
        conditions, currencies and joined columns.
    won, lost
        What tells that a lead was won, or lost; else it is open. Any of the conditions.
    first_filled
        Our column -> first names of headers of which the first filled one counts.
    joined
        Our column -> first names of headers that are joined by a space.
    stand_ins
        Our column -> first name of a header that may stand for it, where the system
        does not tell it: a guess, to be said.
    owner
        What the columns of owners hold of the reps, the best first.
    dates
        How times are written.
    time_zone
        The zone of times without an offset; "" for that of the account.
    close_is_expected
        The close date of open rows is the one that is expected.
    footer
        Beginnings of last lines that are no rows.
    """

    system: str
    name: str
    roles: tuple[str, ...]
    telling: Headers
    columns: Mapping[str, Headers]
    others: Mapping[str, Headers] = field(default_factory=lambda: NOTHING)
    won: tuple[Condition, ...] = ()
    lost: tuple[Condition, ...] = ()
    first_filled: Mapping[str, Headers] = field(default_factory=lambda: NOTHING)
    joined: Mapping[str, Headers] = field(default_factory=lambda: NOTHING)
    stand_ins: Mapping[str, str] = field(default_factory=lambda: {})
    owner: tuple[str, ...] = ()
    dates: Dates = "iso"
    time_zone: str = ""
    close_is_expected: bool = False
    footer: tuple[str, ...] = ()

    def headers_of(self, name: str) -> Headers:
        """Return the headers of our column, or of another by its first name."""
        if name in self.others:
            return self.others[name]
        by_first = {names[0]: names for names in self.columns.values()}
        return self.columns.get(name) or by_first.get(name, (name,))


YES: Words = ("true", "1", "yes", "wahr", "ja", "vrai", "oui")
NO: Words = ("false", "0", "no", "falsch", "nein", "faux", "non")
FIRST_NAME: Headers = ("First Name", "Vorname", "Prénom")
LAST_NAME: Headers = ("Last Name", "Nachname", "Nom", "Nom de famille")
COUNTRY: Headers = ("Country", "Land", "Pays", "País")
COUNTRY_REGION: Headers = ("Country/Region", "Land/Region", "Pays/Région")
EMAIL: Headers = (
    *("Email", "E-Mail", "Adresse e-mail", "Courrier électronique", "E-Mail-Adresse"),
    *("Email Address", "Courriel", "Correo", "Correo electrónico", "Work Email"),
    *("Primary Email", "Primary Contact Primary Email", "Adresse de messagerie"),
)
PHONE: Headers = (
    *("Phone", "Phone Number", "Telefon", "Telefonnummer", "Téléphone", "Tél."),
    *("Numéro de téléphone", "Teléfono", "Telefoon", "Business Phone", "Work Phone"),
    *(
        "Tel",
        "Primary Contact Primary Phone",
        "Telefon geschäftlich",
        "Telefon (geschäftl.)",
    ),
)
LEAD_SOURCE: Headers = (
    "Lead Source",
    "Lead-Quelle",
    "Leadquelle",
    "Origine de la piste",
    "Source de la piste",
    "Source du prospect",
)
WON: Words = ("Won", "Closed Won", "Gewonnen", "Gagné", "Gagnée", "Fermé gagné")
LOST: Words = (
    "Lost",
    "Closed Lost",
    "Verloren",
    "Perdu",
    "Perdue",
    "Fermé perdu",
    "Unqualified",
    "Disqualified",
)

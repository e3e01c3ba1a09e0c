"""The address of a database, with what the environment holds of it."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import quote, quote_plus

from crm.database_url import VARIABLE, without_credentials
from crm.issues import DataError, Issue

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

EXAMPLE = "postgresql://user:password@host/crm"
DRIVERS = {"postgresql": "psycopg", "postgres": "psycopg", "sqlite": "pysqlite"}
"""System -> the driver that is ours."""
_FIRST_MARK = 7_000_000_001
"""Stands for the first variable while a URL is parsed; digits fit into every part."""
_SECRET = re.compile("(?i)pass|pwd|secret|token|odbc_connect")


@dataclass(frozen=True)
class Address:
    """The address of a database.

    Attributes
    ----------
    url
        With user and password; never shown.
    folder
        The folder that the name of an SQLite file is relative to.
    """

    url: "URL" = field(repr=False)
    folder: Path

    @property
    def system(self) -> str:
        """The database system, such as ``postgresql``."""
        name = self.url.get_backend_name()
        return "postgresql" if name == "postgres" else name

    @property
    def driver(self) -> str:
        """The name of the driver, ours where the URL says none."""
        named = self.url.drivername
        return DRIVERS.get(named) or self.url.get_driver_name()

    @property
    def shown(self) -> str:
        """The address without user, password and options, for messages and records."""
        host = self.url.host or ""
        port = f":{self.url.port}" if self.url.port else ""
        return f"{self.system}://{host}{port}/{self.url.database or ''}"

    @property
    def path(self) -> Path | None:
        """The file of an SQLite database, None of another."""
        if self.system != "sqlite":
            return None
        return self.folder / (self.url.database or "")

    def without_secrets(self, text: str) -> str:
        """Return the text without password, as drivers quote it."""
        options = self.url.query.items()
        secrets = [str(value) for name, value in options if _SECRET.search(name)]
        secrets += [str(self.url.password)] if self.url.password else []
        spelt = {way(each) for each in secrets for way in (str, quote, quote_plus)}
        for secret in sorted(spelt, key=len, reverse=True):
            text = text.replace(secret, "***")
        return without_credentials(text)


def address_of(url: str, folder: Path, place: str) -> Address:
    """Return the address that a scenario's URL stands for.

    Parameters
    ----------
    url
        With ``${NAME}`` for variables of the environment.
    folder
        The folder that the name of an SQLite file is relative to.
    place
        Where the URL stands, for messages.

    Raises
    ------
    DataError
        Where a variable is missing, or the URL is none. What a variable holds is in
        no message.
    """
    try:
        from sqlalchemy.exc import ArgumentError
    except ImportError:
        needed = 'a database needs: pip install "rightrep[sql]"'
        raise DataError([Issue(place, needed)]) from None
    names = list(dict.fromkeys(VARIABLE.findall(url)))
    values = {name: _variable(name, place) for name in names}
    try:
        return Address(_parsed(url, values), folder)
    except (ArgumentError, ValueError):
        _refuse(place, names)


def _variable(name: str, place: str) -> str:
    value = os.environ.get(name, "").strip()
    if value:
        return value
    missing = f"the environment has no variable {name}; set it, as in: "
    raise DataError(
        [Issue(place, f"{missing}export {name}='...'", value=f"${{{name}}}")]
    )


def _refuse(place: str, names: list[str]) -> NoReturn:
    holder = f"the variable {names[0]} holds" if names else "this is"
    expected = f"{holder} no URL of a database, which looks like {EXAMPLE}"
    raise DataError([Issue(place, expected.replace("user:password@", "***@"))])


def _parsed(url: str, values: Mapping[str, str]) -> "URL":
    """Return the URL; variables in parts of it are taken as they are, not escaped."""
    from sqlalchemy.engine import URL, make_url

    if whole := VARIABLE.fullmatch(url):
        return make_url(values[whole[1]])
    marks = {name: str(_FIRST_MARK + place) for place, name in enumerate(values)}
    parsed = make_url(VARIABLE.sub(lambda found: marks[found[1]], url))

    def filled(part: object) -> str | None:
        if part is None:
            return None
        text = str(part)
        for name, mark in marks.items():
            text = text.replace(mark, values[name])
        return text

    port = filled(parsed.port)
    return URL.create(
        parsed.drivername,
        filled(parsed.username),
        filled(parsed.password),
        filled(parsed.host),
        None if port is None else int(port),
        filled(parsed.database),
        {name: filled(value) or "" for name, value in parsed.query.items()},
    )

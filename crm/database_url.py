"""URLs of databases as a scenario has them: variables for secrets, never a password."""

import os
import re
from pathlib import Path

VARIABLE = re.compile(r"\$\{(\w+)\}")
"""What stands for a variable of the environment."""
SQLITE = "sqlite:///"
_PASSWORD = re.compile(r"[\w+.-]+://[^:/]*:([^@]*)@")
_OPTION = re.compile(
    r"(?i)(?:pass(?!file)\w*|pwd|secret\w*|token)(?:=|%3d)(?!\$\{\w+\}(?:&|$))[^&]"
)
_CREDENTIALS = re.compile(r"([\w+.-]+://)[^\s/@:]*(?::\S*)?@")
_BARE_VARIABLE = re.compile(r"\$\w+")
_NAME = r'(?:\w+|"[^"]+")'
_TABLE = re.compile(rf"{_NAME}(?:\.{_NAME})*")
_QUERY = re.compile(
    r"(?:\s|\(|--[^\n]*\n|/\*.*?\*/)*(?:select|with|values|table)\b", re.I | re.S
)


def url_fault(url: str) -> str:
    """Return why this is no URL that a scenario may hold, ``""`` where it is one."""
    password = _PASSWORD.match(url)
    if (password and VARIABLE.sub("", password[1])) or _OPTION.search(url):
        return (
            "holds a password, which belongs into the environment: put the URL into a "
            "variable and write ${CRM_URL}, or write ${CRM_PASSWORD} in its place"
        )
    if _BARE_VARIABLE.search(VARIABLE.sub("", url)):
        return "a variable of the environment is written ${NAME}, with braces"
    if "://" not in url and not VARIABLE.fullmatch(url):
        return (
            "expected the URL of a database, such as ${CRM_URL}, "
            "postgresql://user:${CRM_PASSWORD}@host/crm or sqlite:///crm.db"
        )
    return ""


def sql_fault(sql: str) -> str:
    """Return why this is no query or table, ``""`` where it is one."""
    if _TABLE.fullmatch(sql.strip()) or _QUERY.match(sql):
        return ""
    return "expected a query that begins with select or with, or the name of a table"


def statement_of(sql: str) -> str:
    """Return the query that reads what a source names: a query, or a whole table."""
    text = sql.strip().rstrip(";").rstrip()
    return f"SELECT * FROM {text}" if _TABLE.fullmatch(text) else text


def without_credentials(text: str) -> str:
    """Return the text with ``***`` for user and password of every URL in it."""
    return _CREDENTIALS.sub(r"\1***@", text) if "://" in text else text


def rebased_url(url: str, folder: Path, home: Path) -> str:
    """Return the URL of an SQLite file relative to `home`, not `folder`.

    Other URLs, and names that are absolute or begin with a variable, stay as they are.
    """
    name, mark, options = url.removeprefix(SQLITE).partition("?")
    if not url.startswith(SQLITE) or not name or name[0] in "/$" or ":" in name[:2]:
        return url
    path = Path(os.path.relpath(folder / name, home)).as_posix()
    return f"{SQLITE}{path}{mark}{options}"

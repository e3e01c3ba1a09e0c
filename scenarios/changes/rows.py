"""The rows of a table that a change is about, and their cells in words."""

import re
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from crm import CrmData, Where, WhereError, matches, shorten, suggestion
from crm.rep_names import names_of
from reporting.text.words.people import rep_name
from scenarios.changes.wording import split_outside, unquoted, yaml_value
from scenarios.errors import fault

_WHERE: TypeAdapter[Where] = TypeAdapter(Where)
_LIMITS = {">=": "min", "<=": "max", "!=": "not", ">": "above", "<": "below"}
_CONDITION = re.compile(r"([^=<>!]+)(>=|<=|!=|=|>|<)(.*)", re.DOTALL)


def where_of(texts: tuple[str, ...]) -> Where:
    """Return conditions such as ``team=Atlas``, ``seniority>=3`` or ``team=A,B``.

    Raises
    ------
    ScenarioError
        Where a text is no condition.
    """
    where: dict[str, Any] = {}
    for text in texts:
        source = f"--where {shorten(text)}"
        split = _CONDITION.fullmatch(text.strip())
        if split is None:
            expected = (
                "expected a column and a value, such as team=Atlas or seniority>=3"
            )
            raise fault(source, None, expected)
        column, sign, value = split[1].strip(), split[2], split[3].strip()
        if column in where:
            raise fault(source, None, f"{column} has a condition already")
        where[column] = _condition(sign, value, source)
    return checked_where(where, "--where")


def _condition(sign: str, value: str, source: str) -> Any:
    if sign == "=":
        parts = [unquoted(part) for part in split_outside(value, ",")]
        return parts[0] if len(parts) == 1 else parts
    return {
        _LIMITS[sign]: unquoted(value) if sign == "!=" else yaml_value(value, source)
    }


def checked_where(where: Any, source: str) -> Where:
    """Return conditions as the schema has them.

    Raises
    ------
    ScenarioError
        With what the schema expects.
    """
    try:
        return _WHERE.validate_python(where)
    except ValidationError as error:
        first = error.errors()[0]
        named = ".".join(str(key) for key in first["loc"][:1])
        raise fault(source, None, f"{named}: {first['msg']}") from error


def rows_where(
    crm: CrmData, table: str, where: Where, source: str
) -> NDArray[np.bool_]:
    """Tell for each row of a table whether the change is about it, shape (n_rows,).

    Raises
    ------
    ScenarioError
        Where a column is unknown, or no row fits.
    """
    frame: pd.DataFrame = getattr(crm, table)
    try:
        chosen = matches(frame, where, crm.calendar.zone)
    except WhereError as error:
        raise fault(source, None, f"{table}: {error}") from error
    if not chosen.any():
        raise fault(source, None, f"no row of {table} fits{_nearest(frame, where)}")
    return chosen


def _nearest(frame: pd.DataFrame, where: Where) -> str:
    """Return a value that may be meant, where a condition is one that no row has."""
    for column, wanted in where.items():
        if isinstance(wanted, str) and frame[column].dtype == object:
            cells = (
                frame[column].explode() if _has_lists(frame[column]) else frame[column]
            )
            there = [str(cell) for cell in cells.dropna().unique() if cell != ""]
            if wanted not in there:
                near = suggestion(wanted, there)
                some = f"; {column} is {', '.join(map(shorten, there[:5]))}"
                return near or (some if there else f"; {column} is empty everywhere")
    return ""


def _has_lists(column: pd.Series) -> bool:
    return bool(len(column)) and isinstance(column.iloc[0], tuple)


def rep_called(crm: CrmData, text: str, source: str) -> str:
    """Return the id of a rep, by id or by a name that one rep has.

    Raises
    ------
    ScenarioError
        With the nearest id or name.
    """
    reps, wanted = crm.reps, text.strip()
    if (reps["rep_id"] == wanted).any():
        return wanted
    named = reps.loc[reps["name"].str.lower() == wanted.lower(), "rep_id"].tolist()
    if len(named) == 1:
        return str(named[0])
    if named:
        problem = f"{len(named)} reps are called {wanted}: {', '.join(named)}"
        raise fault(source, None, problem)
    near = suggestion(wanted, [*reps["rep_id"], *filter(None, reps["name"])])
    raise fault(source, None, f"{shorten(wanted)!r} is no rep of the day{near}")


def rep_text(crm: CrmData, rep_id: str) -> str:
    """Return a rep by name and id."""
    names = names_of(crm.reps)
    return rep_name(rep_id, names)

"""Columns of many rows, as fast as a database gives them."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import BigInteger, Connection, Integer, Select, Text, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

_EPOCH = 2440587.5
"""Julian day of 1 January 1970."""
NO_NUMBER = -(2**62)
"""Stands for a missing number in a long column."""
_SHARE = 2.0**62


class Milliseconds(GenericFunction):
    """Milliseconds since 1970 of a moment; NULL where there is none."""

    type = BigInteger()
    inherit_cache = True
    name = "milliseconds"


class WholeShare(GenericFunction):
    """A share from 0 to 1 as a whole number; :func:`shares_of` makes it one again."""

    type = BigInteger()
    inherit_cache = True
    name = "whole_share"


class AllTexts(GenericFunction):
    """The texts of all rows as one JSON list."""

    type = Text()
    inherit_cache = True
    name = "all_texts"


class AllIntegers(GenericFunction):
    """The whole numbers of all rows, with commas between them."""

    type = Text()
    inherit_cache = True
    name = "all_integers"


@compiles(Milliseconds, "sqlite")
def _in_a_file(element: Milliseconds, compiler: SQLCompiler, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"CAST(round((julianday({moment}) - {_EPOCH}) * 86400000.0) AS INTEGER)"


@compiles(Milliseconds)
def _on_a_server(element: Milliseconds, compiler: SQLCompiler, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"CAST(round(extract(epoch FROM {moment}) * 1000) AS bigint)"


@compiles(WholeShare)
def _whole(element: WholeShare, compiler: SQLCompiler, **options: Any) -> str:
    share = compiler.process(element.clauses, **options)
    return f"CAST({share} * CAST({_SHARE:.1f} AS float) AS bigint)"


@compiles(AllTexts, "sqlite")
def _texts_in_a_file(element: AllTexts, compiler: SQLCompiler, **options: Any) -> str:
    cells = compiler.process(element.clauses, **options)
    # A list within JSON stays a text that way.
    return f"json_group_array({cells} || '')"


@compiles(AllTexts)
def _texts_on_a_server(element: AllTexts, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(json_agg({compiler.process(element.clauses, **options)}) AS text)"


@compiles(AllIntegers, "sqlite")
def _integers_in_a_file(
    element: AllIntegers, compiler: SQLCompiler, **options: Any
) -> str:
    cells = compiler.process(element.clauses, **options)
    return f"group_concat(coalesce({cells}, {NO_NUMBER}))"


@compiles(AllIntegers)
def _integers_on_a_server(
    element: AllIntegers, compiler: SQLCompiler, **options: Any
) -> str:
    cells = compiler.process(element.clauses, **options)
    return f"string_agg(CAST(coalesce({cells}, {NO_NUMBER}) AS text), ',')"


def columns_of(connection: Connection, query: Select) -> list[Sequence[Any]]:
    """Return the columns of an answer as the driver gives them, in the query's order.

    Nothing is converted: ask for text, for numbers, or for moments by
    :class:`Milliseconds`.
    """
    answer = connection.execute(query)
    assert answer.cursor is not None
    rows = answer.cursor.fetchall()
    return list(zip(*rows, strict=True)) if rows else [()] * len(answer.keys())


def long_columns_of(connection: Connection, query: Select) -> list[Any]:
    """Return the columns of an answer of very many rows, in any order of rows.

    The database makes one value of each column, since a row of its own costs more than
    what it holds. Whole numbers are (n,) int64, with :data:`NO_NUMBER` for missing
    ones; all else is a list of texts, with None for missing ones.
    """
    rows = query.order_by(None).subquery()
    is_whole = [isinstance(column.type, Integer) for column in rows.c]
    columns = zip(rows.c, is_whole, strict=True)
    one = [AllIntegers(c) if whole else AllTexts(c) for c, whole in columns]
    cells = zip(connection.execute(select(*one)).one(), is_whole, strict=True)
    return [
        _integers(cell) if whole else json.loads(cell or "[]") for cell, whole in cells
    ]


def numbers_of(whole: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return whole numbers, NaN where there is none, (n,)."""
    return np.where(whole == NO_NUMBER, np.nan, whole)


def shares_of(whole: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the shares that :class:`WholeShare` made whole, (n,); NaN for none."""
    return numbers_of(whole) / _SHARE


def _integers(listed: str | None) -> NDArray[np.int64]:
    return np.fromstring(listed or "", dtype="int64", sep=",")

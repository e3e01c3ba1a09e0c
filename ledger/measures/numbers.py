"""Columns of many rows, as fast as a database gives them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, Select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

_EPOCH = 2440587.5
"""Julian day of 1 January 1970."""


class Milliseconds(GenericFunction):
    """Milliseconds since 1970 of a moment; NULL where there is none."""

    type = BigInteger()
    inherit_cache = True
    name = "milliseconds"


@compiles(Milliseconds, "sqlite")
def _in_a_file(element: Milliseconds, compiler: SQLCompiler, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"CAST(round((julianday({moment}) - {_EPOCH}) * 86400000.0) AS INTEGER)"


@compiles(Milliseconds)
def _on_a_server(element: Milliseconds, compiler: SQLCompiler, **options: Any) -> str:
    moment = compiler.process(element.clauses, **options)
    return f"CAST(round(extract(epoch FROM {moment}) * 1000) AS bigint)"


def columns_of(connection: Connection, query: Select) -> list[Sequence[Any]]:
    """Return the columns of an answer as the driver gives them, in the query's order.

    Nothing is converted: ask for text, for numbers, or for moments by
    :class:`Milliseconds`.
    """
    answer = connection.execute(query)
    assert answer.cursor is not None
    rows = answer.cursor.fetchall()
    return list(zip(*rows, strict=True)) if rows else [()] * len(answer.keys())

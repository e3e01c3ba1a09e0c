"""Long columns are those of the rows, whatever is missing, on both databases."""

import numpy as np
import pytest
from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    MetaData,
    Table,
    Text,
    create_engine,
    insert,
    select,
)

from ledger.measures.numbers import (
    NO_NUMBER,
    WholeShare,
    long_columns_of,
    numbers_of,
    shares_of,
)
from ledger.wanted import wanted

TEXTS = ['a "b", c', "Zoë\n\x1f", "[1]"]
ROWS = [
    (TEXTS[0], 2**53 + 1, 0.1),
    (None, None, None),
    (TEXTS[1], -7, 1.0),
    (TEXTS[2], 0, 1 / 3),
]
TABLE = Table(
    "cells",
    MetaData(),
    Column("text", Text),
    Column("number", BigInteger),
    Column("share", Float),
    prefixes=["TEMPORARY"],
)


@pytest.fixture(params=["file", "server"])
def connection(request):
    if request.param == "file":
        url = "sqlite://"
    else:
        url = request.getfixturevalue("postgres").url
        url = url.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url)
    with engine.connect() as opened:
        TABLE.create(opened)
        rows = [dict(zip(TABLE.c.keys(), row, strict=True)) for row in ROWS]
        opened.execute(insert(TABLE), rows)
        yield opened
    engine.dispose()


def test_columns_are_those_of_the_rows(connection):
    query = select(TABLE.c.text, TABLE.c.number, WholeShare(TABLE.c.share))
    texts, numbers, shares = long_columns_of(connection, query)
    row = [texts.index(text) for text, _, _ in ROWS]
    assert [numbers[i] for i in row] == [2**53 + 1, NO_NUMBER, -7, 0]
    assert np.isnan(numbers_of(numbers)[row[1]])
    given = [float(shares_of(shares)[i]) for i in row]
    assert given == pytest.approx([0.1, np.nan, 1.0, 1 / 3], abs=0, rel=0, nan_ok=True)


def test_no_rows_are_empty_columns(connection):
    query = select(TABLE.c.text, TABLE.c.number).where(TABLE.c.number == 99)
    texts, numbers = long_columns_of(connection, query)
    assert texts == [] and len(numbers) == 0 and numbers.dtype == np.int64


def test_any_texts_may_be_wanted_and_none(connection):
    query = select(TABLE.c.number)
    many = [*TEXTS, *map(str, range(40_000))]
    own = connection.scalars(query.where(TABLE.c.text.in_(wanted(many)))).all()
    assert sorted(own) == [-7, 0, 2**53 + 1]
    assert connection.scalars(query.where(TABLE.c.text.in_(wanted([])))).all() == []

"""Databases of both kinds that are tested, each with a variable for its URL."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crm.databases.reading import Databases
from crm.query import Query
from crm.table import Table
from tests.postgres import Postgres

Execute = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def server(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> Postgres:
    """Return PostgreSQL without any table, its URL in CRM_URL."""
    postgres.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    monkeypatch.setenv("CRM_URL", postgres.url)
    return postgres


@pytest.fixture
def sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Execute:
    """Return a function that runs statements on an SQLite file; its URL in CRM_URL."""
    monkeypatch.setenv("CRM_URL", "sqlite:///crm.db")
    return lambda *statements: execute_sqlite(tmp_path / "crm.db", *statements)


def execute_sqlite(path: Path, *statements: str) -> list[tuple[Any, ...]]:
    """Run statements, each committed, and return the last one's rows."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        return [connection.execute(statement).fetchall() for statement in statements][
            -1
        ]
    finally:
        connection.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def execute(request: pytest.FixtureRequest) -> Execute:
    """Return a function that runs statements, once on each kind of database."""
    if request.param == "sqlite":
        return request.getfixturevalue("sqlite")
    return request.getfixturevalue("server").execute


@pytest.fixture
def databases(tmp_path: Path) -> Iterator[Databases]:
    with Databases(tmp_path) as opened:
        yield opened


@pytest.fixture
def read(databases: Databases) -> Callable[..., Table]:
    """Return a function: a query -> its result, from the database of CRM_URL."""
    return lambda sql, name="leads": databases.table(
        name, Query(sql=sql, url="${CRM_URL}")
    )

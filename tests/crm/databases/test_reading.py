"""Queries are read as CSV files of the same rows are, at one moment, unchanged."""

import gc
import socket
import sqlite3
import sys
import time
from threading import Thread

import pandas as pd
import pytest

from crm import DataError, Source, read_crm
from crm.databases import reading
from crm.databases.reading import Databases
from crm.query import Query
from tests.crm.databases.conftest import execute_sqlite

LEADS = "CREATE TABLE leads (lead_id text, amount numeric(12, 2))"
TWO = "INSERT INTO leads VALUES ('L1', 27393.40), ('L2', NULL)"


def test_a_table_and_a_query_are_read(execute, read):
    """Rows are counted from 1 in the order of the result."""
    execute(LEADS, TWO)
    table = read("select lead_id, amount as a from leads order by lead_id desc")
    assert table.frame["lead_id"].tolist() == ["L2", "L1"]
    assert table.frame["a"].map(float_or_empty).tolist() == ["", 27393.4]
    assert table.rows.tolist() == [1, 2]
    assert set(read("leads").names) == {"lead_id", "amount"}


def float_or_empty(text):
    return float(text) if text else ""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_typed_tables_are_read_as_csv(kind, small, request, monkeypatch):
    """Every cell, type and feature of five tables is that of the CSV files."""
    given = small / "daily.yaml"
    names = ["leads", "reps", "history", "accounts", "absences"]
    as_csv, _ = read_crm({name: f"{name}.csv" for name in names}, given.parent)
    execute = request.getfixturevalue("sqlite" if kind == "sqlite" else "server")
    run = execute if kind == "sqlite" else execute.execute
    frames = {name: pd.read_csv(small / f"{name}.csv", dtype=str) for name in names}
    for name, frame in frames.items():
        run(*statements(name, frame, kind))
    query = {name: Source(sql=name, url="${CRM_URL}") for name in names}
    as_sql, _ = read_crm(query, request.getfixturevalue("tmp_path"))
    for name in names:
        pd.testing.assert_frame_equal(getattr(as_sql, name), getattr(as_csv, name))
    assert as_sql.as_of == as_csv.as_of
    assert {name: each.n_rows for name, each in as_sql.queries.items()} == {
        name: len(frame) for name, frame in frames.items()
    }


TYPES = {
    "created_at": "timestamptz",
    "assigned_at": "timestamptz",
    "closed_at": "timestamptz",
    "deal_value": "numeric(12, 2)",
    "daily_capacity": "bigint",
    "seniority": "smallint",
    "visits": "integer",
    "from": "date",
    "to": "date",
    "territories": "text[]",
    "languages": "text[]",
}


def statements(name, frame, kind):
    """Yield the statements that make a table, of PostgreSQL with types."""
    types = TYPES if kind == "postgresql" else {}
    columns = ", ".join(f'"{c}" {types.get(c, "text")}' for c in frame)
    yield f"CREATE TABLE {name} ({columns})"
    rows = []
    for row in frame.itertuples(index=False):
        cells = zip(frame.columns, row, strict=True)
        values = ", ".join(literal(cell, types.get(c, "text")) for c, cell in cells)
        rows.append(f"({values})")
    yield f"INSERT INTO {name} VALUES {', '.join(rows)}"


def literal(cell, kind):
    if not isinstance(cell, str):
        return "NULL"
    return "'{" + cell.replace("|", ",") + "}'" if kind == "text[]" else f"'{cell}'"


def test_tables_of_one_database_are_of_the_same_moment(server, read):
    """A row that is written between two queries is in neither."""
    server.execute(LEADS, TWO, "CREATE TABLE history AS SELECT * FROM leads")
    assert len(read("leads").rows) == 2
    server.execute("INSERT INTO history SELECT * FROM history")
    assert len(read("history", "history").rows) == 2


def test_sqlite_is_read_at_one_moment_as_well(sqlite, read):
    """Where it lets others write meanwhile."""
    sqlite("PRAGMA journal_mode = WAL")
    sqlite(LEADS, TWO, "CREATE TABLE history AS SELECT * FROM leads")
    assert len(read("leads").rows) == 2
    sqlite("INSERT INTO history SELECT * FROM history")
    assert len(read("history", "history").rows) == 2


@pytest.mark.parametrize(
    "sql",
    [
        "WITH gone AS (DELETE FROM leads RETURNING *) SELECT * FROM gone",
        "SELECT 1 AS a; DELETE FROM leads",
        "SELECT 1 AS a; COMMIT; DELETE FROM leads",
        "SELECT nextval('counter')",
        "SELECT setval('counter', 5)",
        "SELECT lead_id, gone() FROM leads",
    ],
)
def test_queries_that_write_are_refused(sql, server, read):
    """By the database, and nothing is written."""
    server.execute(
        LEADS,
        TWO,
        "CREATE SEQUENCE counter",
        "CREATE FUNCTION gone() RETURNS int LANGUAGE sql AS "
        "'DELETE FROM leads; SELECT 1'",
    )
    with pytest.raises(DataError, match=r"data.leads.sql: the database says"):
        read(sql)
    assert (
        server.execute("SELECT count(*), max(nextval('counter')) FROM leads")[0][0] == 2
    )
    assert len(read("leads").rows) == 2


@pytest.mark.parametrize(
    "sql",
    [
        "WITH x AS (SELECT 1) DELETE FROM leads",
        "WITH x AS (SELECT 1) INSERT INTO leads SELECT * FROM leads RETURNING lead_id",
        "SELECT 1; DELETE FROM leads",
    ],
)
def test_sqlite_cannot_be_written_either(sql, sqlite, read):
    """The file is opened for reading."""
    sqlite(LEADS, TWO)
    with pytest.raises(DataError, match=r"data.leads.sql: the database says"):
        read(sql)
    assert sqlite("SELECT count(*) FROM leads") == [(2,)]


def test_a_missing_sqlite_file_is_not_made(read, sqlite, tmp_path):
    """It is an error with the folder that was looked in."""
    with pytest.raises(DataError, match=r"sqlite:///crm.db: no such file in"):
        read("leads")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("leadz", "leadz"),
        ("select nope from leads", "nope"),
        ("select * from leads where", "the database says"),
    ],
)
def test_a_query_that_fails_says_what_the_database_says(sql, expected, execute, read):
    """On one line; a good query after it is still read."""
    execute(LEADS, TWO)
    with pytest.raises(DataError, match=expected) as failed:
        read(sql)
    (issue,) = failed.value.issues
    assert issue.file == "data.leads.sql" and "\n" not in str(issue)
    assert "CURSOR" not in str(issue)
    assert len(read("leads").rows) == 2


def test_all_tables_that_fail_are_told_at_once(execute, tmp_path):
    """Each with its own message."""
    execute(LEADS, TWO)
    sources = {name: Source(sql=f"no_{name}", url="${CRM_URL}") for name in TABLES}
    with pytest.raises(DataError) as failed:
        read_crm(sources, tmp_path)
    text = str(failed.value)
    assert all(f"data.{name}.sql" in text and f"no_{name}" in text for name in TABLES)


TABLES = ("leads", "reps", "history")


def test_a_database_that_is_not_there_is_told_once(tmp_path, monkeypatch):
    """Not once for each table."""
    monkeypatch.setenv("CRM_URL", f"postgresql://u:geheim@/x?host={tmp_path}")
    sources = {name: Source(sql=name, url="${CRM_URL}") for name in TABLES}
    with pytest.raises(DataError) as failed:
        read_crm(sources, tmp_path)
    assert [issue.file for issue in failed.value.issues] == ["postgresql:///x"]
    assert "cannot connect" in str(failed.value) and "geheim" not in str(failed.value)


def test_bad_cells_are_told_with_their_row(server, read):
    """Bytes are no text."""
    server.execute("CREATE TABLE leads (lead_id text, photo bytea)")
    server.execute("INSERT INTO leads VALUES ('L1', NULL), ('L2', '\\xdead')")
    with pytest.raises(DataError, match=r"row 2, column photo: .* of type bytes"):
        read("leads")


def test_two_columns_of_one_name_are_refused(execute, read):
    """As in a file."""
    execute(LEADS)
    with pytest.raises(DataError, match="2 columns have this name"):
        read("select 1 as a, 2 as a")


def test_a_cell_with_nul_is_refused(sqlite, read):
    """It would not fit into the run folder."""
    sqlite(
        "CREATE TABLE leads (lead_id text)", "INSERT INTO leads VALUES ('a' || char(0))"
    )
    with pytest.raises(DataError, match="without NUL"):
        read("leads")


def test_percent_signs_and_colons_are_text(execute, read):
    """No part of a query is taken for a parameter."""
    execute(LEADS)
    table = read("select '100%' as a, '%s' as b, ':c' as c, '10:30' as d")
    assert table.frame.iloc[0].tolist() == ["100%", "%s", ":c", "10:30"]


def test_the_record_tells_other_rows_and_no_other_order(execute, databases):
    """The same rows in any order have the same hash, other rows have another."""
    execute(LEADS, TWO)
    hashes = []
    for order in ("lead_id", "lead_id desc", "lead_id limit 1"):
        query = Query(sql=f"select * from leads order by {order}", url="${CRM_URL}")
        databases.table("leads", query)
        hashes.append(databases.records["leads"].sha256)
    assert hashes[0] == hashes[1] != hashes[2]


def test_long_results_are_read_in_parts(execute, read, monkeypatch):
    """Nothing is lost where one part ends."""
    monkeypatch.setattr(reading, "_BLOCK", 7)
    execute("CREATE TABLE leads (lead_id text)")
    execute(*(f"INSERT INTO leads VALUES ('L{i:03}')" for i in range(50)))
    table = read("select lead_id from leads order by lead_id")
    assert table.frame["lead_id"].tolist() == [f"L{i:03}" for i in range(50)]


# The driver complains of a cursor that it could not close any more.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_database_that_goes_away_ends_the_reading(postgres, server, tmp_path):
    """In the middle of a query: one error, and no table afterwards."""
    server.execute(LEADS, TWO)
    slow = Query(sql="select lead_id, pg_sleep(30) from leads", url="${CRM_URL}")
    errors = []

    def read_slowly():
        with Databases(tmp_path) as databases:
            for _ in range(2):
                try:
                    databases.table("leads", slow)
                except DataError as error:
                    errors.append(error.issues)

    reader = Thread(target=read_slowly)
    reader.start()
    server.wait_for("wait_event = 'PgSleep'")
    postgres.stop()
    try:
        reader.join(20)
    finally:
        postgres.start()
    gc.collect()
    assert len(errors) == 2 and errors[0] == errors[1]
    assert "the database says" in str(errors[0][0])


def test_a_locked_sqlite_file_is_waited_for(sqlite, read, tmp_path, monkeypatch):
    """Not for ever."""
    sqlite(LEADS, TWO)
    monkeypatch.setattr("crm.databases.connecting.LONGEST", 0)
    other = sqlite3.connect(tmp_path / "crm.db", isolation_level=None)
    try:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DataError, match="database is locked"):
            read("leads")
    finally:
        other.close()


def test_sources_of_several_kinds_go_together(sqlite, tmp_path):
    """Leads of a database, reps of a file."""
    execute_sqlite(
        tmp_path / "crm.db",
        "CREATE TABLE leads (lead_id text, created_at text)",
        "INSERT INTO leads VALUES ('L1', '2026-09-01')",
    )
    (tmp_path / "reps.csv").write_text("rep_id,daily_capacity\nR1,5\n")
    sources = {"leads": Source(sql="leads", url="${CRM_URL}"), "reps": "reps.csv"}
    crm, _ = read_crm(sources, tmp_path)
    assert crm.leads["lead_id"].tolist() == ["L1"]
    assert list(crm.queries) == ["leads"]


def test_what_is_wrong_of_a_column_has_no_row(sqlite, tmp_path):
    """A result has no header; its first row is row 1, and told as that."""
    sqlite(
        "CREATE TABLE leads (lead_id text, created_at text)",
        "INSERT INTO leads VALUES ('L1', 'yesterday')",
        "CREATE TABLE reps (rep_id text)",
    )
    sources = {n: Source(sql=n, url="${CRM_URL}") for n in ("leads", "reps")}
    with pytest.raises(DataError) as failed:
        read_crm(sources, tmp_path)
    places = {(issue.file, issue.row, issue.column) for issue in failed.value.issues}
    assert ("data.leads.sql", 1, "created_at") in places
    assert ("data.reps.sql", None, "daily_capacity") in places


@pytest.mark.slow
def test_a_server_that_does_not_answer_is_given_up(tmp_path, monkeypatch):
    """Within the limit of the URL, else ten seconds."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        url = f"postgresql://anna:geheim@127.0.0.1:{port}/crm?connect_timeout=2"
        monkeypatch.setenv("CRM_URL", url)
        sources = {name: Source(sql=name, url="${CRM_URL}") for name in TABLES}
        started = time.monotonic()
        with pytest.raises(DataError, match=r"cannot connect: .*timeout"):
            read_crm(sources, tmp_path)
    assert time.monotonic() - started < 60


def test_a_package_that_is_not_installed_is_named(tmp_path, monkeypatch):
    """With the command that installs it."""
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    monkeypatch.setitem(sys.modules, "sqlalchemy.exc", None)
    with Databases(tmp_path) as databases, pytest.raises(DataError, match=r"\[sql\]"):
        databases.table("leads", Query(sql="leads", url="sqlite:///crm.db"))


def test_other_systems_say_what_they_do_not_promise(sqlite, read, monkeypatch):
    """Reading at one moment, and reading only."""
    sqlite(LEADS, TWO)
    monkeypatch.setattr(reading, "READ_ONLY", set())
    (note,) = read("leads").notes
    assert (
        note.severity == "warning" and "use a user who may only read" in note.expected
    )

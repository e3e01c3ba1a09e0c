"""URLs of databases hold no password, and queries only read."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from crm import Issue, Source
from crm.database_url import (
    rebased_url,
    sql_fault,
    statement_of,
    url_fault,
    without_credentials,
)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://anna:geheim@host/crm",
        "postgresql+psycopg://anna:${PART}geheim@host/crm",
        "postgresql://host/crm?password=geheim",
        "postgresql://host/crm?user=a&sslpassword=geheim",
        "mssql+pyodbc:///?odbc_connect=DRIVER%3Dx%3BPWD%3Dgeheim",
    ],
)
def test_a_written_password_is_refused(url):
    """The message says the fix, and does not repeat the password."""
    assert "${CRM_URL}" in url_fault(url)
    with pytest.raises(ValidationError) as refused:
        Source(sql="leads", url=url)
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "${CRM_URL}",
        "postgresql://anna:${CRM_PASSWORD}@host:5432/crm",
        "postgresql://anna@host/crm?passfile=/home/anna/.pgpass",
        "postgresql://host/crm?password=${CRM_PASSWORD}&connect_timeout=3",
        "sqlite:///crm.db",
    ],
)
def test_a_url_without_a_password_is_good(url):
    """Variables stand for what is secret."""
    assert url_fault(url) == ""
    assert Source(sql="leads", url=url).url == url


def test_what_is_no_url_is_told():
    """A bare variable needs braces; a file name is no URL."""
    assert "${NAME}" in url_fault("$CRM_URL")
    assert "sqlite:///" in url_fault("crm.db")


@pytest.mark.parametrize(
    ("sql", "statement"),
    [
        ("leads", "SELECT * FROM leads"),
        (' crm."Open leads" ', 'SELECT * FROM crm."Open leads"'),
        ("select 1;\n", "select 1"),
        ("-- today\n(select 1)", "-- today\n(select 1)"),
        ("/* a\n*/ WITH x AS (select 1) select * from x", None),
        ("values (1)", None),
    ],
)
def test_a_query_or_a_table(sql, statement):
    """The name of a table stands for all of it."""
    assert sql_fault(sql) == ""
    assert statement_of(sql) == (statement or sql)


@pytest.mark.parametrize(
    "sql", ["drop table leads", "update leads set x = 1", "call f()", "selected leads"]
)
def test_what_does_not_begin_as_a_query_is_refused(sql):
    """A source reads, and nothing else."""
    assert "select" in sql_fault(sql)
    with pytest.raises(ValidationError, match="begins with select"):
        Source(sql=sql, url="${CRM_URL}")


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"sql": "leads"}, "belong together"),
        ({"url": "${CRM_URL}"}, "belong together"),
        ({"file": "a.csv", "sql": "leads", "url": "${U}"}, "file: null"),
        ({}, "expected a file, or sql and url"),
        ({"file": "postgresql://a:geheim@h/x"}, "sql and url"),
        ({"sql": "leads", "url": "${U}", "sheet": "A"}, "sheet: says how a file"),
    ],
)
def test_a_source_is_a_file_or_a_query(keys, expected):
    """One of both, whole."""
    with pytest.raises(ValidationError, match=expected):
        Source(**keys)


def test_messages_hold_no_credentials():
    """Whatever comes into an issue, a URL in it shows no user and no password."""
    issue = Issue("sqlite:///x", "see http://a.example/b", value="mysql://a:geheim@h/x")
    assert issue.value == "mysql://***@h/x"
    assert issue.expected == "see http://a.example/b"
    assert without_credentials("x://u:p@q:r@h") == "x://***@h"


@pytest.mark.parametrize(
    ("url", "moved"),
    [
        ("sqlite:///crm.db", "sqlite:///base/crm.db"),
        ("sqlite:///crm.db?timeout=5", "sqlite:///base/crm.db?timeout=5"),
        ("sqlite:////data/crm.db", "sqlite:////data/crm.db"),
        ("sqlite:///${FOLDER}/crm.db", "sqlite:///${FOLDER}/crm.db"),
        ("${CRM_URL}", "${CRM_URL}"),
        ("postgresql://host/crm", "postgresql://host/crm"),
    ],
)
def test_sqlite_files_are_relative_to_the_file_that_names_them(url, moved):
    """As files of tables are."""
    assert rebased_url(url, Path("/a/base"), Path("/a")) == moved

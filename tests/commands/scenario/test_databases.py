"""Commands on databases: the same day as on files, and no secret in any output."""

import csv
import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from traceback import format_exception
from urllib.parse import quote, quote_plus

import pytest
from click.testing import CliRunner

from cli import main
from crm import DataError
from runs import ExitCode
from scenarios import read_scenario
from tests.postgres import PASSWORD

ROOT = Path(__file__).parents[3]
TABLES = ("leads", "reps", "history", "accounts", "absences")
SECRETS = {PASSWORD, quote(PASSWORD), quote(PASSWORD, safe=""), quote_plus(PASSWORD)}


def rightrep(*arguments):
    done = CliRunner().invoke(main, list(map(str, arguments)))
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


def statements(company):
    """Yield what makes the company's tables, all of text."""
    for name in TABLES:
        with (company / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        columns = ", ".join(f'"{column}" text' for column in header)
        yield f"CREATE TABLE {name} ({columns})"
        for row in rows:
            cells = (f"'{cell}'" if cell else "NULL" for cell in row)
            yield f"INSERT INTO {name} VALUES ({', '.join(cells)})"


def write_scenario(company, url="${CRM_URL}"):
    """Write sql.yaml, which is daily.yaml with tables of a database."""
    text = (company / "daily.yaml").read_text(encoding="utf-8")
    source = rf'  \1: {{sql: \1, url: "{url}"}}'
    text = re.sub(r"  (\w+): \w+\.csv", source, text)
    path = company / "sql.yaml"
    path.write_text(f"{text}\nledger: runs.db\n", encoding="utf-8")
    return path


@pytest.fixture
def on_sqlite(company, monkeypatch):
    connection = sqlite3.connect(company / "crm.db")
    for statement in statements(company):
        connection.execute(statement)
    connection.commit()
    connection.close()
    monkeypatch.setenv("CRM_URL", "sqlite:///crm.db")
    return company


@pytest.fixture
def on_server(company, postgres, monkeypatch):
    postgres.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    postgres.execute(*statements(company))
    monkeypatch.setenv("CRM_URL", postgres.url)
    return company


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["on_sqlite", "on_server"])
def test_a_run_is_the_same_as_on_files(kind, request):
    """Every table of the run folder; the manifest says what was read."""
    company = request.getfixturevalue(kind)
    scenario, out = write_scenario(company), company / "out"
    done = rightrep("run", scenario, "--model", company / "daily.model", "--out", out)
    assert done.exit_code == 0, done.output
    for name in ("assignments.csv", "unassigned.csv", "inputs/leads.csv"):
        assert (out / name).read_bytes() == (company / "run" / name).read_bytes()
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    read = manifest["inputs"]["leads"]
    assert (read["sql"], read["n_rows"]) == ("leads", 30)
    assert read["url"].endswith(("sqlite:///crm.db", "postgresql:///crm"))
    assert re.fullmatch("[0-9a-f]{64}", read["sha256"])


def test_a_run_is_verified_without_its_database(on_sqlite, monkeypatch):
    """What the manifest says of a query is held against the scenario."""
    scenario, out = write_scenario(on_sqlite), on_sqlite / "out"
    rightrep("run", scenario, "--model", on_sqlite / "daily.model", "--out", out)
    monkeypatch.delenv("CRM_URL")
    (on_sqlite / "crm.db").unlink()
    assert rightrep("verify", out).exit_code == 0
    path = out / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["inputs"]["leads"]["sql"] = "other_leads"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    told = rightrep("verify", out)
    assert told.exit_code == ExitCode.BAD_INPUT
    assert "the manifest says leads was other_leads, not leads" in told.output


def test_a_folder_of_tables_has_no_say_over_a_server(on_server):
    """It is said; an SQLite file is looked for in the folder."""
    scenario = write_scenario(on_server)
    done = rightrep("check", scenario, "--data", on_server)
    assert "leads is read from postgresql:///crm, not from the folder" in done.output


def test_an_sqlite_file_is_of_the_folder_of_tables(on_sqlite, tmp_path):
    """As files are."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    scenario = write_scenario(on_sqlite)
    assert rightrep("check", scenario, "--data", elsewhere).exit_code == 3
    (on_sqlite / "crm.db").rename(elsewhere / "crm.db")
    done = rightrep("check", scenario, "--data", elsewhere)
    assert done.exit_code == 0 and "not from the folder" not in done.output


def test_a_scenario_that_extends_another_finds_its_database(on_sqlite):
    """The name of an SQLite file is relative to the file that says it."""
    write_scenario(on_sqlite, "sqlite:///crm.db")
    folder = on_sqlite / "today"
    folder.mkdir()
    (folder / "today.yaml").write_text("extends: ../sql.yaml\nname: today\n")
    done = rightrep("check", folder / "today.yaml")
    assert done.exit_code == 0, done.output


def test_nothing_writes_over_the_database(on_sqlite):
    """It is an input, as a file is."""
    scenario = write_scenario(on_sqlite)
    model, out = on_sqlite / "daily.model", on_sqlite / "crm.db"
    done = rightrep("score", scenario, "--model", model, "--out", out)
    assert done.exit_code == ExitCode.USAGE and "is read by this" in done.output


@pytest.mark.slow
def test_all_that_is_written_holds_no_secret(on_server):
    """Run folder, ledger, output as text and as JSON, of every command that reads."""
    company = on_server
    scenario, model = write_scenario(company), company / "daily.model"
    out = company / "out"
    commands = [
        ["run", scenario, "--model", model, "--out", out],
        ["run", scenario, "--model", model, "--out", out, "--replace", "--json"],
        ["check", scenario],
        ["check", scenario, "--json"],
        ["verify", out, "--json"],
        ["score", scenario, "--model", model, "--out", company / "scores.csv"],
        ["train", scenario, "--model", company / "new.model"],
        *(export(out, *options) for options in ([], ["--dry-run"], ["--json"])),
    ]
    for command in commands:
        done = rightrep(*command)
        assert done.exit_code in {0, ExitCode.LEFT_ALONE}, (command, done.output)
        assert not found_in(done.output), command
    files = [path for path in company.rglob("*") if path.is_file()]
    assert len(files) > 20
    assert [path for path in files if found_in(path.read_text(errors="replace"))] == []


def export(out, *options):
    target = ["--table", "leads", "--id", "lead_id", "--owner", "territory"]
    return ["export", out, "--to", "sql", "--url", "${CRM_URL}", *target, *options]


def found_in(text):
    return [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize(
    "line",
    [
        "{sql: leads, url: 'postgresql://anna:geheim@host/crm'}",
        "{sql: leads, uri: 'postgresql://anna:geheim@host/crm'}",
        "{sql: 'postgresql://anna:geheim@host/crm', url: x}",
        "{file: 'postgresql://anna:geheim@host/crm'}",
        "'postgresql://anna:geheim@host/crm'",
        "{sql: leads, url: 'postgresql://anna:geheim@host/crm'",
        "[postgresql://anna:geheim@host/crm]",
    ],
)
def test_a_password_in_a_scenario_is_in_no_message(line, company):
    """Wherever it stands, and whatever else is wrong of the line."""
    path = company / "daily.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("leads: leads.csv", f"leads: {line}"))
    for options in ([], ["--json"]):
        done = rightrep("check", path, *options)
        assert done.exit_code == ExitCode.BAD_INPUT
        assert "geheim" not in done.output
    with pytest.raises(DataError) as refused:
        read_scenario(path)
    assert "geheim" not in "".join(format_exception(refused.value))


FAULTY = {
    "no server": "postgresql://anna:{password}@/crm?host=/nowhere",
    "no host": "postgresql://anna:{password}@no.such.host.invalid/crm",
    "no driver": "mysql://anna:{password}@localhost/crm",
    "no dialect": "nosql://anna:{password}@localhost/crm",
    "no URL": "anna:{password}@localhost/crm",
    "no port": "postgresql://anna:{password}@localhost:port/crm",
    "no option": "postgresql://localhost/crm?password={password}&nonsense=1",
    "no number": "postgresql://anna:{password}@localhost/crm?connect_timeout={password}",
}


@pytest.mark.slow
@pytest.mark.parametrize("url", FAULTY.values(), ids=FAULTY)
def test_failures_hold_no_secret(url, company, monkeypatch):
    """Neither messages nor tracebacks, whatever the driver says."""
    monkeypatch.setenv("CRM_URL", url.format(password=quote(PASSWORD, safe="")))
    scenario = write_scenario(company)
    for options in ([], ["--json"]):
        done = rightrep("check", scenario, *options)
        assert done.exit_code == ExitCode.BAD_INPUT, done.output
        assert not found_in(done.output)
    shown = traceback_of("check", scenario)
    assert "Traceback" in shown and not found_in(shown)


@pytest.mark.slow
def test_a_refused_password_is_in_no_traceback(on_server, postgres, monkeypatch):
    """Nor in the message."""
    scenario = write_scenario(on_server)
    monkeypatch.setenv("CRM_URL", postgres.url_of(f"{PASSWORD}!"))
    done = rightrep("check", scenario)
    assert "password authentication failed" in done.output
    assert not found_in(done.output)
    assert not found_in(traceback_of("check", scenario))


def traceback_of(*arguments):
    command = [sys.executable, "-m", "rightrep", "--debug", *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env=os.environ, check=False
    )
    assert done.returncode != 0
    return done.stdout + done.stderr


@pytest.mark.slow
def test_a_run_whose_database_goes_away_leaves_nothing(on_server, postgres):
    """Stopped in the middle of a query: exit 3, no folder and no model."""
    text = write_scenario(on_server).read_text(encoding="utf-8")
    slow = "select * from history where pg_sleep(1) is not null"
    scenario = on_server / "slow.yaml"
    scenario.write_text(text.replace("sql: history", f"sql: {slow}"), encoding="utf-8")
    out = on_server / "out"
    command = [sys.executable, "-m", "rightrep", "run", str(scenario)]
    command += ["--out", str(out)]
    with subprocess.Popen(
        command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        postgres.wait_for("wait_event = 'PgSleep'")
        postgres.stop()
        try:
            printed, told = running.communicate(timeout=60)
        finally:
            postgres.start()
    assert running.returncode == ExitCode.BAD_INPUT
    assert "data.history.sql: the database says" in told
    assert not found_in(printed + told) and not out.exists()


def test_braces_need_quotes_around_a_variable(company):
    """The message of the parser says so."""
    text = write_scenario(company).read_text(encoding="utf-8")
    path = company / "unquoted.yaml"
    path.write_text(text.replace('"', ""), encoding="utf-8")
    assert 'put a variable in quotes: "${NAME}"' in rightrep("check", path).output

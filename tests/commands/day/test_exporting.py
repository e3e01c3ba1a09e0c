"""`rightrep export`: what changed, once, from a run folder nobody changed."""

import csv
import json
import sqlite3
from io import StringIO

import pytest
from click.testing import CliRunner

from cli import main
from runs import ExitCode


def export(folder, *options):
    done = CliRunner().invoke(main, ["export", str(folder), *map(str, options)])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


def assigned(folder):
    with (folder / "assignments.csv").open(encoding="utf-8", newline="") as file:
        return {row["lead_id"]: row["rep_id"] for row in csv.DictReader(file)}


@pytest.fixture
def owned(company):
    """Return the company, its run made again with three leads that have owners."""
    owner = assigned(company / "run")
    kept, moved, *_ = owner
    path = company / "leads.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    current = {kept: owner[kept], moved: "R9"}
    rows = [f"{row},{current.get(row.split(',')[0], '')}" for row in rows]
    path.write_text("\n".join([f"{header},current_rep_id", *rows]), encoding="utf-8")
    arguments = ["run", company / "daily.yaml", "--model", company / "daily.model"]
    arguments += ["--out", company / "run", "--replace"]
    done = CliRunner().invoke(main, list(map(str, arguments)))
    assert done.exit_code == 0, done.output
    return company


def test_only_changed_owners_are_printed(owned):
    """The lead that keeps its owner is none of them, nor are unassigned leads."""
    owner = assigned(owned / "run")
    done = export(owned / "run", "--to", "csv")
    rows = list(csv.DictReader(StringIO(done.stdout)))
    kept, moved, *_ = owner
    assert {row["lead_id"]: row["rep_id"] for row in rows} == {
        lead: rep for lead, rep in owner.items() if lead != kept
    }
    assert {row["lead_id"]: row["previous_rep_id"] for row in rows}[moved] == "R9"
    n_unassigned = 30 - len(owner)
    assert f"{len(owner) - 1} get another owner, 1 keep theirs" in done.stderr
    assert f"{n_unassigned} unassigned, which are left alone" in done.stderr


def test_a_file_is_written_once(company):
    """The second call says that nothing is left; other content is not replaced."""
    out = company / "owners.csv"
    first = export(company / "run", "--to", "csv", "--out", out)
    text = out.read_text(encoding="utf-8")
    assert first.exit_code == 0 and "17 new owners" in first.stdout
    again = export(company / "run", "--to", "csv", "--out", out)
    assert again.exit_code == 0 and "nothing is left to change" in again.stdout
    out.write_text("mine", encoding="utf-8")
    refused = export(company / "run", "--to", "csv", "--out", out)
    assert refused.exit_code == ExitCode.USAGE and out.read_text() == "mine"
    assert text.startswith("lead_id,rep_id,previous_rep_id\n")


def test_json_has_the_rows(company):
    """And the counts."""
    told = json.loads(export(company / "run", "--to", "csv", "--json").stdout)
    assert told["changed"] == len(told["rows"]) == 17
    assert told["unassigned"] == 13


@pytest.mark.parametrize("name", ["assignments.csv", "inputs/leads.csv", "prices.csv"])
def test_a_changed_run_is_not_exported(name, company):
    """Whatever was changed of it."""
    path = company / "run" / name
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    done = export(company / "run", "--to", "csv")
    assert done.exit_code == ExitCode.BAD_INPUT
    assert "was changed after the run, so nothing is exported" in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ["--to", "sql"],
        ["--to", "sql", "--url", "${U}", "--table", "t", "--id", "i"],
        ["--to", "csv", "--table", "leads"],
        ["--to", "csv", "--dry-run"],
        ["--to", "sap"],
    ],
)
def test_options_belong_together(options, company):
    """Wrong usage is told before anything is read."""
    assert export(company / "run", *options).exit_code == ExitCode.USAGE


SQL = ["--to", "sql", "--url", "${CRM_URL}", "--table", "leads", "--id", "id"]
SQL += ["--owner", "owner_id"]


@pytest.fixture
def database(owned, monkeypatch):
    """Return an SQLite file with the leads and their owners."""
    path = owned / "crm.db"
    with (owned / "leads.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            (r["lead_id"], r["current_rep_id"] or None) for r in csv.DictReader(file)
        ]
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE leads (id text, owner_id text)")
    connection.executemany("INSERT INTO leads VALUES (?, ?)", rows)
    connection.commit()
    monkeypatch.setenv("CRM_URL", f"sqlite:///{path}")
    yield connection
    connection.close()


def owners(connection):
    return dict(connection.execute("SELECT id, owner_id FROM leads").fetchall())


def test_a_database_gets_the_owners_once(owned, database):
    """A dry run shows it, a run writes it, a further one has nothing to do."""
    owner, before = assigned(owned / "run"), owners(database)
    dry = export(owned / "run", *SQL, "--dry-run")
    assert "UPDATE leads" in dry.stdout and "would be written" in dry.stdout
    assert owners(database) == before
    done = export(owned / "run", *SQL)
    assert done.exit_code == 0 and owners(database) == before | owner
    again = export(owned / "run", *SQL)
    assert again.exit_code == 0 and "nothing is left to change" in again.stdout


def test_an_owner_that_changed_meanwhile_stays(owned, database):
    """It is listed, and the exit code says so."""
    first, second, *_ = [lead for lead, o in owners(database).items() if o is None]
    database.execute("UPDATE leads SET owner_id = 'R8' WHERE owner_id IS NULL")
    database.commit()
    done = export(owned / "run", *SQL)
    assert done.exit_code == ExitCode.LEFT_ALONE
    assert "its owner changed meanwhile, to R8" in done.stdout
    assert owners(database)[first] == owners(database)[second] == "R8"
    told = json.loads(export(owned / "run", *SQL, "--json").stdout)
    assert set(told["left_alone"].values()) == {"R8"} and len(told["already"]) == 1


def test_a_password_on_the_command_line_is_refused(company):
    """It would stay in the shell's history."""
    options = [*SQL[:3], "postgresql://anna:geheim@host/crm", *SQL[4:]]
    done = export(company / "run", *options)
    assert done.exit_code == ExitCode.BAD_INPUT and "geheim" not in done.output


def test_a_run_without_a_solution_is_not_exported(company):
    """It has no owners; this is no reason to say that nothing is left."""
    text = (company / "daily.yaml").read_text(encoding="utf-8")
    rule = "rules:\n  - {kind: min_per_rep, name: many, min_leads: 40}\n"
    scenario = company / "impossible.yaml"
    scenario.write_text(text.replace("rules:\n", rule), encoding="utf-8")
    run = ["run", scenario, "--model", company / "daily.model", "--out", company / "x"]
    done = CliRunner().invoke(main, list(map(str, run)))
    assert done.exit_code == ExitCode.INFEASIBLE, done.output
    refused = export(company / "x", "--to", "csv")
    assert refused.exit_code == ExitCode.BAD_INPUT
    assert "the run is infeasible, so there are no owners" in refused.stderr

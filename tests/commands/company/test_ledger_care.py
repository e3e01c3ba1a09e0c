"""The ledger is looked through, saved, moved, erased from, and tells its history."""

import json
import re
import sqlite3

import pytest
from click.testing import CliRunner

from cli import main
from ledger import Ledger
from tests.ledger.lives import fill
from tests.runs.morning.test_morning import MONDAY, Company


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder with a scenario and the ledger that it names."""
    company = Company(tmp_path)
    company.write(MONDAY, "L1 North")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RIGHTREP_USER", "ann")
    with company.ledger as ledger:
        fill(ledger)
    return tmp_path


def asked(*arguments, code=0):
    result = CliRunner().invoke(main, ["ledger", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def test_a_sound_ledger_is_said_to_be_sound(home):
    assert "ledger.db is sound: all pages and rows" in asked("check")
    assert json.loads(asked("check", "--json")) == {"ok": True, "broken": []}


def test_what_is_broken_is_said_with_a_code_for_the_scheduler(home):
    with sqlite3.connect("ledger.db") as raw:
        raw.execute("DROP TRIGGER runs_no_update")
        raw.execute("UPDATE runs SET n_assigned = 2, n_unassigned = 2 WHERE number = 1")
    raw.close()
    text = asked("check", code=7)
    assert "broken: a run has as many decisions as it says: 1 row (mon)" in text


def test_a_backup_can_be_restored(home):
    assert "whole copy of" in asked("backup", "copy.db")
    assert "already" in asked("backup", "copy.db", code=1)
    (home / "ledger.db").unlink()
    (home / "copy.db").rename(home / "ledger.db")
    assert "is sound" in asked("check")


def test_a_copy_is_proven_and_never_into_itself(home):
    text = asked("copy", "--to", "other.db")
    assert (
        re.search(r"decisions +7 rows", text) and "hashes of all rows are equal" in text
    )
    assert "into itself" in asked("copy", "--to", str(home / "ledger.db"), code=1)
    assert "has rows already" in asked("copy", "--to", "other.db", code=1)


@pytest.mark.slow
def test_a_ledger_moves_to_a_server_and_back(home, postgres, monkeypatch):
    postgres.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    monkeypatch.setenv("LEDGER_URL", postgres.url)
    there = json.loads(asked("copy", "--to", "${LEDGER_URL}", "--json"))
    days = home / "days.yaml"
    days.write_text(days.read_text().replace("ledger.db", "${LEDGER_URL}"))
    assert "is sound" in asked("check")
    assert "use pg_dump" in asked("backup", "copy.db", code=1)
    back = json.loads(asked("copy", "--to", "back.db", "--json"))
    assert back["tables"] == there["tables"]


def test_erasing_says_what_it_blanks_and_what_it_does_not(home):
    dry = asked("erase", "L1", "--dry-run")
    assert "would be blanked" in dry and "company (1), email (1)" in dry
    with Ledger(home / "ledger.db") as ledger, ledger.reading() as connection:
        query = "SELECT company FROM leads WHERE lead_id = 'L1'"
        assert connection.exec_driver_sql(query).scalar() == "Muster GmbH"
    text = asked("erase", "L1", "--reason", "asked by mail")
    assert "reasons    1 event with typed words, which stay" in text
    assert "not touched: 1 run met these leads" in text and "2026-09-07 mon" in text
    again = asked("erase", "L1")
    assert "0 leads" in again


def test_leads_that_nobody_knows_are_refused(home):
    text = asked("erase", "L1", "L10", code=3)
    assert "L10" in text and "did you mean 'L1'" in text
    assert "--older-than" in asked("erase", code=2)
    assert "such as 90d, 18m or 3y" in asked("erase", "--older-than", "soon", code=2)


def test_old_leads_are_erased_by_age(home):
    year = json.loads(asked("erase", "--older-than", "3y", "--json"))
    assert year["lead_ids"] == []
    future = ["--at", "2030-01-01", "--older-than", "3y", "--json"]
    assert len(json.loads(asked("erase", *future))["lead_ids"]) == 5


def test_the_log_shows_who_changed_what(home):
    text = asked("log")
    assert "daily: first used by run mon by ann" in text
    assert "+- kind: capacity" in text and "leads 4 -> 3" in text
    assert "no measurement" in text
    assert len(json.loads(asked("log", "--json"))["changes"]) == 2
    assert "No run" in asked("log", "--name", "other")

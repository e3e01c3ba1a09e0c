"""The demo's days: every command works on what the days before left."""

import re
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from cli import main

pytestmark = pytest.mark.slow
DAYS = 4
ONE_OWNER = """
    SELECT count(*), count(DISTINCT lead_id) FROM assignments WHERE ended_at IS NULL
"""
DECIDED = """
    SELECT count(*) FROM leads WHERE lead_id NOT IN (SELECT lead_id FROM decisions)
"""


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """Return the folder, and what the demo printed."""
    out = tmp_path_factory.mktemp("lived") / "demo"
    done = CliRunner().invoke(main, ["demo", "--days", str(DAYS), "--out", str(out)])
    assert done.exit_code == 0, done.output
    return out, done.output


def test_every_day_has_a_run_that_verify_believes(lived):
    out, printed = lived
    folders = sorted((out / "runs").iterdir())
    assert len(folders) == DAYS
    for folder in folders:
        assert CliRunner().invoke(main, ["verify", str(folder)]).exit_code == 0
    assert "internal error" not in printed and "error: " not in printed


def test_the_week_shows_what_a_ledger_is_for(lived):
    """Leads again, an absence, a duplicate, an override, a rep who leaves, outcomes."""
    _, printed = lived
    for said in (
        "since nobody owns them",
        "Away by the ledger",
        "who has their duplicate, without a slot",
        "by Mara: has met them before",
        "reassigned",
        "first responses",
        "is sound",
        "distributed",
    ):
        assert said in printed, said
    assert re.search(r"\$ rightrep kpi .*--html kpi.html", printed)


def test_each_lead_has_one_owner_and_a_decision(lived):
    out, _ = lived
    with closing(sqlite3.connect(out / "company" / "ledger.db")) as connection:
        [(n, n_leads)] = connection.execute(ONE_OWNER)
        [(n_without,)] = connection.execute(DECIDED)
    assert n == n_leads > 100
    assert n_without == 0


def test_a_folder_that_is_there_is_not_written_on(lived):
    out, _ = lived
    done = CliRunner().invoke(main, ["demo", "--days", "2", "--out", str(out)])
    assert done.exit_code == 2


@pytest.mark.parametrize("options", [["--replace"], ["--json"], []])
def test_days_are_lived_in_a_new_folder(options, tmp_path):
    """No option that would be overlooked, and no advice that does not help."""
    (tmp_path / "manifest.json").write_text("{}")
    words = ["demo", "--days", "2", "--out", str(tmp_path), *options]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert (f"has no {options[0]}" if options else "name a new folder") in done.stderr
    assert "add --replace" not in done.stderr

"""A file that cannot be a ledger is refused with the reason and the mend."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ledger import Ledger, LedgerError, database
from ledger.migrating import VERSION
from tests.ledger.example_runs import decisions_of, entry_of

MADE = decisions_of({f"L{i}": "R1" for i in range(500)})
NOBODY = 65534


@pytest.fixture
def filled(path):
    with Ledger(path) as ledger:
        ledger.record(entry_of("a", MADE), MADE)
    return path


@pytest.fixture
def no_superuser():
    """Give up the superuser's rights, whom no folder's rights would stop."""
    if not hasattr(os, "geteuid"):
        pytest.skip("rights of folders are another matter here")
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    yield
    os.seteuid(user)


def execute(path, sql):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)
        connection.commit()


def test_an_empty_file_becomes_a_ledger(path):
    """What a crash before the first write leaves is no obstacle."""
    path.touch()
    with Ledger(path) as ledger:
        assert ledger.runs().empty


def test_a_file_that_is_no_database_is_refused_and_kept(path):
    """A table named by mistake is not overwritten."""
    path.write_text("lead_id,rep_id\nL1,R1\n" * 50)
    before = path.read_bytes()
    with pytest.raises(LedgerError, match=r"ledger\.db is not a ledger; name"):
        Ledger(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "sql", ["CREATE TABLE runs (run_id TEXT)", "PRAGMA user_version = 1"]
)
def test_another_programs_database_is_refused(path, sql):
    """Even one with a table of the same name, or no table at all."""
    execute(path, sql)
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="is not a ledger; name"):
        Ledger(path)
    assert path.read_bytes() == before


def test_a_newer_ledger_is_refused(filled):
    """Its tables may mean something else."""
    execute(filled, f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(LedgerError, match=r"newer rightrep .* upgrade"):
        Ledger(filled)


def test_a_torn_file_is_refused(filled):
    """Half a ledger is damaged, not small."""
    content = filled.read_bytes()
    filled.write_bytes(content[: len(content) // 2])
    with pytest.raises(LedgerError, match="is damaged; restore"):
        Ledger(filled)


def test_overwritten_pages_are_found(filled):
    """Damage past the first page is told when it is met."""
    content = filled.read_bytes()
    filled.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(LedgerError, match="is damaged"), Ledger(filled) as ledger:
        ledger.decisions()


def test_a_locked_ledger_is_waited_for_then_given_up(filled, monkeypatch):
    """Another program that keeps writing is named as the reason."""
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    other = decisions_of({"L1": "R2"})
    with Ledger(filled) as ledger, closing(sqlite3.connect(filled)) as rival:
        rival.isolation_level = None
        rival.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="in use by another program; try again"):
            ledger.record(entry_of("b", other), other)
        rival.rollback()
        assert ledger.record(entry_of("b", other), other)


@pytest.mark.parametrize("name", [".", "missing/ledger.db"])
def test_a_path_that_cannot_be_a_file_is_refused(tmp_path, name):
    """A folder, or a file in a folder that is not there."""
    with pytest.raises(LedgerError, match="cannot be opened or made"):
        Ledger(tmp_path / name)


def test_a_read_only_folder_takes_no_ledger(no_superuser):
    """Neither the file nor its journal can be made there."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        with pytest.raises(LedgerError, match="cannot be opened or made"):
            Ledger(Path(folder, "ledger.db"))
        assert not list(Path(folder).iterdir())
        Path(folder).chmod(0o755)


def test_a_read_only_ledger_can_be_read_but_not_written(no_superuser):
    """Readers need no right to write."""
    other = decisions_of({"L1": "R2"})
    with TemporaryDirectory() as folder:
        path = Path(folder, "ledger.db")
        with Ledger(path) as ledger:
            ledger.record(entry_of("a", MADE), MADE)
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        with Ledger(path) as ledger:
            assert ledger.owner_of("L7") == "R1"
            with pytest.raises(LedgerError, match="cannot be written; check"):
                ledger.record(entry_of("b", other), other)
        Path(folder).chmod(0o755)


def test_a_name_that_sqlite_keeps_for_itself_is_a_file(tmp_path, monkeypatch):
    """`:memory:` is no way to lose a record."""
    monkeypatch.chdir(tmp_path)
    Ledger(Path(":memory:")).close()
    assert (tmp_path / ":memory:").is_file()

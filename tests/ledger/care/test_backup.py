"""A backup is whole, private, and taken while others write."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from ledger import Ledger, LedgerError
from ledger.care.backup import back_up
from tests.ledger.example_runs import decisions_of, entry_of
from tests.ledger.lives import fill
from tests.ledger.test_kills import signature


@pytest.fixture
def filled(path):
    with Ledger(path) as ledger:
        fill(ledger)
    return path


def test_a_backup_is_the_ledger(filled, tmp_path):
    copy = tmp_path / "copy.db"
    assert back_up(filled, copy) == copy.stat().st_size
    assert signature(copy) == signature(filled)
    assert not list(tmp_path.glob(".*"))


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_new_files_are_private_and_old_ones_stay_as_they_are(tmp_path, umask):
    path, copy = tmp_path / "ledger.db", tmp_path / "copy.db"
    before = os.umask(umask)
    try:
        with Ledger(path) as ledger:
            fill(ledger)
            with ledger.writing() as connection:
                connection.exec_driver_sql("UPDATE leads SET company = 'X'")
                journal = path.with_name("ledger.db-journal")
                assert journal.stat().st_mode & 0o777 == 0o600
        back_up(path, copy)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == copy.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with Ledger(path) as ledger:
        ledger.check()
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_backup_while_runs_are_recorded_is_of_one_moment(filled, tmp_path):
    """Each backup has some runs whole, and none in part."""

    def write(number):
        made = decisions_of({f"N{number}-{i}": "R1" for i in range(50)})
        with Ledger(filled) as ledger:
            ledger.record(entry_of(f"n{number}", made, "2026-09-09"), made)

    with ThreadPoolExecutor(2) as pool:
        writes = [pool.submit(write, number) for number in range(6)]
        for number in range(3):
            back_up(filled, tmp_path / f"{number}.db")
        for each in writes:
            each.result()
    for number in range(3):
        with Ledger(tmp_path / f"{number}.db") as copy:
            counts = copy.decisions().groupby("run_id").size()
        assert set(counts[counts.index.str.startswith("n")]) <= {50}


def test_nothing_is_replaced_and_nothing_of_a_failure_stays(filled, tmp_path):
    there = tmp_path / "there.db"
    there.write_text("mine")
    with pytest.raises(LedgerError, match="is there already"):
        back_up(filled, there)
    with pytest.raises(LedgerError, match="cannot be made"):
        back_up(filled, tmp_path / "no" / "copy.db")
    assert there.read_text() == "mine"
    assert {path.name for path in tmp_path.iterdir()} == {"ledger.db", "there.db"}

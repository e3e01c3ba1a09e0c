"""A ledger moves between databases with every row and every number."""

import pytest
from sqlalchemy import select

from ledger import Ledger, LedgerError
from ledger.care import copying
from ledger.care.copying import copy_ledger
from ledger.integrity import faults
from ledger.schema import METADATA
from tests.few import few
from tests.ledger.example_runs import decisions_of, entry_of
from tests.ledger.lives import fill

WEDNESDAY = decisions_of({"L6": "R1"})


def rows(ledger):
    """Return all rows of all tables."""
    with ledger.reading() as connection:
        return {
            name: sorted(map(repr, connection.execute(select(table))))
            for name, table in METADATA.tables.items()
        }


@pytest.mark.slow
@pytest.mark.parametrize("way", few(["to", "from"], 1))
def test_all_rows_move_and_the_next_run_goes_on(place, tmp_path, monkeypatch, way):
    """From a file to a file and a server, and from there to a file."""
    monkeypatch.setattr(copying, "CHUNK", 2)
    other = tmp_path / "other.db"
    given, target = (other, place) if way == "to" else (place, other)
    with Ledger(given) as source, Ledger(target) as copy:
        fill(source)
        with copy.writing() as writes, source.reading() as reads:
            tables = copy_ledger(reads, writes)
        assert rows(copy) == rows(source)
        assert {each.table: each.n_rows for each in tables}["decisions"] == 7
        copy.record(entry_of("wed", WEDNESDAY, "2026-09-09"), WEDNESDAY)
        assert copy.number_of("wed") == 3
        with copy.reading() as connection:
            assert faults(connection) == []


def test_a_ledger_with_rows_takes_no_others(tmp_path):
    with Ledger(tmp_path / "a.db") as source, Ledger(tmp_path / "b.db") as copy:
        fill(source)
        copy.record(entry_of("wed", WEDNESDAY), WEDNESDAY)
        before = rows(copy)
        with (
            pytest.raises(LedgerError, match="has rows already"),
            copy.writing() as writes,
            source.reading() as reads,
        ):
            copy_ledger(reads, writes)
        assert rows(copy) == before


def test_what_comes_back_otherwise_is_not_kept(tmp_path):
    """Such as a row that a trigger of somebody has changed."""
    with Ledger(tmp_path / "a.db") as source, Ledger(tmp_path / "b.db") as copy:
        fill(source)
        with copy.writing() as connection:
            connection.exec_driver_sql(
                "CREATE TRIGGER other AFTER INSERT ON leads "
                "BEGIN UPDATE leads SET company = 'other'; END"
            )
        with (
            pytest.raises(LedgerError, match="other rows of leads back"),
            copy.writing() as writes,
            source.reading() as reads,
        ):
            copy_ledger(reads, writes)
        assert not any(rows(copy).values())

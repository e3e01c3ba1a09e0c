"""The same ledger on a server: PostgreSQL, where it is installed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from click.testing import CliRunner

from cli import main
from crm.databases.address import Address, address_of
from ledger import Ledger, LedgerError
from ledger.database import engine_of
from ledger.schema import METADATA
from tests.ledger.example_runs import decisions_of, entry_of
from tests.postgres import PASSWORD
from tests.runs.morning.test_morning import MONDAY, TUESDAY, Company

FIRST = decisions_of({"L1": "R1", "L2": "R1", "L3": "", "L4": ""})
SECOND = decisions_of({"L3": "R2", "L1": "R3"})


@pytest.fixture
def place(postgres, monkeypatch, tmp_path) -> Address:
    postgres.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    monkeypatch.setenv("LEDGER_URL", postgres.url)
    return address_of("${LEDGER_URL}", tmp_path, "ledger")


def test_runs_are_recorded_and_asked_for(place):
    with Ledger(place) as ledger:
        assert ledger.record(entry_of("a", FIRST, "2026-09-07T08:00"), FIRST)
        assert not ledger.record(entry_of("a", FIRST, "2026-09-07T08:00"), FIRST)
        assert ledger.record(entry_of("b", SECOND, "2026-09-07T15:00"), SECOND)
        ledger.check()
        owners = ledger.owners().set_index("lead_id")["rep_id"].to_dict()
        assert owners == {"L1": "R3", "L2": "R1", "L3": "R2"}
        assert ledger.owners(before=2)["lead_id"].tolist() == ["L1", "L2"]
        assert ledger.waiting()["lead_id"].tolist() == ["L4"]
        assert ledger.assigned_on(date(2026, 9, 7)) == {"R1": 2, "R2": 1, "R3": 1}
        assert ledger.open_leads() == {"R1": 1, "R2": 1, "R3": 1}
        assert len(ledger.decisions("a")) == 4
    with engine_of(place).connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, METADATA) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE runs SET seed = 1",
        "DELETE FROM decisions",
        "DELETE FROM events",
        "UPDATE assignments SET rep_id = 'R9'",
        "INSERT INTO assignments (lead_id, rep_id, started_at) "
        "VALUES ('L1', 'R9', now())",
    ],
)
def test_the_server_keeps_the_promises(place, postgres, change):
    with Ledger(place) as ledger:
        ledger.record(entry_of("a", FIRST), FIRST)
    with pytest.raises(Exception, match=r"rows are only added|one_current_owner"):
        postgres.execute(change)


def test_many_at_once_record_each_run_once(place):
    """From an empty database: one makes the tables, the others wait."""

    def record(number):
        with Ledger(place) as ledger:
            return ledger.record(entry_of(f"run{number % 4}", FIRST), FIRST)

    with ThreadPoolExecutor(8) as pool:
        recorded = list(pool.map(record, range(16)))
    assert sum(recorded) == 4
    with Ledger(place) as ledger:
        assert len(ledger.runs()) == 4 and len(ledger.owners()) == 2


@pytest.mark.slow
def test_days_pass_on_a_server(place, tmp_path):
    """The scenario names a variable; nothing that is printed has its password."""
    company = Company(tmp_path)
    company.write(MONDAY, "L1 North", "L2 South")
    days = tmp_path / "days.yaml"
    days.write_text(days.read_text().replace("ledger.db", "${LEDGER_URL}"))
    command = ["run", str(days), "--out"]
    monday = CliRunner().invoke(main, [*command, str(tmp_path / "mon")])
    assert monday.exit_code == 0 and "postgresql://" in monday.stdout
    company.write(TUESDAY, "L1 North", "L3 North")
    days.write_text(days.read_text().replace("ledger.db", "${LEDGER_URL}"))
    tuesday = CliRunner().invoke(main, [*command, str(tmp_path / "tue")])
    assert tuesday.exit_code == 0
    assert "L1,R1" in (tmp_path / "tue" / "kept.csv").read_text()
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    printed = (monday.output + tuesday.output).encode()
    assert not any(PASSWORD.encode() in text for text in [*written, printed])


def test_a_server_that_is_gone_is_told_without_secrets(place, monkeypatch, tmp_path):
    monkeypatch.setenv("GONE", f"postgresql://me:{'secret'}@/no?host=/nowhere")
    gone = address_of("${GONE}", tmp_path, "ledger")
    with pytest.raises(LedgerError, match="cannot be reached") as refused:
        Ledger(gone)
    assert "secret" not in str(refused.value)

"""Days of a year: their figures are those of plain SQL."""

from datetime import UTC, date, datetime

import pytest

from crm.databases.address import address_of
from runs.kpi.figures import kpi_figures
from runs.kpi.window import Window
from tests.ledger.year import write_year
from tests.runs.kpi.test_figures import company_of

NOW = datetime(2026, 8, 31, tzinfo=UTC)
COUNTS = {
    "n_distributed": "SELECT count(DISTINCT lead_id) FROM decisions WHERE rep_id <> ''",
    "n_won": "SELECT count(*) FROM events WHERE kind = 'won'",
    "n_lost": "SELECT count(*) FROM events WHERE kind = 'lost'",
    "revenue": "SELECT sum(value) FROM events WHERE kind = 'won'",
}


def check(folder, place, n_days: int, per_day: int) -> None:
    """Compare the figures with SQL."""
    here = company_of(folder, place)
    with here.ledger as ledger:
        write_year(ledger, n_days, per_day)
        window = Window.of(here.calendar, NOW, date(2025, 9, 1))
        row = kpi_figures(here, window, ["product"]).total.iloc[0]
        with ledger.reading() as connection:
            for name, query in COUNTS.items():
                plain = connection.exec_driver_sql(query).scalar()
                assert float(row[name]) == pytest.approx(float(plain)), name


def test_some_days_agree_with_plain_sql(tmp_path):
    check(tmp_path, tmp_path / "ledger.db", 10, 40)


def test_some_days_on_a_server_agree_with_plain_sql(tmp_path, postgres, monkeypatch):
    postgres.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    monkeypatch.setenv("LEDGER_URL", postgres.url)
    check(tmp_path, address_of("${LEDGER_URL}", tmp_path, "ledger"), 10, 40)

"""A year of the ledger: its figures are those of plain SQL, and come fast."""

import time
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
MOST_SECONDS = 6.0
"""Of processor time for a year, on a machine that others use as well; 3 alone."""


def check(folder, place, n_days: int, per_day: int) -> float:
    """Compare the figures with SQL; return the seconds of processor time they took."""
    here = company_of(folder, place)
    with here.ledger as ledger:
        write_year(ledger, n_days, per_day)
        window = Window.of(here.calendar, NOW, date(2025, 9, 1))
        began = time.process_time()
        row = kpi_figures(here, window, ["product"]).total.iloc[0]
        passed = time.process_time() - began
        with ledger.reading() as connection:
            for name, query in COUNTS.items():
                plain = connection.exec_driver_sql(query).scalar()
                assert float(row[name]) == pytest.approx(float(plain)), name
    return passed


def test_some_days_agree_with_plain_sql(tmp_path):
    check(tmp_path, tmp_path / "ledger.db", 10, 40)


@pytest.mark.slow
def test_a_year_is_told_in_seconds(tmp_path):
    assert check(tmp_path, tmp_path / "ledger.db", 250, 2000) < MOST_SECONDS


@pytest.mark.slow
def test_a_year_is_told_in_seconds_by_a_server(tmp_path, postgres, monkeypatch):
    postgres.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    monkeypatch.setenv("LEDGER_URL", postgres.url)
    place = address_of("${LEDGER_URL}", tmp_path, "ledger")
    assert check(tmp_path, place, 250, 2000) < MOST_SECONDS

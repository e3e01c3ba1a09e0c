"""Figures of drawn lives are those that the raw tables give, lead by lead."""

import sqlite3
from datetime import UTC, date, datetime

import numpy as np
import pytest

from crm import Calendar
from crm.databases.address import address_of
from ledger import Ledger
from runs.company.company import Company
from runs.kpi.figures import kpi_figures
from runs.kpi.lead_figures import wilson
from runs.kpi.window import Window
from scenarios import read_scenario
from tests.runs.kpi.by_hand import Raw
from tests.runs.kpi.drawn_lives import draw_lives

ZONE = "America/New_York"
NOW = datetime(2026, 9, 20, 12, tzinfo=UTC)
WINDOWS = {
    "all": (date(2026, 9, 1), date(2026, 9, 30)),
    "the middle": (date(2026, 9, 4), date(2026, 9, 8)),
}
SCENARIO = f"""\
version: 1
name: daily
data: {{leads: leads.csv, reps: reps.csv}}
calendar: {{time_zone: {ZONE}}}
ledger: ledger.db
"""
REPS = (
    "rep_id,name,team,daily_capacity\nR1,Änne,North,9\nR2,Bo,South,9\nR3,Cy,North,9\n"
)
TABLES = ("runs", "leads", "decisions", "assignments", "events")
TEAM = {"R1": "North", "R2": "South", "R3": "North", "": "(nobody)"}


def company_of(folder, place) -> Company:
    (folder / "daily.yaml").write_text(SCENARIO)
    (folder / "reps.csv").write_text(REPS, encoding="utf-8")
    return Company(read_scenario(folder / "daily.yaml"), Ledger(place))


def raw_rows(path):
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    return {
        name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")]
        for name in TABLES
    }


def agree(row, expected) -> None:
    for name, value in expected.items():
        given = float(row[name])
        assert np.isclose(given, value, rtol=1e-9, atol=1e-6, equal_nan=True), name


def check(here: Company, rows, days) -> None:
    first, last = days
    window = Window.of(here.calendar, NOW, first, last)
    raw = Raw(rows, ZONE, first, last, NOW)
    figures = kpi_figures(here, window, ["team", "product"])
    agree(figures.total.iloc[0], raw.figures())
    assert figures.n_leads == len(raw.met)
    for row in figures.slices.to_dict("records"):
        products = {
            lead: (cells["product"] or "(none)")
            for lead, cells in ((x, columns_of(raw.leads[x])) for x in raw.met)
        }
        agree(
            row,
            raw.figures(
                lambda life, row=row, products=products: (
                    TEAM[life["rep"]] == row["team"]
                    and products[life["lead"]] == row["product"]
                )
            ),
        )
    assert figures.slices["n_distributed"].sum() == raw.figures()["n_distributed"]
    check_overrides(figures, raw)


def columns_of(lead):
    import json

    cells = lead["columns"]
    return {"product": "", **(json.loads(cells) if isinstance(cells, str) else cells)}


def check_overrides(figures, raw: Raw) -> None:
    people = figures.actors.set_index("actor")["n_overrides"].to_dict()
    counted: dict[str, int] = {}
    for row in raw.overrides:
        if row["other"] != row["rep_id"]:
            counted[row["actor"]] = counted.get(row["actor"], 0) + 1
    assert set(people) <= set(counted)
    assert all(people[who] <= counted[who] for who in people)
    assert figures.directions["n_overrides"].sum() == sum(people.values())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_figures_are_those_of_the_raw_tables(tmp_path, seed):
    """Void runs do not count; what people and clocks did does, up to the end."""
    here = company_of(tmp_path, tmp_path / "ledger.db")
    with here.ledger as ledger:
        draw_lives(ledger, seed)
        rows = raw_rows(tmp_path / "ledger.db")
        for days in WINDOWS.values():
            check(here, rows, days)


@pytest.mark.slow
def test_figures_are_the_same_on_a_server(tmp_path, postgres, monkeypatch):
    """PostgreSQL says what the file says."""
    import psycopg
    from psycopg.rows import dict_row

    postgres.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    monkeypatch.setenv("LEDGER_URL", postgres.url)
    here = company_of(tmp_path, address_of("${LEDGER_URL}", tmp_path, "ledger"))
    with here.ledger as ledger:
        draw_lives(ledger, 0)
        with psycopg.connect(postgres.url, row_factory=dict_row) as connection:
            rows = {
                name: connection.execute(f"SELECT * FROM {name}").fetchall()
                for name in TABLES
            }
        for days in WINDOWS.values():
            check(here, rows, days)


def test_an_empty_ledger_has_no_figures(tmp_path):
    here = company_of(tmp_path, tmp_path / "ledger.db")
    with here.ledger:
        figures = kpi_figures(here, Window.of(here.calendar, NOW), ["owner"])
    assert (figures.n_runs, figures.days_known) == (0, None)
    assert figures.total.empty and figures.slices.empty and figures.periods.empty


def test_weekends_belong_to_the_next_business_day():
    """A lead of Saturday that is distributed on Monday waited no business day."""
    week = Calendar(time_zone=ZONE, working_days=["mon", "tue", "wed", "thu", "fri"])
    window = Window.of(week, NOW)
    days = np.array(["2026-09-05", "2026-09-07", "2026-09-08"], dtype="datetime64[D]")
    business = window.business_days_of(days)
    assert business.tolist() == [date(2026, 9, 7), date(2026, 9, 7), date(2026, 9, 8)]


def test_a_day_is_the_companys():
    """An evening in New York is the next day in UTC, and counts where it was."""
    window = Window.of(Calendar(time_zone=ZONE), NOW)
    evening = datetime(2026, 9, 8, 2, tzinfo=UTC).timestamp() * 1000
    days = window.days_of([evening, np.nan])
    assert days[0] == np.datetime64("2026-09-07") and np.isnat(days[1])


@pytest.mark.parametrize(
    ("every", "first"),
    [("day", "2026-09-09"), ("week", "2026-09-07"), ("month", "2026-09-01")],
)
def test_periods_begin_on_their_first_day(every, first):
    window = Window.of(Calendar(), NOW, every=every)
    day = np.array(["2026-09-09", "NaT"], dtype="datetime64[D]")
    periods = window.periods_of(day)
    assert periods[0] == np.datetime64(first) and np.isnat(periods[1])


def test_the_interval_of_a_share_is_one_of_shares():
    """Nothing won is no less than nothing, and everything no more than all."""
    n = np.arange(1, 4000)
    low, high = wilson(np.zeros_like(n), n)
    assert not np.signbit(low).any() and high.max() < 1
    assert wilson(n, n)[1].max() <= 1

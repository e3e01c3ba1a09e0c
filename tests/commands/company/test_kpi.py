"""`rightrep kpi`: text, JSON, CSV and a page, none of which mixes up its labels."""

import json
from datetime import UTC, datetime

import numpy as np
import pytest
from click.testing import CliRunner

from cli import main
from ledger import Ledger
from ledger.events import Event, add_events
from tests.labelled import read_output
from tests.ledger.example_runs import decisions_of, entry_of
from tests.runs.kpi.drawn_lives import draw_lives
from tests.runs.kpi.test_figures import REPS, SCENARIO
from tests.test_labels import faults

DAYS = "--from", "2026-09-01", "--to", "2026-09-15"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kpi")
    (folder / "daily.yaml").write_text(SCENARIO)
    (folder / "reps.csv").write_text(REPS, encoding="utf-8")
    with Ledger(folder / "ledger.db") as ledger:
        draw_lives(ledger, 3)
    return folder


def kpi(folder, *options, code=0):
    scenario = "--scenario", str(folder / "daily.yaml")
    arguments = ["kpi", *scenario, *map(str, options)]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == code, done.output
    return done.stdout if code == 0 else done.stderr


@pytest.mark.slow
def test_text_json_csv_and_page_say_the_same(folder, tmp_path):
    """Each label speaks of expectation or of evidence, never of both."""
    by, page = ("--by", "team", "--by", "product"), tmp_path / "kpi.html"
    text = kpi(folder, *DAYS, *by, "--html", page)
    printed = kpi(folder, *DAYS, *by, "--json")
    html, record = page.read_text(encoding="utf-8"), json.loads(printed)
    n = record["total"][0]["n_distributed"]
    assert f"distributed      {n} leads" in text
    assert f"<dd>{n} leads</dd>" in html
    rows = kpi(folder, *DAYS, *by, "--csv").splitlines()
    assert rows[0].startswith("team,product,n_generated,n_distributed")
    assert len(rows) == 1 + len(record["slices"])
    for name, content in (("x.txt", text), ("x.json", printed), ("x.html", html)):
        output = read_output(name, content)
        assert output.labels
        assert not list(faults(output))


@pytest.mark.slow
def test_the_page_asks_nothing_of_any_network(folder, tmp_path):
    page = tmp_path / "kpi.html"
    kpi(folder, *DAYS, "--html", page)
    html = page.read_text(encoding="utf-8")
    assert html.count("<svg role") == 4
    assert "Änne" in html
    assert html.count("<script") == 1 and "<link" not in html and "@import" not in html


@pytest.mark.slow
@pytest.mark.parametrize(
    "by", ["owner", "score_band", "value_slab", "period", "deal_value", "company"]
)
def test_slices_add_up(folder, by):
    """Every lead is in one slice, whatever it is cut by."""
    record = json.loads(kpi(folder, *DAYS, "--by", by, "--json"))
    total, slices = record["total"][0], record["slices"]
    for name in ("n_generated", "n_distributed", "n_waiting", "n_won", "revenue"):
        assert sum(row[name] for row in slices) == pytest.approx(total[name])


def test_wrong_usage_is_named(folder, tmp_path):
    assert "did you mean 'product'" in kpi(folder, "--by", "prodct", code=3)
    three = [word for name in ("team", "owner", "product") for word in ("--by", name)]
    assert "one or two different ways" in kpi(folder, *three, code=2)
    days = "--from", "2026-09-10", "--to", "2026-09-01"
    assert "no day lies between" in kpi(folder, *days, code=2)
    assert "no folder" in kpi(folder, "--html", tmp_path / "no" / "x.html", code=2)
    assert "is read" in kpi(folder, "--html", folder / "ledger.db", code=2)


def test_days_without_runs_name_those_that_have_some(folder):
    text = kpi(folder, "--from", "2020-01-01", "--to", "2020-02-01")
    assert "It has runs from 2026-09-01 to 2026-09-12" in text


def test_an_empty_ledger_and_one_run_are_told(tmp_path):
    """Nothing to divide by is no failure."""
    (tmp_path / "daily.yaml").write_text(SCENARIO)
    with Ledger(tmp_path / "ledger.db"):
        pass
    assert "the first `rightrep run` fills it" in kpi(tmp_path, "--by", "owner")
    kpi(tmp_path, "--html", tmp_path / "empty.html")
    made = decisions_of({"L1": "R1", "L2": ""})
    with Ledger(tmp_path / "ledger.db") as ledger:
        ledger.record(entry_of("mon", made, "2026-09-07T14:00"), made)
    text = kpi(tmp_path, *DAYS, "--by", "team")
    assert "No outcome has come back yet" in text
    assert "Teams and names of reps are not known: reps.csv" in text
    assert "no response is recorded" in text


@pytest.mark.slow
def test_an_experiment_is_measured_from_the_ledger(folder, tmp_path):
    """Too few wins: the reason is said; many: the lift, and the smallest detectable."""
    (tmp_path / "daily.yaml").write_text(
        SCENARIO + "experiment: {control_share: 0.5}\n"
    )
    with Ledger(tmp_path / "ledger.db") as ledger:
        draw_lives(ledger, 1, has_control=True)
    text = kpi(tmp_path, *DAYS)
    assert "measured lift" in text
    assert "no lead was drawn" not in text


@pytest.mark.slow
def test_a_lift_is_measured_with_the_smallest_detectable(tmp_path):
    """An arm that wins half as often again is told, from the ledger alone."""
    (tmp_path / "daily.yaml").write_text(
        SCENARIO + "experiment: {control_share: 0.5}\n"
    )
    rng = np.random.default_rng(0)
    with Ledger(tmp_path / "ledger.db") as ledger:
        for day in range(1, 8):
            ids = [f"L{day}-{i}" for i in range(150)]
            is_control = rng.random(150) < 0.5
            # Of two reps, control takes either; optimal the one of more value.
            is_other = is_control & (rng.random(150) < 0.5)
            arm = np.where(is_control, "control", "optimal").astype(object)
            reps = np.where(is_other, "R2", "R1").tolist()
            made = decisions_of(dict(zip(ids, reps, strict=True))).assign(
                arm=arm,
                propensity=np.where(is_other, 0.25, 0.75),
                columns=[{"territory": f"T{i % 5}"} for i in range(150)],
            )
            as_of = f"2026-09-0{day}T14:00"
            ledger.record(entry_of(f"day{day}", made, as_of), made)
            won = rng.random(150) < np.where(is_other, 0.15, 0.55)
            kinds = np.where(won, "won", "lost")
            at = datetime(2026, 9, day, 18, tzinfo=UTC)
            told = [
                Event(str(kind), at, "crm", lead)
                for kind, lead in zip(kinds, ids, strict=True)
            ]
            with ledger.writing() as connection:
                add_events(connection, told)
    text = kpi(tmp_path, *DAYS)
    assert "arm optimal over control: +" in text and ", better" in text
    assert "smallest detectable" in text
    record = json.loads(kpi(tmp_path, *DAYS, "--json"))
    assert 0.2 < record["measured lift"]["measured lift"]["estimate"] < 1.2

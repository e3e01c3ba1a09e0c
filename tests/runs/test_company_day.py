"""The company's day through the whole job: its zone is the only one that counts."""

import json
import re
from datetime import date

import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from reporting import backtest_json, write_folder
from runs import allocate, backtest, prepare, run_files, verify
from tests.runs.synthetic_company import company_in
from tests.small_company import write_company

FAR = ("Pacific/Kiritimati", "Pacific/Pago_Pago")
"""Zones 14 hours ahead of UTC and 11 behind, whose clocks never change."""


def without_offsets(folder):
    """Write the times of all tables as the clocks of nowhere show them."""
    for path in folder.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(:\d\d)Z", r"\1", text), encoding="utf-8")


def in_calendar(path, keys):
    """Write the scenario with a calendar, beside the scenario; return its path."""
    text = path.read_text(encoding="utf-8").replace(
        "version: 1\n", f"version: 1\ncalendar: {keys}\n"
    )
    name = re.sub(r"\W+", "_", keys)
    other = path.with_name(f"{name}.yaml")
    other.write_text(text, encoding="utf-8")
    return other


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    write_company(folder)
    without_offsets(folder)
    return folder / "daily.yaml"


@pytest.fixture(scope="module")
def base(small):
    return allocate(small)


@pytest.mark.slow
@pytest.mark.parametrize("zone", FAR)
def test_the_zone_alone_changes_nothing(small, base, zone):
    """Tables of local times give the same run in any zone without clock changes."""
    run = allocate(in_calendar(small, f"{{time_zone: {zone}}}"))
    pd.testing.assert_frame_equal(run.assignments, base.assignments)
    pd.testing.assert_frame_equal(run.unassigned, base.unassigned)
    assert run.crm.today == base.crm.today == date(2026, 9, 7)
    assert run.crm.as_of != base.crm.as_of


@pytest.mark.slow
def test_utc_is_the_default(small, base):
    """A calendar in UTC that works every day gives the same files, but for itself."""
    run = allocate(in_calendar(small, "{time_zone: UTC}"))
    other, files = run_files(base), run_files(run)
    origin = re.compile("<dt>scenario</dt>.*")
    for each in (other, files):
        each["report.html"] = origin.sub("", each["report.html"])
    same = {name for name in files if files[name] == other[name]}
    assert set(files) - same <= {"manifest.json", "scenario.yaml"}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """A scenario of a drawn company, whose tables have local times."""
    folder = tmp_path_factory.mktemp("drawn")
    path, _ = company_in(folder, n_history=900)
    without_offsets(folder)
    return path


@pytest.fixture(scope="module")
def tested(drawn):
    return backtested(drawn)


def backtested(scenario):
    """Return what a backtest measures, and the day on which it begins."""
    found = backtest(prepare(scenario), ["optimal"], retrain_days=20)
    record = backtest_json(found)
    kept = {name: record[name] for name in record if name not in {"since", "until"}}
    return kept | {"day": found.since.date()}


@pytest.mark.slow
@pytest.mark.parametrize("zone", FAR)
def test_backtest_in_any_zone(drawn, tested, zone):
    """Days replayed, training, and what is measured are of local days."""
    assert backtested(in_calendar(drawn, f"{{time_zone: {zone}}}")) == tested


KEYS = (
    "{time_zone: America/Los_Angeles, working_days: [mon, tue, wed, thu, fri], "
    "holidays: [US, 2026-12-24]}"
)


@pytest.fixture(scope="module")
def american(small):
    """A scenario that works in the United States, on the first workday it can."""
    path = in_calendar(small, KEYS)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("as_of: 2026-09-07", "as_of: 2026-09-08"))
    return path


@pytest.mark.slow
def test_run_folder_keeps_the_calendar(american, tmp_path):
    """It verifies, without the library, and a run of its scenario is the same."""
    run = allocate(american)
    files = run_files(run)
    write_folder(tmp_path / "run", files)
    assert b"Z" in files["inputs/leads.csv"].encode().splitlines()[1]
    assert "- 2026-09-07" in files["scenario.yaml"], "Labor Day by its date"
    assert "- US" not in files["scenario.yaml"]
    assert json.loads(files["manifest.json"])["as_of"].startswith("2026-09-09T06:59:59")
    assert not verify(tmp_path / "run").problems
    inputs = {name: run.scored.prepared.folder / f"{name}.csv" for name in ("history",)}
    again = tmp_path / "again"
    again.mkdir()
    (again / "scenario.yaml").write_text(files["scenario.yaml"])
    for name in ("leads", "reps", "accounts", "absences", *inputs):
        source = run.scored.prepared.folder / f"{name}.csv"
        (again / f"{name}.csv").write_bytes(source.read_bytes())
    pd.testing.assert_frame_equal(
        allocate(again / "scenario.yaml").assignments, run.assignments
    )


@pytest.mark.slow
def test_a_run_on_a_holiday_is_loud(american, tmp_path):
    """Nothing is assigned, every lead says why, and the next working day is named."""
    runner = CliRunner()
    out = tmp_path / "run"
    arguments = ["run", str(american), "--as-of", "2026-09-07", "--out", str(out)]
    done = runner.invoke(main, arguments)
    assert done.exit_code == 0, done.output
    assert "Monday 2026-09-07 is a holiday of the calendar" in done.stderr
    assert "the next working day is Tuesday 2026-09-08" in done.stderr
    assert "NOTHING IS ASSIGNED: Monday 2026-09-07 is a holiday" in done.stdout
    unassigned = (out / "unassigned.csv").read_text()
    assert unassigned.count("2026-09-07 is no working day") > 20
    assert not verify(out).problems


def test_check_says_the_day_once(small, american):
    """In text and as JSON; UTC is said where no calendar is given."""
    runner = CliRunner()
    printed = runner.invoke(main, ["check", str(american)]).stdout
    assert "day: Tuesday 2026-09-08 in America/Los_Angeles, a working day" in printed
    printed = runner.invoke(main, ["check", str(small)]).stdout
    assert printed.count("in UTC, as no `calendar` names a time zone") == 1
    record = json.loads(runner.invoke(main, ["check", str(american), "--json"]).stdout)
    assert record["day"] == {
        "date": "2026-09-08",
        "time_zone": "America/Los_Angeles",
        "starts": "2026-09-08T00:00:00-07:00",
        "ends": "2026-09-08T23:59:59-07:00",
        "is_working_day": True,
    }


def test_faults_of_a_calendar_have_their_line(small):
    """Zone, day, holiday and key: each with its line and what was expected."""
    keys = "{time_zone: Europe/Berln, working_days: [Mo], holidays: DE-XX, zon: 1}"
    path = in_calendar(small, keys)
    done = CliRunner().invoke(main, ["check", str(path)])
    assert done.exit_code == 3
    for said in (
        "calendar.time_zone: 'Europe/Berln': expected a time zone",
        "did you mean 'Europe/Berlin'",
        "calendar.working_days.0: 'Mo': expected one of mon",
        "calendar.holidays: 'DE-XX': no region 'XX' of DE has holidays of its own",
        "calendar.zon: '1': unknown key",
    ):
        assert said in done.stderr
    assert done.stderr.count("line 2") == 4

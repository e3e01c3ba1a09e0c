"""What is said of a machine is measured, and what is broken is found."""

import sqlite3
from importlib import metadata
from importlib.metadata import PackageNotFoundError

import pytest
from packaging.requirements import Requirement

from runs.machine import packages, places, resources, solvers
from runs.machine.machine_part import MachinePart, State, looked
from scenarios import read_scenario
from tests.small_company import write_company


def by_part(findings):
    return {finding.part: finding for finding in findings}


def test_this_machine_is_ready():
    found = by_part(
        [
            *packages.python(),
            *packages.packages(),
            *packages.shadows(),
            *resources.cores(),
            *resources.memory(),
            *resources.clock(),
            *solvers.engines(),
        ]
    )
    assert {one.state for one in found.values()} <= {State.OK, State.ABSENT}
    assert metadata.version("numpy") in found["packages"].measured
    assert found["engine flow"].measured.startswith("optimal, 1.5 of 1.5")
    assert found["engine mip"].measured.startswith("optimal, 0.9 of 0.9")
    assert "14:00" in found["time zones"].measured


def test_a_missing_extra_says_what_it_would_give(monkeypatch):
    def version(name):
        if name == "xlsxwriter":
            raise PackageNotFoundError(name)
        return "3.0"

    wanted = {"excel": [Requirement("xlsxwriter>=3.2")]}
    monkeypatch.setattr(packages, "version", version)
    monkeypatch.setattr(packages, "_requirements", lambda: ([], wanted))
    excel = by_part(packages.packages())["extra excel"]
    assert excel.state == State.ABSENT and "a run as a workbook" in excel.measured
    assert excel.advice == 'pip install "rightrep[excel]"'


def test_a_package_that_is_too_old_is_broken(monkeypatch):
    wanted = [Requirement("numpy>=99")]
    monkeypatch.setattr(packages, "_requirements", lambda: (wanted, {}))
    found = by_part(packages.packages())["packages"]
    assert found.state == State.BROKEN and "numpy>=99" in found.advice


def test_a_package_of_our_name_is_named(tmp_path, monkeypatch):
    (tmp_path / "solver.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    [found] = packages.shadows()
    assert found.state == State.ATTENTION and str(tmp_path) in found.measured


def test_little_memory_and_little_room_want_a_look(monkeypatch, tmp_path):
    monkeypatch.setattr(resources, "_free_memory", lambda: 10**8)
    [found] = resources.memory()
    assert found.state == State.ATTENTION and "0.1 GiB free" in found.measured
    monkeypatch.setattr(places, "LEAST_ROOM", 1e9)
    assert by_part(places.folder(tmp_path))["disk"].state == State.ATTENTION


def test_a_folder_that_takes_no_file_is_broken(tmp_path, monkeypatch):
    def refuse(*_arguments, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(places.tempfile, "NamedTemporaryFile", refuse)
    found = by_part(places.folder(tmp_path))["folder"]
    assert found.state == State.BROKEN and "Permission denied" in found.measured
    assert list(tmp_path.iterdir()) == []


def test_output_that_cannot_show_names_wants_a_look(monkeypatch):
    class Stream:
        encoding = "ascii"

    monkeypatch.setattr(resources.sys, "stdout", Stream())
    [found] = resources.letters()
    assert found.state == State.ATTENTION and "ascii" in found.measured


def test_an_engine_that_errs_is_broken(monkeypatch):
    monkeypatch.setattr(solvers, "OPTIMUM", 1.7)
    flow, _ = solvers.engines()
    assert flow.state == State.BROKEN and "1.5 of 1.7" in flow.measured


def test_a_look_that_fails_is_a_finding():
    def look():
        raise RuntimeError("no such thing")
        yield MachinePart("x", State.OK, "")

    assert looked("clock", look) == [
        MachinePart("clock", State.BROKEN, "RuntimeError: no such thing")
    ]


@pytest.fixture
def scenario(tmp_path):
    """Return a function: the ledger of a scenario -> its file, read."""

    def write(ledger):
        write_company(tmp_path)
        path = tmp_path / "daily.yaml"
        path.write_text(f"{path.read_text()}\nledger: {ledger}\n")
        return read_scenario(path)

    return write


def test_the_ledger_of_a_scenario_is_looked_at(scenario, tmp_path):
    file = scenario("ledger.db")
    assert by_part(places.databases(file))["ledger"].state == State.ABSENT
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        connection.execute("CREATE TABLE a (b)")
    connection.close()
    found = by_part(places.databases(file))["ledger"]
    assert found.state == State.OK and "quick check: ok" in found.measured
    (tmp_path / "ledger.db").write_bytes(b"no database" * 100)
    [broken] = looked("ledger", lambda: places.databases(file))
    assert broken.state == State.BROKEN


def test_a_database_that_does_not_answer_tells_no_secret(scenario, monkeypatch):
    url = "postgresql://ann:geheim@127.0.0.1:1/crm"
    monkeypatch.setenv("LEDGER_URL", url)
    found = by_part(places.databases(scenario("${LEDGER_URL}")))["ledger"]
    assert found.state == State.BROKEN
    assert "geheim" not in str(found) and "127.0.0.1" in str(found)

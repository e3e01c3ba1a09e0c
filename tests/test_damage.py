"""Bad input never shows a traceback, never hangs, and leaves nothing half-written."""

import csv
import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import cli
from crm import write_whole
from reporting import write_folder
from tests.damaged_scenarios import accepted_scenarios, scenario_damages
from tests.damaged_tables import (
    TABLES,
    Named,
    byte_damages,
    cell_damages,
    column_damages,
    file_damages,
    odd_files,
)
from tests.small_company import write_company

WIDTH = {"leads": 7, "reps": 9, "history": 11, "accounts": 2, "absences": 3}
RUN = ("run", "daily.yaml", "--model", "m.model", "--out", "out")


def command(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, list(arguments))


@pytest.fixture(scope="session")
def company(tmp_path_factory) -> Path:
    """A folder with a company, its model and a finished run."""
    folder = tmp_path_factory.mktemp("company")
    write_company(folder)
    scenario, model = str(folder / "daily.yaml"), str(folder / "m.model")
    assert command("train", scenario, "--model", model).exit_code == 0
    made = command("run", scenario, "--model", model, "--out", str(folder / "run"))
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture
def folder(company, tmp_path, monkeypatch) -> Path:
    """A copy of the company, as the current folder."""
    copied = tmp_path / "company"
    shutil.copytree(company, copied)
    monkeypatch.chdir(copied)
    return copied


def contents(folder: Path) -> dict[str, bytes]:
    """Return every regular file of the folder."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def held(folder: Path, arguments: tuple[str, ...] = RUN) -> Result:
    """Run the command and hold it to what is true of every input."""
    before = sorted(os.listdir(folder))
    result = command(*arguments)
    assert result.exit_code in {0, 2, 3, 4}, (result.output, result.exception)
    assert "Traceback" not in result.output
    if result.exit_code in {2, 3}:
        assert sorted(os.listdir(folder)) == before
        assert result.stderr.startswith(("error: ", "warning: "))
    if result.exit_code == 0:
        checked = command("verify", "out")
        assert checked.exit_code == 0, checked.output
        assert lead_ids("out/inputs/leads.csv") == sorted(
            lead_ids("out/assignments.csv") + lead_ids("out/unassigned.csv")
        )
    return result


def lead_ids(path: str) -> list[str]:
    """Return the sorted ids of a table's leads, read without any of our code."""
    with open(path, encoding="utf-8", newline="") as file:
        return sorted(row["lead_id"] for row in csv.DictReader(file))


def all_table_damages() -> Iterator[Named]:
    """Yield every damage of every table."""
    for table in TABLES:
        yield from byte_damages(f"{table}.csv", range(40))
        yield from file_damages(table)
        yield from column_damages(table, WIDTH[table])
        yield from cell_damages(table, WIDTH[table])


def each(damages: Iterator[Named] | list[Named]) -> pytest.MarkDecorator:
    named = list(damages)
    return pytest.mark.parametrize(
        "damage", [d for _, d in named], ids=[name for name, _ in named]
    )


FAST = chain(
    byte_damages("leads.csv", range(2)),
    file_damages("leads"),
    islice(column_damages("reps", 9), 0, None, 13),
    islice(cell_damages("leads", 7), 0, None, 43),
    islice(cell_damages("reps", 9), 5, None, 53),
)
ODD = chain.from_iterable(
    odd_files(name) for name in ("daily.yaml", "leads.csv", "m.model")
)


@each(FAST)
def test_damaged_tables(folder, damage):
    """A damaged table is read as it is meant, or refused by name."""
    damage(folder)
    result = held(folder)
    assert result.exit_code != 3 or any(name in result.stderr for name in TABLES)


@pytest.mark.slow
@each(all_table_damages())
def test_every_damage_of_tables(folder, damage):
    """The same holds for every damage there is."""
    damage(folder)
    held(folder)


@each(ODD)
def test_odd_files(folder, damage):
    """Folders, pipes, devices and links are refused at once."""
    damage(folder)
    assert held(folder).exit_code == 3


@pytest.mark.parametrize(("name", "damage", "said"), scenario_damages())
def test_damaged_scenarios(folder, name, damage, said):
    """The message says where the scenario is wrong, and what was expected."""
    damage(folder)
    result = held(folder)
    assert result.exit_code == 3
    assert said in result.stderr


@each(accepted_scenarios())
def test_odd_scenarios(folder, damage):
    """What only looks odd runs as well."""
    damage(folder)
    assert held(folder).exit_code == 0


def test_all_faults_at_once(folder):
    """Faults in several tables are all told in one go."""
    for name in ("leads.csv", "reps.csv"):
        path = folder / name
        path.write_text(f"{path.read_text()}only one cell\n")
    (folder / "accounts.csv").unlink()
    told = held(folder).stderr
    assert all(name in told for name in ("leads.csv", "reps.csv", "accounts.csv"))


@pytest.mark.parametrize("suffix", ["xlsx", "parquet"])
@pytest.mark.parametrize("seed", range(3))
def test_damaged_binary_tables(folder, suffix, seed):
    """Spreadsheets and Parquet files with flipped bits or a lost end are refused."""
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv("leads.csv", dtype=object)
    name = f"leads.{suffix}"
    if suffix == "xlsx":
        frame.to_excel(name, index=False, engine="xlsxwriter")
    else:
        frame.to_parquet(name)
    scenario = folder / "daily.yaml"
    scenario.write_text(scenario.read_text().replace("leads.csv", name))
    assert command(*RUN[:-1], "whole").exit_code == 0
    for _, damage in byte_damages(name, range(seed, seed + 1)):
        damage(folder)
        held(folder)
        shutil.rmtree("out", ignore_errors=True)


def test_a_stray_cell(folder):
    """A sheet with one cell at its far end is refused before it fills the memory."""
    writer = pytest.importorskip("xlsxwriter")
    with writer.Workbook("leads.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "lead_id")
        sheet.write_string(1_048_575, 16_383, "x")
    scenario = folder / "daily.yaml"
    scenario.write_text(scenario.read_text().replace("leads.csv", "leads.xlsx"))
    assert "cells far from the table" in held(folder).stderr


USAGE = (
    ("run",),
    ("rnu", "daily.yaml"),
    ("run", "daily.yaml"),
    ("run", "daily.yaml", "--outt", "x"),
    ("run", "daily.yaml", "--out", ""),
    ("run", "daily.yaml", "--out", "."),
    ("run", "daily.yaml", "--out", "leads.csv"),
    ("run", "daily.yaml", "--out", "leads.csv/x"),
    ("run", "daily.yaml", "--out", "run"),
    ("compare", "daily.yaml", "--policy", "best"),
    ("demo", "--seed", "abc"),
    ("demo", "--out", "leads.csv"),
    ("init", "."),
    ("score", "daily.yaml", "--out", ""),
    ("score", "daily.yaml", "--out", "run"),
    ("score", "daily.yaml", "--out", "nowhere/x.csv"),
    ("score", "daily.yaml", "--out", "leads.csv"),
    ("train", "daily.yaml", "--model", "history.csv"),
    ("train", "daily.yaml", "--model", "run"),
)
BAD_INPUT = (
    ("run", "leads.csv", "--out", "x"),
    ("run", "daily.yml", "--out", "x"),
    ("run", ".", "--out", "x"),
    ("run", "x" * 300, "--out", "x"),
    ("run", "daily.yaml", "--data", "nowhere", "--out", "x"),
    ("run", "daily.yaml", "--model", "leads.csv", "--out", "x"),
    ("run", "daily.yaml", "--model", "", "--out", "x"),
    ("verify", "leads.csv"),
    ("verify", "."),
)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [*((typed, 2) for typed in USAGE), *((typed, 3) for typed in BAD_INPUT)],
)
def test_wrong_usage(folder, arguments, code):
    """A slip at the keyboard is told in one block, and touches no file."""
    before = contents(folder)
    result = command(*arguments)
    assert (result.exit_code, "internal" in result.stderr) == (code, False)
    assert result.stderr
    assert contents(folder) == before


def test_a_folder_of_others_is_spared(folder):
    """--replace replaces results only, not a folder with a manifest of its own."""
    (folder / "theirs").mkdir()
    (folder / "theirs" / "manifest.json").write_text('{"name": "an extension"}')
    assert command(*RUN[:-1], "theirs", "--replace").exit_code == 2


@pytest.mark.parametrize(
    "arguments", [(*RUN[:-1], "run"), ("check", "nope.yaml"), ("verify", "run")]
)
def test_json_is_json(folder, arguments):
    """With --json stdout is JSON, in success and failure, in ASCII."""
    result = command(*arguments, "--json")
    assert result.stdout.isascii()
    assert json.loads(result.stdout)


def test_damaged_run_folders(folder, company):
    """Verify refuses or finds every change to a run folder, except in timings."""
    for name in sorted(contents(folder / "run")):
        for said, damage in byte_damages(name, range(1)):
            damage(folder / "run")
            result = command("verify", "run")
            assert result.exit_code in {0, 3}, (said, result.output)
            assert result.exit_code == 3 or name == "manifest.json", said
            shutil.copy(company / "run" / name, folder / "run" / name)


def try_each_write(
    write: Callable[[], None], folder: Path, error: type[BaseException]
) -> int:
    """Let each flush and rename fail in turn; return how many there are."""
    before = contents(folder)
    for attempt in range(1, 100):
        with pytest.MonkeyPatch.context() as patch:
            fail_at(patch, attempt, error)
            try:
                write()
            except error:
                assert contents(folder) == before
                assert not list(folder.rglob(".*"))
            else:
                return attempt - 1
    raise AssertionError("the writes never end")


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
@pytest.mark.parametrize("name", ["new", "new/folder", "earlier", "empty"])
def test_failing_writes_of_a_folder(tmp_path, name, error):
    """Whichever write fails or is interrupted, every file is as it was."""
    files = {"manifest.json": '{"versions": {"rightrep": "1"}}', "inputs/a.csv": "a"}
    write_folder(tmp_path / "earlier", files | {"old.csv": "old"})
    (tmp_path / "empty").mkdir()
    folder, here = tmp_path / name, sorted(os.listdir(tmp_path))
    tried = try_each_write(
        lambda: write_folder(folder, files, replace=True), tmp_path, error
    )
    assert tried >= len(files) + 1
    assert sorted(contents(folder)) == sorted(files)
    assert sorted(os.listdir(tmp_path)) == sorted({*here, name.split("/")[0]})


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_failing_writes_of_a_file(tmp_path, error):
    """A file is replaced whole, or is as it was."""
    path = tmp_path / "scores.csv"
    path.write_text("old")
    assert try_each_write(lambda: write_whole(path, "new"), tmp_path, error) == 2
    assert path.read_text() == "new"


@pytest.mark.parametrize(
    "arguments", [RUN, (*RUN[:-1], "run", "--replace"), ("init", "begun")]
)
@pytest.mark.parametrize(("error", "code"), [(OSError, 1), (KeyboardInterrupt, 130)])
def test_failing_commands(folder, monkeypatch, arguments, error, code):
    """A command whose write fails says so in one line, and every file is as it was."""
    before = contents(folder)
    with monkeypatch.context() as patch:
        fail_at(patch, 3, error)
        result = command(*arguments)
    assert (result.exit_code, result.stderr.count("\n")) == (code, 1)
    assert contents(folder) == before


def fail_at(
    patch: pytest.MonkeyPatch, attempt: int, error: type[BaseException]
) -> None:
    """Let this attempt to flush or rename fail."""
    attempts = count(1)

    def failing(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            if next(attempts) == attempt:
                raise error(errno.ENOSPC, "No space left on device")
            return real(*arguments, **options)

        return call

    for name in ("fsync", "rename", "replace"):
        patch.setattr(os, name, failing(getattr(os, name)))


PAUSED = """
import os, sys, time
def fsync(_):
    print("writing", flush=True)
    time.sleep(60)
if "paused" in sys.argv:
    sys.argv.remove("paused")
    os.fsync = fsync
import cli
cli.main()
"""


def started(folder: Path, *arguments: str, **options: Any) -> subprocess.Popen[str]:
    """Start the command in a process of its own; "paused" stops at the first flush."""
    path = os.pathsep.join([str(Path(cli.__file__).parent), *sys.path])
    return subprocess.Popen(
        [sys.executable, "-c", PAUSED, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_signals(folder, sent):
    """Ctrl-C and a polite kill in the middle of writing leave nothing behind."""
    before = contents(folder)
    process = started(folder, *RUN, "paused")
    assert process.stdout
    assert process.stdout.readline() == "writing\n"
    process.send_signal(sent)
    _, told = process.communicate(timeout=20)
    assert (process.returncode, contents(folder)) == (130, before)
    assert told == "interrupted; nothing is half-written\n"


def test_a_full_disk(folder):
    """A file that can no longer grow ends the run with 1 and one line."""
    resource = pytest.importorskip("resource")
    before = contents(folder)
    limit = (20_000, 20_000)
    process = started(
        folder,
        *RUN,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )
    _, told = process.communicate(timeout=20)
    assert process.returncode == 1
    assert told.startswith("error: ") and told.count("\n") == 1
    assert contents(folder) == before

"""Bad input never shows a traceback, never hangs, and leaves nothing behind."""

import json
import shutil
from collections.abc import Iterator
from itertools import chain, islice
from zlib import crc32

import pytest

from tests.damage.commands import RUN, command, contents, held
from tests.damage.scenarios import accepted_scenarios, scenario_damages
from tests.damage.tables import (
    TABLES,
    Named,
    byte_damages,
    cell_damages,
    column_damages,
    file_damages,
    odd_files,
)
from tests.damage.together import (
    Cell,
    accepted,
    cell_groups,
    damaged,
    run_together,
    table_groups,
)
from tests.few import few


def each(
    damages: Iterator[Named] | list[Named], most: int | None = None
) -> pytest.MarkDecorator:
    """Take each damage in turn, so many of them by default."""
    cases = [pytest.param(damage, id=name) for name, damage in damages]
    return pytest.mark.parametrize("damage", few(cases, most or len(cases)))


def places_of(cells: tuple[Cell, ...]) -> str:
    first = f"{cells[0].table}, {cells[0].column} holds {cells[0].text[:20]!r}"
    return f"{first} and {len(cells) - 1} more" if len(cells) > 1 else first


def names_of(damages: tuple[Named, ...]) -> str:
    return f"{damages[0][0]} and {len(damages) - 1} more"


FAST = chain(
    byte_damages("leads.csv", range(2)),
    islice(file_damages("leads"), 0, None, 2),
    islice(column_damages("reps", 9), 0, None, 59),
    islice(cell_damages("leads", 7), 0, None, 179),
    islice(cell_damages("reps", 9), 5, None, 211),
)
ODD = chain.from_iterable(
    odd_files(name) for name in ("daily.yaml", "leads.csv", "daily.model")
)


@each(FAST, 12)
def test_damaged_tables(folder, damage):
    """A damaged table is read as it is meant, or refused by name."""
    damage(folder)
    result = held(folder)
    assert result.exit_code != 3 or any(name in result.stderr for name in TABLES)


@pytest.mark.slow
@pytest.mark.parametrize("cells", [*cell_groups()], ids=places_of)
def test_every_odd_cell(folder, small, cells, request):
    """The same holds for every odd text in every column; one group in three runs.

    What `check` refuses, `run` would refuse in the same way.
    """
    for together in accepted(folder, small, cells):
        if is_one_in_three(request):
            run_together(folder, small, [cell.named for cell in together])


@pytest.mark.slow
@pytest.mark.parametrize("damages", [*table_groups()], ids=names_of)
def test_every_damage_of_tables(folder, small, damages, request):
    """The same holds for each damage there is; of those that pass, one in three run."""
    passed = [
        named for named in damages if damaged(folder, small, [named]).exit_code == 0
    ]
    if passed and is_one_in_three(request):
        run_together(folder, small, passed)


def is_one_in_three(request: pytest.FixtureRequest) -> bool:
    return crc32(request.node.name.encode()) % 3 == 0


@each(ODD)
def test_odd_files(folder, damage):
    """Folders, pipes, devices and links are refused at once."""
    damage(folder)
    assert held(folder).exit_code == 3


@pytest.mark.parametrize(
    ("name", "damage", "said"), few((pytest.param(*d) for d in scenario_damages()), 16)
)
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
@pytest.mark.parametrize("seed", few(range(3), 1))
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


@pytest.mark.slow
def test_damaged_run_folders(folder, small):
    """Verify refuses or finds every change to a run folder, except in timings."""
    for name in sorted(contents(folder / "run")):
        for said, damage in byte_damages(name, range(1)):
            damage(folder / "run")
            result = command("verify", "run")
            assert result.exit_code in {0, 3}, (said, result.output)
            assert result.exit_code == 3 or name == "manifest.json", said
            shutil.copy(small / "run" / name, folder / "run" / name)

"""A folder of results is there whole or not at all, whoever else writes it."""

import json
import subprocess
import sys

import pytest

from reporting import FolderInUseError, new_folder, write_folder

RESULT = {
    "a.csv": "a\n",
    "manifest.json": json.dumps(
        {"versions": {"rightrep": "0"}, "files": {"a.csv": ""}}
    ),
}


def test_of_two_starts_one_wins(tmp_path):
    """The later one finds the folder taken, and takes nothing away."""
    out = tmp_path / "out"
    with (
        pytest.raises(FolderInUseError, match="came meanwhile"),
        new_folder(out, RESULT),
    ):
        write_folder(out, {**RESULT, "a.csv": "first\n"})
    assert (out / "a.csv").read_text() == "first\n"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_block_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError), new_folder(tmp_path / "out", RESULT):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_files_that_are_no_part_of_a_result_are_not_replaced(tmp_path):
    out = tmp_path / "out"
    write_folder(out, RESULT)
    (out / "notes.txt").write_text("mine")
    with pytest.raises(FolderInUseError, match=r"notes\.txt; move"):
        write_folder(out, RESULT, replace=True)
    (out / "notes.txt").unlink()
    write_folder(out, {**RESULT, "a.csv": "second\n"}, replace=True)
    assert (out / "a.csv").read_text() == "second\n"


@pytest.mark.skipif(sys.platform == "win32", reason="processes are told otherwise")
def test_what_dead_processes_left_is_removed_and_what_they_moved_put_back(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"],
        capture_output=True,
        text=True,
    )
    dead = ended.stdout.strip()
    out = tmp_path / "out"
    write_folder(out, RESULT)
    out.rename(tmp_path / f".out.{dead}.ab.earlier")
    (tmp_path / f".out.{dead}.ab.partial").mkdir()
    alive = tmp_path / ".out.1.cd.partial"
    alive.mkdir()
    with pytest.raises(FolderInUseError, match="earlier result"):
        write_folder(out, RESULT)
    assert sorted(path.name for path in tmp_path.iterdir()) == [alive.name, "out"]

"""gap.py solves published instances in their sense, and says what is none."""

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

GAP = Path(__file__).parents[2] / "benchmarks" / "gap.py"
# Two agents, three jobs: costs, efforts, capacities.
TINY = "2 3\n1 5 4\n3 2 9\n2 2 2\n2 2 2\n4 2\n"


@pytest.fixture(scope="module")
def gap():
    """Return a function: arguments -> the script's command done in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(GAP.parent)
        main = runpy.run_path(str(GAP))["main"]
    return lambda *arguments: CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "tiny").write_text(TINY)
    return tmp_path


@pytest.mark.slow
def test_by_hand(folder):
    """Jobs 1 and 3 to the first agent, 2 to the second: 1 + 4 + 2."""
    call = [sys.executable, str(GAP), str(folder), "--json"]
    done = subprocess.run(call, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout)["results"]
    assert (row["instance"], row["sense"], row["status"]) == ("tiny", "min", "optimal")
    assert row["objective"] == pytest.approx(7)
    assert row["bound"] == pytest.approx(7)


def test_bounds_csv_says_the_sense(gap, folder):
    """The largest sum is 5 + 4 + 3 or 1 + 5 + 9: the latter."""
    (folder / "bounds.csv").write_text(
        "instance,sense,best_known_lower,best_known_upper\ntiny,max,15,15\n"
    )
    done = gap(folder, "--json")
    assert done.exit_code == 0, done.stderr
    (row,) = json.loads(done.stdout)["results"]
    assert row["sense"] == "max"
    assert row["objective"] == pytest.approx(15)


@pytest.mark.parametrize(
    "text", ["", "2", "2 3\n1 2 3", "two three", "0 3", TINY + " 1"]
)
def test_what_is_no_instance_is_named(gap, folder, text):
    """The file, and what was expected."""
    (folder / "wrong").write_text(text)
    done = gap(folder, "--instance", "wrong")
    assert done.exit_code == 1
    assert "wrong" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_instance_is_named(gap, folder):
    """Misspelt on the command line."""
    done = gap(folder, "--instance", "gone")
    assert "no instance gone" in done.stderr


@pytest.mark.parametrize(
    "row", ["tiny,least,15,15", "tiny,max,,", "tiny,max,much,15", "tiny,max"]
)
def test_a_wrong_table_of_bounds_is_named(gap, folder, row):
    """The file, and the columns that it should have."""
    (folder / "bounds.csv").write_text(
        f"instance,sense,best_known_lower,best_known_upper\n{row}\n"
    )
    done = gap(folder)
    assert done.exit_code == 1
    assert "bounds.csv: expected the columns" in done.stderr
    assert "Traceback" not in done.stderr

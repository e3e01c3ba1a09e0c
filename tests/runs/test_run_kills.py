"""A run killed before or after any write: the same command finishes it, once."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from ledger import Ledger
from tests.runs.morning.test_morning import MONDAY, TUESDAY, Company

ROOT = Path(__file__).parents[2]
KILLED = """
import os, signal, sys
from pathlib import Path

from cli import main
from ledger import Ledger
from reporting import folder

left = 0
SOME = "assignments.csv", "manifest.json"

def count(is_alike):
    global left
    if is_alike:
        return
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1

def counted(module, name):
    real = getattr(module, name)

    def called(target, *arguments, **options):
        is_alike = name == "write_new" and target.name not in SOME
        count(is_alike)
        result = real(target, *arguments, **options)
        count(is_alike)
        return result

    setattr(module, name, called)

for module, name in (folder, "write_new"), (Path, "rename"), (Ledger, "record"):
    counted(module, name)
for left, place in enumerate(sys.argv[1:]):
    if not os.fork():
        sys.stdout = sys.stderr = open(os.devnull, "w")
        days = str(Path(place) / "days.yaml")
        main(["run", days, "--model", f"{place}/m.model", "--out", f"{place}/out"])
    if os.wait()[1] == 0:
        print(left)
        break
"""
MOST = 20

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL"),
]


@pytest.fixture
def places(tmp_path):
    """Copies of a company whose Monday is over, and whose Tuesday begins."""
    first = tmp_path / "first"
    first.mkdir()
    company = Company(first)
    company.day(MONDAY, "L1 North", "L2 South")
    company.write(TUESDAY, "L1 North", "L3 North", "L4 South")
    train = ["train", str(first / "days.yaml"), "--model", str(first / "m.model")]
    assert CliRunner().invoke(main, train).exit_code == 0
    return [shutil.copytree(first, tmp_path / str(number)) for number in range(MOST)]


def test_a_kill_at_any_write_is_finished_by_the_same_command(places):
    """No lead has two owners, no folder is without its record, and nothing litters."""
    command = [sys.executable, "-c", KILLED, *map(str, places)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    n_killed = int(ended.stdout)
    assert n_killed >= 8
    whole = _state(places[n_killed])
    for place in places[:n_killed]:
        if (place / "out").exists():
            assert _state(place) == whole
        days, model = place / "days.yaml", place / "m.model"
        again = ["run", str(days), "--model", str(model), "--out", str(place / "out")]
        assert CliRunner().invoke(main, again).exit_code == 0
        assert _state(place) == whole
        assert not list(place.glob(".*"))


def _state(place: Path) -> tuple[str, ...]:
    """Return what the ledger and the folder say of who owns what."""
    with Ledger(place / "ledger.db") as ledger:
        frames = ledger.runs(), ledger.decisions(), ledger.assignments()
    tables = [frame.to_csv() for frame in frames]
    return (*tables, (place / "out" / "assignments.csv").read_text())

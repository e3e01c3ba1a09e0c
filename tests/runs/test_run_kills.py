"""A run killed before or after any write: the same command finishes it, once."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from ledger import Ledger
from tests.killing import copies
from tests.runs.morning.test_morning import MONDAY, TUESDAY, Company

COMMAND = ["run", "days.yaml", "--model", "m.model", "--out", "out"]
KILLED = """
import sys
from pathlib import Path

from ledger import Ledger
from reporting import folder
from tests.killing import copying, given

SOME = "assignments.csv", "manifest.json"

def counted(module, name, copy):
    real = getattr(module, name)

    def called(target, *arguments, **options):
        is_alike = name == "write_new" and target.name not in SOME
        is_alike or copy()
        result = real(target, *arguments, **options)
        is_alike or copy()
        return result

    setattr(module, name, called)

home, command = sys.argv[1:]
with copying(home) as copy:
    for module, name in (folder, "write_new"), (Path, "rename"), (Ledger, "record"):
        counted(module, name, copy)
    given(command)
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL"),
]


@pytest.fixture
def home(tmp_path):
    """A company whose Monday is over, and whose Tuesday begins."""
    first = tmp_path / "first"
    first.mkdir()
    company = Company(first)
    company.day(MONDAY, "L1 North", "L2 South")
    company.write(TUESDAY, "L1 North", "L3 North", "L4 South")
    train = ["train", str(first / "days.yaml"), "--model", str(first / "m.model")]
    assert CliRunner().invoke(main, train).exit_code == 0
    return first


@pytest.mark.usefixtures("nothing_twice")
def test_a_kill_at_any_write_is_finished_by_the_same_command(home, monkeypatch):
    """No lead has two owners, no folder is without its record, and nothing litters."""
    places = copies(home, KILLED, json.dumps(COMMAND))
    assert len(places) >= 8
    whole = _state(Path(f"{home}-whole"))
    for place in places:
        if (place / "out").exists():
            assert _state(place) == whole
        monkeypatch.chdir(place)
        assert CliRunner().invoke(main, COMMAND).exit_code == 0
        assert _state(place) == whole
        assert not list(place.glob(".*"))


def _state(place: Path) -> tuple[str, ...]:
    """Return what the ledger and the folder say of who owns what."""
    with Ledger(place / "ledger.db") as ledger:
        frames = ledger.runs(), ledger.decisions(), ledger.assignments()
    tables = [frame.to_csv() for frame in frames]
    return (*tables, (place / "out" / "assignments.csv").read_text())

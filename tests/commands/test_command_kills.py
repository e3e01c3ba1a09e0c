"""A command killed around any statement has done all or nothing, and can be repeated.

A command that changes the ledger belongs here as one more line.
"""

import os
import sys

import pytest
from click.testing import CliRunner

from cli import main
from tests.killing import killed_at, killed_everywhere, state
from tests.ledger.lives import fill
from tests.runs.morning.test_morning import MONDAY, Company

AT = "--at 2026-09-09T09:00:00Z --by ann"
COMMANDS = [
    f"override L1 R1 --reason asked {AT}",
    f"credit L5 --reason junk {AT}",
    f"same L3 L5 {AT}",
    f"rep off R1 {AT}",
    f"ledger erase L1 L4 --reason asked {AT}",
]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL"),
]


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    company = Company(folder)
    company.write(MONDAY, "L1 North")
    with company.ledger as ledger:
        fill(ledger)
    return folder


@pytest.mark.parametrize("line", COMMANDS, ids=lambda line: " ".join(line.split()[:2]))
def test_a_killed_command_has_done_all_or_nothing(home, line, monkeypatch):
    before = state(home / "ledger.db")
    places = killed_everywhere(home, line.split())
    assert len(places) >= 5
    states = [state(place / "ledger.db") for place in places]
    assert all(each == before for each in states)
    done = []
    for place in (places[0], places[len(places) // 2], places[-1]):
        monkeypatch.chdir(place)
        result = CliRunner().invoke(main, line.split())
        assert result.exit_code == 0, result.output
        done.append(state(place / "ledger.db"))
    assert done[0] != before and all(each == done[0] for each in done)


def test_a_kill_leaves_what_was_copied_at_its_moment(home):
    """In the middle and before the last commit, the files of a process that died."""
    line = f"rep off R1 {AT}".split()
    places = killed_everywhere(home, line)
    names = [sorted(os.listdir(place)) for place in places]
    in_transaction = [n for n in names if "ledger.db-journal" in n]
    assert in_transaction and len(in_transaction) < len(names)
    number = names.index(in_transaction[-1], len(names) // 2)
    killed = killed_at(home, line, number)
    assert sorted(os.listdir(killed)) == names[number]
    assert state(killed / "ledger.db") == state(places[number] / "ledger.db")


def test_a_command_given_twice_changes_nothing_more(home, monkeypatch):
    monkeypatch.chdir(home)
    for line in COMMANDS:
        assert CliRunner().invoke(main, line.split()).exit_code == 0
        once = state(home / "ledger.db")
        CliRunner().invoke(main, line.split())
        assert state(home / "ledger.db") == once

"""A command killed at any statement: all is done or nothing, and again is harmless."""

import sys

import pytest

from tests.killing import killed_everywhere
from tests.runs.book.conftest import Office

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL"),
]


def test_a_kill_at_any_statement_leaves_all_or_nothing(office):
    path = office.folder / "edited.csv"
    path.write_text("lead_id,rep_id\nA1,R2\nA2,R2\n")
    before = office.owner
    said = "override --from edited.csv --reason moved --by Ann --scenario days.yaml"
    command = [*said.split(), "--at", "2026-09-07T12:00:00Z"]
    places = killed_everywhere(office.folder, command)
    assert len(places) >= 20
    done = office.do("override", "--from", path, "--reason", "moved")
    assert done.exit_code == 0
    whole = office.owner
    assert whole == before | {"A1": "R2", "A2": "R2"}
    for place in places:
        killed = Office(place)
        n_events = len(killed.events("overridden"))
        assert (killed.owner, n_events) in [(before, 0), (whole, 2)]
    for place in (places[0], places[len(places) // 2], places[-1]):
        killed = Office(place)
        again = killed.do("override", "--from", place / "edited.csv", "--reason", "x")
        assert again.exit_code == 0
        assert killed.owner == whole and len(killed.events("overridden")) == 2

"""Personal data go, and what was decided stays."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from ledger import Ledger
from ledger.care.erasing import erase, idle_since, unknown_leads
from ledger.events import Event
from ledger.integrity import faults
from ledger.schema import lead_keys, leads
from tests.ledger.lives import fill

LATER = datetime(2026, 9, 9, 9, tzinfo=UTC)
REQUEST = Event("erased", LATER, "ann", reason="asked by mail")


@pytest.fixture
def ledger(place):
    with Ledger(place) as own:
        fill(own)
        yield own


def test_a_person_is_blanked_and_the_chain_stays(ledger):
    before = ledger.decisions(), ledger.assignments()
    with ledger.writing() as connection:
        done = erase(connection, ["L1", "L1"], REQUEST)
    with ledger.reading() as connection:
        row = connection.execute(select(leads).where(leads.c.lead_id == "L1")).one()
        assert connection.execute(select(lead_keys)).all() == []
        assert faults(connection) == []
    assert (row.company, row.email, row.phone) == ("", "", "")
    assert row.columns == {"territory": "North"} and row.erased_at == LATER
    assert done.lead_ids == ["L1"] and done.n_keys == 2
    assert set(done.blanked) == {"company", "email", "phone", "first_name", "size"}
    assert done.runs == [("2026-09-07", "mon")] and done.n_reasons == 1
    for was, now in zip(
        before, (ledger.decisions(), ledger.assignments()), strict=True
    ):
        assert was.equals(now)


def test_columns_that_are_named_stay_and_a_second_time_changes_nothing(ledger):
    with ledger.writing() as connection:
        first = erase(connection, ["L1", "L4"], REQUEST, keep=["size"])
        again = erase(connection, ["L1", "L4"], REQUEST, keep=["size"])
    assert first.stays == {"territory": 1, "size": 2}
    assert again.lead_ids == [] and again.before == ["L1", "L4"]


def test_idle_leads_are_those_to_which_nothing_has_happened(ledger):
    with ledger.writing() as connection:
        noon = datetime(2026, 9, 7, 11, tzinfo=UTC)
        assert connection.scalars(idle_since(noon)).all() == []
        assert connection.scalars(idle_since(LATER)).all() == [
            *("L1", "L2", "L3", "L4", "L5")
        ]
        evening = datetime(2026, 9, 7, 20, tzinfo=UTC)
        assert connection.scalars(idle_since(evening)).all() == ["L1", "L4"]
        erase(connection, ["L1"], REQUEST)
        assert connection.scalars(idle_since(evening)).all() == ["L4"]
        assert unknown_leads(connection, ["L1", "L9", "L9"]) == ["L9"]


def test_nothing_of_a_person_is_in_the_file_any_more(path):
    """SQLite would leave it in pages that are free."""
    with Ledger(path) as own:
        fill(own)
        assert b"erika@muster" in path.read_bytes()
        with own.writing() as connection:
            erase(connection, ["L1"], REQUEST)
    assert not any(
        word in path.read_bytes() for word in (b"erika", b"Erika", b"Muster")
    )

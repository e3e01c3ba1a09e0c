"""What people and clocks do meets what runs do, on the same leads."""

from datetime import UTC, datetime

import pytest

from ledger import LedgerError
from ledger.duplicates.same_leads import merge
from ledger.events import Event, add_events
from ledger.ownership import give, take
from runs import allocate, notes, record
from tests.runs.morning.test_morning import MONDAY, TUESDAY, Company

NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)
LATER = "2026-09-07T14:00:00Z"


@pytest.fixture
def company(tmp_path):
    return Company(tmp_path)


def _redone(company, moment, *leads):
    company.write(moment, *leads)
    run = allocate(company.folder / "days.yaml", redo=True)
    record(run)
    return run


def _owner(company):
    with company.ledger as ledger:
        return dict(
            zip(*(ledger.owners()[c] for c in ("lead_id", "rep_id")), strict=True)
        )


def test_won_and_lost_leads_are_not_distributed_whoever_had_them(company):
    company.day(MONDAY, *(f"L{i} North" for i in range(4)), "S South")
    with company.ledger as ledger:
        [waits] = ledger.waiting()["lead_id"]
        with ledger.writing() as connection:
            lost = Event("lost", NOON, "crm", waits)
            add_events(connection, [lost, Event("won", NOON, "crm", "S", "R2")])
    tuesday = company.day(TUESDAY, f"{waits} North", "S South", "N North", active=False)
    assert tuesday.owner == {"N": "R1"}
    assert _owner(company)["S"] == "R2"
    kept = tuesday.kept.set_index("lead_id")
    assert kept.loc[waits, ["rep_id", "reason"]].tolist() == ["", "closed"]
    assert any("Won or lost already" in note for note in notes(tuesday))
    with company.ledger as ledger, ledger.writing() as connection:
        add_events(connection, [Event("reopened", NOON, "crm", waits)])
    later = company.day("2026-09-09T08:00:00Z", f"{waits} North")
    assert later.owner == {waits: "R1"}


@pytest.mark.slow
def test_a_day_redone_knows_what_people_did_since_the_void_run(company):
    company.day(MONDAY, "L1 North", "L2 North", "S South")
    with company.ledger as ledger, ledger.writing() as connection:
        off = Event("rep_off", NOON, "ann", rep_id="R2", reason="ill")
        add_events(connection, [off, Event("won", NOON, "crm", "L1", "R1", value=9.0)])
        give(connection, Event("overridden", NOON, "ann", "L2", "R2", "R1"))
    redone = _redone(company, LATER, "L1 North", "L2 North", "S South")
    assert redone.owner == {}
    assert _owner(company) == {"L1": "R1", "L2": "R2"}
    told = " ".join(notes(redone))
    assert "R2 (off until switched on: ill)" in told and "Overridden since" in told
    again = allocate(company.folder / "days.yaml")
    assert notes(again) == notes(redone) and again.kept.equals(redone.kept)


@pytest.mark.slow
def test_a_day_redone_twice_has_nothing_of_the_first_run(company):
    company.day(MONDAY, "L1 North", "L2 North")
    _redone(company, MONDAY, "L1 North", "L2 North", "L3 North")
    third = _redone(company, MONDAY, "L1 North", "L2 North", "L4 North")
    assert third.kept.empty and set(third.owner) == {"L1", "L2", "L4"}
    assert _owner(company) == third.owner


def test_a_redo_without_anything_new_is_refused_not_ignored(company):
    company.day(MONDAY, "L1 North")
    with pytest.raises(ValueError, match="give a later moment by --as-of"):
        allocate(company.folder / "days.yaml", redo=True)


@pytest.mark.slow
def test_a_run_does_not_go_over_an_override_that_was_made_while_it_solved(company):
    company.day(MONDAY, *(f"L{i} North" for i in range(4)))
    company.write(TUESDAY, "N North")
    days = company.folder / "days.yaml"
    solving = allocate(days)
    [waits] = set(solving.owner) - {"N"}
    with company.ledger as ledger, ledger.writing() as connection:
        give(connection, Event("overridden", NOON, "ann", waits, "R2"))
    with pytest.raises(LedgerError, match=f"{waits} was overridden to R2"):
        record(solving)
    again = allocate(days)
    record(again)
    assert again.owner == {"N": "R1"} and _owner(company)[waits] == "R2"


@pytest.mark.slow
def test_peoples_word_joins_leads_without_a_section_of_duplicates(company):
    company.day(MONDAY, "L1 North", "L2 North")
    with company.ledger as ledger, ledger.writing() as connection:
        merge(connection, ("L1", "L2"), NOON, "ann")
    tuesday = company.day(TUESDAY, "L2 North", "N North")
    assert tuesday.owner == {"N": "R1"}
    assert tuesday.kept[["lead_id", "duplicate_of"]].values.tolist() == [["L2", "L1"]]


@pytest.mark.slow
def test_a_recalled_lead_does_not_go_back_by_way_of_its_duplicate(company):
    company.day(MONDAY, "L1 North", "L2 North")
    with company.ledger as ledger, ledger.writing() as connection:
        same = Event("merged", NOON, "ann", "L2", "R1", "L1")
        add_events(connection, [same, Event("reopened", NOON, "ann", "L2")])
        take(connection, Event("recalled", NOON, "clock", "L1", "R1", reason="first"))
    tuesday = company.day(TUESDAY, "L1 North")
    assert _owner(company) == {"L2": "R1"} and tuesday.kept.empty
    assert tuesday.unassigned["lead_id"].tolist() == ["L1"]

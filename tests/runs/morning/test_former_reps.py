"""The same person or company returns to the same rep, where that can be."""

from datetime import UTC, datetime

import pytest

from ledger.events import Event, add_events
from ledger.ownership import give, take
from runs import notes
from tests.runs.morning.test_morning import MONDAY, TUESDAY, Company

REPS = """\
rep_id,daily_capacity,territories,active
R1,3,North|South,true
R2,3,North|South,true
R3,3,South,true
"""
NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)


class Sticky(Company):
    """A company whose leads name persons: ``L1 North mara@acme.com``."""

    more = "sticky: {by: [email, company], days: 30}\n"

    def write(self, moment, *leads, active=True):
        super().write(moment, *leads, active=active)
        rows = [f"{lead.replace(' ', ',')},2026-09-06,3" for lead in leads]
        head = "lead_id,territory,email,company,created_at,size"
        (self.folder / "leads.csv").write_text("\n".join([head, *rows, ""]))
        reps = REPS if active else REPS.replace("R1,3,North|South,true\n", "")
        (self.folder / "reps.csv").write_text(reps)
        days = self.folder / "days.yaml"
        days.write_text(days.read_text() + self.more)

    def has(self, event):
        with self.ledger as ledger, ledger.writing() as connection:
            if event.kind in ("recalled", "reassigned"):
                take(connection, event)
            else:
                add_events(connection, [event])


@pytest.fixture
def company(tmp_path):
    return Sticky(tmp_path)


def owned(company, lead):
    with company.ledger as ledger:
        return ledger.owner_of(lead)


def said(run):
    return " ".join(notes(run))


def at(run, hours=1):
    return (run.crm.as_of.tz_convert("UTC")).to_pydatetime()


@pytest.mark.slow
def test_a_person_returns_to_the_rep_who_had_them(company):
    company.day(MONDAY, "L1 North mara@acme.com ")
    first = owned(company, "L1")
    others = [f"N{i} North x{i}@x.com " for i in range(4)]
    tuesday = company.day(TUESDAY, "L2 South MARA@acme.com ", *others)
    assert tuesday.owner["L2"] == first
    assert f"L2 to {first} (email)" in said(tuesday)


@pytest.mark.slow
def test_a_company_returns_after_its_lead_was_closed(company):
    monday = company.day(MONDAY, "L1 North mara@acme.com Äcme")
    first = owned(company, "L1")
    company.has(Event("lost", at(monday), "crm", "L1", first))
    tuesday = company.day(TUESDAY, "L2 South ole@acme.com Äcme")
    assert tuesday.owner["L2"] == first and "(company)" in said(tuesday)
    company.has(Event("lost", at(tuesday), "crm", "L2", first))
    company.more = company.more.replace("30", "1")
    late = company.day("2026-09-21T08:00:00Z", "L3 South ann@acme.com Acme")
    assert "the same person or company" not in said(late)


@pytest.mark.slow
def test_a_full_rep_is_waited_for_and_the_day_is_no_failure(company):
    company.day(MONDAY, "L1 North mara@acme.com Acme")
    leads = [f"N{i} North m{i}@acme.com Acme" for i in range(5)]
    tuesday = company.day(TUESDAY, *leads)
    assert set(tuesday.owner.values()) == {owned(company, "L1")}
    assert len(tuesday.owner) == 3


@pytest.mark.slow
def test_a_price_lets_them_go_to_others(company):
    company.more = "sticky: {by: [company], penalty: 0.001}\n"
    company.day(MONDAY, "L1 North mara@acme.com Acme")
    leads = [f"N{i} North m{i}@acme.com Acme" for i in range(5)]
    tuesday = company.day(TUESDAY, *leads)
    assert len(tuesday.owner) == 5 and "at a price of 0.001" in said(tuesday)


@pytest.mark.slow
def test_who_is_gone_or_not_eligible_is_said(company):
    company.day(MONDAY, "L1 North mara@acme.com ", "L2 South ole@acme.com ")
    with company.ledger as ledger, ledger.writing() as connection:
        give(connection, Event("overridden", NOON, "Ann", "L1", "R9"))
        give(connection, Event("overridden", NOON, "Ann", "L2", "R3"))
    run = company.day(TUESDAY, "L3 North mara@acme.com ", "L4 North ole@acme.com ")
    assert set(run.owner) == {"L3", "L4"}
    assert "L3: R9 is no active rep" in said(run)
    assert "L4: R3 is not eligible" in said(run)


@pytest.mark.slow
def test_who_lost_the_lead_to_the_clock_does_not_get_it_back(company):
    company.day(MONDAY, "L1 North mara@acme.com ", "L2 North mara@acme.com ")
    first = owned(company, "L1")
    company.has(Event("recalled", NOON, "cron", "L1", first))
    run = company.day(TUESDAY, "L1 North mara@acme.com ")
    assert run.owner["L1"] != first


@pytest.mark.slow
def test_a_cell_that_strangers_share_tells_nothing(company, monkeypatch):
    monkeypatch.setattr("runs.morning.former_reps.MANY", 3)
    company.day(MONDAY, *(f"L{i} North x{i}@x{i}.com Acme" for i in range(5)))
    run = company.day(TUESDAY, "L9 North z@z.com Acme")
    assert "so they tell no person or company: acme" in said(run)


@pytest.mark.slow
def test_a_run_made_again_is_told_what_it_was_told(company):
    company.day(MONDAY, "L1 North mara@acme.com ")
    first = owned(company, "L1")
    tuesday = company.day(TUESDAY, "L2 North mara@acme.com ")
    company.has(Event("recalled", NOON, "cron", "L1", first))
    again = company.day(TUESDAY, "L2 North mara@acme.com ")
    assert again.run_id == tuesday.run_id and again.owner == tuesday.owner
    assert said(again) == said(tuesday)


def test_the_oldest_lead_is_named(company):
    company.day(MONDAY, "L0 North ole@acme.com ")
    run = company.day("2026-09-12T08:00:00Z", "L1 North mara@acme.com ")
    assert "L1 has waited longest, since 06 September 2026 (6 days)" in said(run)
    assert "1 more than 3d" in said(run)

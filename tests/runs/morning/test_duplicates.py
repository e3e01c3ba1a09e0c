"""One person or company, in several leads: one owner, one slot."""

import json

import pytest
from click.testing import CliRunner

from cli import main
from runs import allocate, notes, record
from tests.runs.morning.test_morning import MONDAY, TUESDAY, Company

WEDNESDAY = "2026-09-09T08:00:00Z"


class Contacts(Company):
    """A company whose leads have contacts: ``L1 North a@x.com +49301`` and so on."""

    section = "duplicates: {}\n"

    def write(self, moment: str, *leads: str, active: bool = True) -> None:
        super().write(moment, "L0 North", active=active)
        rows = [self.row(lead) for lead in leads]
        header = "lead_id,territory,email,phone,created_at,size"
        (self.folder / "leads.csv").write_text("\n".join([header, *rows, ""]))
        days = self.folder / "days.yaml"
        days.write_text(days.read_text() + self.section)

    @staticmethod
    def row(lead: str) -> str:
        lead_id, territory, email, *phone = lead.split(" ")
        number = phone[0] if phone else ""
        return f"{lead_id},{territory},{email},{number},2026-09-06,3"


@pytest.fixture
def contacts(tmp_path):
    return Contacts(tmp_path)


def said(run) -> str:
    return " ".join(notes(run))


@pytest.mark.slow
def test_a_lead_goes_to_the_owner_of_its_duplicate_and_takes_no_slot(contacts):
    contacts.day(MONDAY, "L1 North mara@acme.com", "L2 South tim@beta.org")
    leads = ["L3 South Mara@ACME.com", *(f"L{i} North p{i}@x.com" for i in (4, 5, 6))]
    tuesday = contacts.day(TUESDAY, *leads)
    kept = tuesday.kept.set_index("lead_id").loc["L3"]
    assert kept["rep_id"] == "R1" and kept["reason"] == "duplicate_of"
    assert (kept["duplicate_of"], kept["same"], kept["score"]) == ("L1", "email", 1)
    assert set(tuesday.owner) == {"L4", "L5", "L6"}
    assert "To R1, who has their duplicate, without a slot: 1 lead, L3 as L1" in said(
        tuesday
    )
    with contacts.ledger as ledger:
        assert ledger.owner_of("L3") == "R1"
        assert (
            ledger.decisions(tuesday.run_id).set_index("lead_id")["kind"]["L3"]
            == "kept"
        )
        assert ledger.assigned_on(tuesday.crm.today) == {"R1": 3}
    assert not contacts.day(
        WEDNESDAY, "L3 South mara@acme.com", "L7 North q@x.com"
    ).kept.empty


def test_leads_of_one_group_today_take_one_slot_and_have_one_owner(contacts):
    run = contacts.day(
        MONDAY,
        "L1 North mara@acme.com",
        "L2 North mara@acme.com +493012345678",
        "L3 North other@acme.com +493012345678",
        "L4 North x4@x.com",
        "L5 North x5@x.com",
    )
    assert set(run.owner) == {"L1", "L4", "L5"}
    kept = run.kept.set_index("lead_id")
    assert kept["rep_id"].to_dict() == {"L2": "R1", "L3": "R1"}
    assert kept["same"].to_dict() == {"L2": "email", "L3": "group"}
    assert "for one slot: 2 leads" in said(run)
    with contacts.ledger as ledger:
        assert set(ledger.owners()["lead_id"]) == {"L1", "L2", "L3", "L4", "L5"}


@pytest.mark.slow
def test_a_group_that_nobody_gets_waits_together(contacts):
    many = [f"L{i} North x{i}@x.com" for i in range(3)]
    run = contacts.day(MONDAY, *many, "M1 West m@x.com", "M2 West m@x.com")
    assert run.kept.set_index("lead_id")["rep_id"]["M2"] == ""
    with contacts.ledger as ledger:
        assert set(ledger.waiting()["lead_id"]) == {"M1", "M2"}
    again = contacts.day(TUESDAY, "L9 North y@x.com")
    assert again.kept["lead_id"].tolist() == ["M2"]


@pytest.mark.slow
def test_a_run_that_is_made_again_is_told_what_it_was_told(contacts):
    contacts.day(MONDAY, "L1 North mara@acme.com", "L2 South tim@beta.org")
    second = contacts.day(TUESDAY, "L3 South tim@beta.org", "L4 North kim@beta.org")
    contacts.day(WEDNESDAY, "L5 North kim@beta.org", "L6 North mara@acme.com")
    contacts.write(TUESDAY, "L3 South tim@beta.org", "L4 North kim@beta.org")
    again = allocate(contacts.folder / "days.yaml")
    assert again.run_id == second.run_id and again.kept.equals(second.kept)
    assert again.owner == second.owner


def test_a_switchboard_joins_nobody_and_is_named(contacts):
    contacts.section = "duplicates: {at_most: 3}\n"
    leads = [f"L{i} North a{i}@x.com +493012345678" for i in range(4)]
    run = contacts.day(MONDAY, *leads)
    assert run.kept.empty and len(run.owner) == 3
    assert "more than 3 leads" in said(run) and "phone +493012345678 of 4" in said(run)


def test_placeholders_and_memory_that_has_run_out_join_nobody(contacts):
    contacts.section = "duplicates: {within_days: 1}\n"
    contacts.day(MONDAY, "L1 North mara@acme.com", "L2 North n/a", "L3 South n/a")
    late = contacts.day("2026-09-14T08:00:00Z", "L4 South mara@acme.com")
    assert late.kept.empty and late.owner == {"L4": "R2"}


@pytest.mark.slow
def test_without_a_section_duplicates_are_noted_only(contacts):
    contacts.section = ""
    contacts.day(MONDAY, "L1 North mara@acme.com")
    run = contacts.day(TUESDAY, "L2 South mara@acme.com")
    assert run.owner == {"L2": "R2"} and run.kept.empty
    assert "L2 as L1 (same e-mail)" in said(run) and "`duplicates: {}`" in said(run)


@pytest.mark.slow
def test_the_owner_who_left_gets_no_duplicates(contacts):
    contacts.day(MONDAY, "L1 South mara@acme.com")
    run = contacts.day(TUESDAY, "L2 North mara@acme.com", active=False)
    assert run.owner == {"L2": "R1"} and "R2, who is no active rep" in said(run)


@pytest.mark.slow
def test_people_s_word_goes_over_keys(contacts):
    contacts.day(MONDAY, "L1 North mara@acme.com", "L2 South tim@beta.org")
    run = contacts.day(TUESDAY, "L3 North mara@acme.com")
    assert run.kept["rep_id"].tolist() == ["R1"]
    scenario = ["--scenario", str(contacts.folder / "days.yaml")]
    command = ["different", "L1", "L3", *scenario, "--reason", "mother and daughter"]
    assert CliRunner().invoke(main, command).exit_code == 0
    late = contacts.day(WEDNESDAY, "L4 South mara@acme.com")
    assert late.kept["duplicate_of"].tolist() == ["L1"]
    assert "Alike, but different as people said:" in said(late)


@pytest.mark.slow
def test_a_folder_with_duplicates_is_verified(contacts):
    contacts.day(MONDAY, "L1 North mara@acme.com")
    contacts.write(
        TUESDAY, "L2 North mara@acme.com", "L3 North b@x.com", "L4 North b@x.com"
    )
    out = contacts.folder / "out"
    run = ["run", str(contacts.folder / "days.yaml"), "--out", str(out), "--json"]
    result = CliRunner().invoke(main, run)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["n_leads"] == 1
    verified = CliRunner().invoke(main, ["verify", str(out)])
    assert verified.exit_code == 0, verified.output
    kept = (out / "kept.csv").read_text()
    assert "L2,R1" in kept and "duplicate_of,L1,email,1" in kept


@pytest.mark.slow
def test_columns_and_keys_follow_the_last_run_that_met_a_lead(contacts):
    contacts.day(MONDAY, "L1 North mara@acme.com +493012345678")
    contacts.day(TUESDAY, "L1 South mara@beta.org", "L2 North kim@x.com")
    run = contacts.day(WEDNESDAY, "L3 North mara@acme.com", "L4 South mara@beta.org")
    assert run.kept["lead_id"].tolist() == ["L4"]
    with contacts.ledger as ledger, ledger.reading() as connection:
        row = connection.exec_driver_sql(
            "SELECT email, phone, columns FROM leads WHERE lead_id = 'L1'"
        ).one()
    assert row[:2] == ("mara@beta.org", "+493012345678")
    assert json.loads(row[2])["territory"] == "South"


def test_a_run_recorded_twice_changes_nothing(contacts):
    run = contacts.day(MONDAY, "L1 North mara@acme.com", "L2 North mara@acme.com")
    record(run)
    with contacts.ledger as ledger:
        assert len(ledger.owners()) == 2 and len(ledger.runs()) == 1

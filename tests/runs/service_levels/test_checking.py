"""`rightrep sla` between runs: what is late is told once, and goes to others."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from cli import main
from ledger.events import EVENTS, Event, add_events, events_query
from ledger.ownership import hand_over
from runs.company.company import company
from runs.exit_codes import ExitCode
from runs.service_levels import checking
from runs.service_levels.checking import check_service
from tests.runs.morning.test_morning import MONDAY, TUESDAY, Company

CLOCKS = """
calendar:
  time_zone: Europe/Berlin
  working_days: [mon, tue, wed, thu, fri]
  hours: {mon-fri: 09:00-17:00}
sla:
  clocks:
    first response:
      to: responded
      within: 4h
      warn_at: 0.5
      escalate_at: 1
      recall_at: 1.5
"""
REPS = """\
rep_id,daily_capacity,territories,active,manager,time_zone
R1,3,North,true,Ann,America/New_York
R2,2,South,true,,Europe/Berlin
R3,3,North,true,Ann,
"""


class Office(Company):
    """A company with clocks."""

    clocks = CLOCKS

    def write(self, moment, *leads, active=True):
        super().write(moment, *leads, active=active)
        (self.folder / "reps.csv").write_text(REPS)
        days = self.folder / "days.yaml"
        days.write_text(days.read_text() + self.clocks)

    def with_clocks(self, text):
        self.clocks = text
        days = self.folder / "days.yaml"
        days.write_text(days.read_text().replace(CLOCKS, text))

    def checked(self, moment, **options):
        with company(self.folder / "days.yaml") as here:
            at = datetime.fromisoformat(moment)
            return check_service(here, at, "cron", **options)

    def happens(self, *events):
        with self.ledger as ledger, ledger.writing() as connection:
            add_events(connection, events)

    def told(self):
        with self.ledger as ledger:
            rows = ledger.asked(events_query("warned", "escalated", "recalled"), EVENTS)
        return [tuple(row) for row in rows[["kind", "lead_id", "rep_id"]].values]


def at(hour, day=7, minute=0):
    """Return a moment of September 2026 in UTC; Berlin is two hours ahead."""
    return f"2026-09-{day:02}T{hour:02}:{minute:02}:00Z"


@pytest.fixture
def office(after_monday):
    # Monday 10:00 in Berlin: due at 14:00, recalled at 16:00.
    return after_monday(Office, "L1 North", "L2 South")


def states(checked):
    return dict(zip(checked.due["lead_id"], checked.due["state"], strict=True))


def owner_of(office, lead):
    with office.ledger as ledger:
        return ledger.owner_of(lead)


@pytest.mark.slow
def test_steps_follow_each_other(office):
    first = owner_of(office, "L1")
    assert states(office.checked(at(9))) == {}
    assert states(office.checked(at(10))) == {"L1": "due_soon", "L2": "due_soon"}
    assert states(office.checked(at(12)))["L1"] == "escalated"
    last = office.checked(at(14))
    assert states(last) == {"L1": "recalled", "L2": "recalled"}
    assert owner_of(office, "L1") == ""
    kinds = [kind for kind, lead, rep in office.told() if (lead, rep) == ("L1", first)]
    assert kinds == ["warned", "escalated", "recalled"]


@pytest.mark.slow
def test_a_second_look_adds_nothing(office):
    for moment in (at(10), at(12), at(14)):
        first = office.checked(moment)
        before = office.told()
        again = office.checked(moment)
        assert first.n_new == 2 and again.n_new == 0 and office.told() == before
        assert not again.due[["warned", "escalated", "recalled"]].notna().any(axis=None)


def test_what_was_told_is_not_told_again_later(office):
    assert office.checked(at(12)).n_new == 2
    assert office.checked(at(13)).n_new == 0
    assert states(office.checked(at(13)))["L1"] == "escalated"


def test_a_dry_run_changes_nothing(office):
    dry = office.checked(at(14), dry_run=True)
    assert states(dry)["L1"] == "recalled" and dry.n_new == 4
    assert office.told() == [] and owner_of(office, "L1")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["responded", "progressed", "won", "lost"])
def test_a_response_or_what_comes_later_stops_the_clock(office, kind):
    rep = owner_of(office, "L1")
    when = datetime(2026, 9, 7, 9, tzinfo=UTC)
    office.happens(Event(kind, when, "crm", "L1", rep))
    assert set(states(office.checked(at(14)))) == {"L2"}


def test_a_response_to_a_duplicate_stops_the_clock_of_both(office):
    when = datetime(2026, 9, 7, 9, tzinfo=UTC)
    joined = Event("kept", when, "run", "L1", "R2", other="L2", reason="same email")
    office.happens(joined, Event("responded", when, "crm", "L2", "R2"))
    assert states(office.checked(at(14))) == {}


def test_leads_that_people_parted_are_answered_one_by_one(office):
    when = datetime(2026, 9, 7, 9, tzinfo=UTC)
    joined = Event("kept", when, "run", "L1", "R2", other="L2", reason="same email")
    parted = Event("parted", when, "Ann", "L1", "R2", other="L2")
    office.happens(joined, parted, Event("responded", when, "crm", "L2", "R2"))
    assert set(states(office.checked(at(14)))) == {"L1"}


def test_a_response_that_comes_later_than_the_moment_does_not_count_yet(office):
    office.happens(
        Event("responded", datetime(2026, 9, 7, 15, tzinfo=UTC), "crm", "L1")
    )
    assert "L1" in states(office.checked(at(13)))
    assert "L1" not in states(office.checked(at(16)))


@pytest.mark.slow
def test_nights_do_not_count(office):
    office.day("2026-09-07T14:00:00Z", "L5 North")  # 16:00 in Berlin.
    assert "L5" not in states(office.checked("2026-09-08T07:59:00Z"))
    assert states(office.checked("2026-09-08T08:00:00Z"))["L5"] == "due_soon"


@pytest.mark.slow
def test_the_next_run_gives_a_recalled_lead_to_somebody_else(office):
    first = owner_of(office, "L1")
    office.checked(at(14))
    tuesday = office.day(TUESDAY, "L6 North")
    assert tuesday.owner["L1"] in {"R1", "R3"} - {first}
    assert "L2" not in tuesday.owner  # R2 alone serves the south.
    notes = " ".join(tuesday.scored.prepared.earlier.notes)
    assert f"L1 from {first}" in notes and "L2 from R2" in notes


@pytest.mark.slow
def test_a_lead_is_recalled_so_often_and_then_stays(office):
    office.checked(at(14))
    tuesday = office.day(TUESDAY, "L6 North")
    second = tuesday.owner["L1"]
    late = office.checked(at(14, day=8))
    assert states(late)["L1"] == "stays" and owner_of(office, "L1") == second
    assert [lead for kind, lead, _ in office.told() if kind == "recalled"].count(
        "L1"
    ) == 1


@pytest.mark.slow
def test_a_run_made_again_is_told_what_it_was_told(office):
    monday = office.folder / "days.yaml"
    before = monday.read_text(), (office.folder / "leads.csv").read_text()
    office.checked(at(14))
    tuesday = office.day(TUESDAY, "L6 North")
    office.checked(at(14, day=8))
    again = office.day(TUESDAY, "L6 North")
    assert again.run_id == tuesday.run_id and again.owner == tuesday.owner
    monday.write_text(before[0])
    (office.folder / "leads.csv").write_text(before[1])
    assert not office.day(MONDAY, "L1 North", "L2 South").scored.prepared.earlier.rules


def test_who_owns_the_lead_is_in_another_place(office):
    """R1 works in New York: its clock begins at 9:00 there, 15:00 in Berlin."""
    office.with_clocks(CLOCKS.replace("within: 4h", "within: 4h\n      hours_of: rep"))
    rep = owner_of(office, "L1")
    seen = states(office.checked(at(14)))
    assert ("L1" in seen) == (rep != "R1") and seen["L2"] == "recalled"


@pytest.mark.slow
def test_clocks_from_creation_run_for_leads_that_nobody_owns(office):
    office.with_clocks(
        CLOCKS.replace("to: responded", "from: created\n      to: responded")
    )
    office.day(TUESDAY, *(f"N{i} South" for i in range(4)))
    late = office.checked(at(9, day=8))
    nobody = late.due[late.due["rep_id"] == ""]
    assert len(nobody) == 2 and set(nobody["state"]) == {"escalated"}


@pytest.mark.slow
def test_a_clock_is_about_the_leads_of_its_where(office):
    office.with_clocks(
        CLOCKS.replace(
            "to: responded", "to: responded\n      where: {territory: South}"
        )
    )
    assert set(states(office.checked(at(14)))) == {"L2"}


@pytest.mark.slow
def test_a_clock_that_is_about_no_lead_is_said(office, monkeypatch):
    office.with_clocks(
        CLOCKS.replace("to: responded", "to: responded\n      where: {territory: East}")
    )
    printed = called(office, "--at", "2026-09-07T16:00")
    assert printed.exit_code == 0
    assert "about no open lead that its `where` selects" in printed.stdout


def called(office, *options):
    scenario = str(office.folder / "days.yaml")
    return CliRunner().invoke(main, ["sla", "--scenario", scenario, *options])


@pytest.mark.slow
def test_the_command_says_who_has_to_do_what(office):
    printed = called(office, "--at", "2026-09-07T14:00")
    assert printed.exit_code == ExitCode.ATTENTION, printed.output
    assert "Mon 07 Sep 14:00" in printed.stdout and "respond" in printed.stdout
    assert "no manager (R2)" in printed.stdout and "Ann (R" in printed.stdout
    assert "Recorded: 2 events." in printed.stdout
    record = json.loads(called(office, "--json", "--at", "2026-09-07T14:00").stdout)
    assert record["n_new"] == 0 and record["clocks"][0]["escalated"] == 2
    assert record["due"][0]["due_at"] == "2026-09-07T12:00:00Z"


def test_nothing_due_ends_quietly(office):
    printed = called(office, "--at", "2026-09-07T11:00")
    assert printed.exit_code == 0 and "none is due" in printed.stdout
    assert "Next of the others due: Mon 07 Sep 14:00" in printed.stdout


def test_a_scenario_without_clocks_is_said(office):
    office.with_clocks("")
    printed = called(office)
    assert printed.exit_code == ExitCode.BAD_INPUT and "no clocks" in printed.output


def test_a_kill_before_the_end_leaves_nothing(office, monkeypatch):
    """Warnings, recalls and ends of assignments are one transaction."""

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(checking, "take_all", killed)
    with pytest.raises(KeyboardInterrupt):
        office.checked(at(14))
    assert office.told() == [] and owner_of(office, "L1")


def test_a_lead_that_a_manager_gave_is_not_recalled(office):
    with office.ledger as ledger, ledger.writing() as connection:
        given = datetime(2026, 9, 7, 8, 30, tzinfo=UTC)
        hand_over(connection, [Event("overridden", given, "Ann", "L1", "R2")])
    late = office.checked(at(15))
    assert states(late) == {"L1": "locked", "L2": "recalled"}
    assert owner_of(office, "L1") == "R2"

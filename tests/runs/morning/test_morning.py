"""Days that follow each other: what one leaves is what the next begins with."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from ledger import Ledger
from runs import allocate, notes, record
from scenarios import ScenarioError

SCENARIO = """\
version: 1
name: days
data:
  leads: leads.csv
  reps: reps.csv
  history: history.csv
  as_of: {day}
rules:
  - kind: capacity
  - kind: territory
solve: {{rule_costs: false}}
ledger: ledger.db
"""
REPS = """\
rep_id,daily_capacity,territories,active
R1,3,North,true
R2,2,South,{active}
"""
HEADER = "lead_id,created_at,rep_id,assigned_at,outcome,closed_at,territory,size"
ROWS = [
    f"H{i},2026-01-01,{rep},2026-01-01,{'won' if i % 3 else 'lost'},2026-02-01,"
    f"{'North' if rep == 'R1' else 'South'},{i % 7}"
    for i in range(60)
    for rep in [f"R{1 + i % 2}"]
]
HISTORY = "\n".join([HEADER, *ROWS, ""])
MONDAY, TUESDAY = "2026-09-07T08:00:00Z", "2026-09-08T08:00:00Z"


class Company:
    """A folder in which days pass."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "history.csv").write_text(HISTORY)

    def day(self, moment: str, *leads: str, active: bool = True):
        """Return the recorded run of these leads: ``L1 North`` and so on."""
        self.write(moment, *leads, active=active)
        run = allocate(self.folder / "days.yaml")
        record(run)
        return run

    def write(self, moment: str, *leads: str, active: bool = True) -> None:
        """Write the tables and the scenario of a day."""
        rows = [f"{lead.replace(' ', ',')},2026-09-06,3" for lead in leads]
        table = "\n".join(["lead_id,territory,created_at,size", *rows])
        (self.folder / "leads.csv").write_text(f"{table}\n")
        (self.folder / "reps.csv").write_text(REPS.format(active=str(active).lower()))
        (self.folder / "days.yaml").write_text(SCENARIO.format(day=moment))

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.folder / "ledger.db")


@pytest.fixture
def company(tmp_path):
    return Company(tmp_path)


@pytest.mark.slow
def test_a_lead_in_two_exports_keeps_its_owner_and_takes_no_slot(company):
    company.day(MONDAY, "L1 North", "L2 North", "L3 South")
    tuesday = company.day(TUESDAY, "L1 North", "L4 North", "L5 North", "L6 North")
    assert tuesday.kept[["lead_id", "rep_id"]].values.tolist() == [["L1", "R1"]]
    assert tuesday.owner == dict.fromkeys(["L4", "L5", "L6"], "R1")
    assert any("without a slot: 1 lead." in note for note in notes(tuesday))
    with company.ledger as ledger:
        assert len(ledger.owners()) == 6
        kinds = ledger.decisions(tuesday.run_id).set_index("lead_id")["kind"]
    assert kinds["L1"] == "kept" and set(kinds.drop("L1")) == {"assigned"}


@pytest.mark.slow
def test_a_second_run_of_the_day_has_the_slots_that_are_left(company):
    company.day(MONDAY, "L1 North", "L2 North")
    afternoon = "2026-09-07T15:00:00Z"
    second = company.day(afternoon, "L3 North", "L4 North", "L5 South")
    assert len(second.owner) == 2 and second.owner["L5"] == "R2"
    assert any("R1 2" in note for note in notes(second))
    third = company.day("2026-09-07T18:00:00Z", "L6 North")
    assert third.owner == {}


def test_leads_that_nobody_got_come_back(company):
    company.day(MONDAY, *(f"L{i} North" for i in range(5)))
    tuesday = company.day(TUESDAY, "L9 North")
    assert len(tuesday.owner) == 3
    assert set(tuesday.owner) <= {*(f"L{i}" for i in range(5)), "L9"}
    back = set(tuesday.crm.leads["lead_id"]) - {"L9"}
    assert len(back) == 2
    old = tuesday.crm.leads.set_index("lead_id").loc[sorted(back)]
    assert set(old["territory"]) == {"North"} and set(old["size"]) == {3.0}
    assert any("since nobody owns them" in note for note in notes(tuesday))


@pytest.mark.slow
def test_leads_of_a_rep_who_left_come_again(company):
    company.day(MONDAY, "L1 South")
    tuesday = company.day(TUESDAY, "L1 South", "L2 North", active=False)
    assert tuesday.owner == {"L2": "R1"} and tuesday.kept.empty
    assert any("R2 is no active rep" in note for note in notes(tuesday))


@pytest.mark.slow
def test_a_day_of_kept_leads_only_is_a_quiet_success(company):
    """Twice a day with one export: nothing is left to distribute."""
    company.day(MONDAY, "L1 North", "L2 South")
    again = company.day("2026-09-07T12:00:00Z", "L1 North", "L2 South")
    assert again.owner == {} and len(again.kept) == 2
    command = ["run", str(company.folder / "days.yaml"), "--json", "--out"]
    result = CliRunner().invoke(main, [*command, str(company.folder / "out")])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["n_leads"] == 0
    verified = CliRunner().invoke(main, ["verify", str(company.folder / "out")])
    assert verified.exit_code == 0, verified.output


def test_a_folder_with_memory_is_verified_and_explained(company):
    company.day(MONDAY, "L1 North")
    company.day(TUESDAY, "L1 North", "L5 North")
    out = company.folder / "out"
    run = ["run", str(company.folder / "days.yaml"), "--out", str(out)]
    assert CliRunner().invoke(main, run).exit_code == 0
    verified = CliRunner().invoke(main, ["verify", str(out)])
    assert verified.exit_code == 0, verified.output
    assert "L1,R1" in (out / "kept.csv").read_text()
    assert CliRunner().invoke(main, ["explain", str(out), "L5"]).exit_code == 0
    for command in ("explain", "recommend"):
        told = CliRunner().invoke(main, [command, str(out), "L1"])
        assert "R1 has it since 2026-09-07 08:00, by run" in told.stdout, told.output
        told = CliRunner().invoke(main, [command, str(out), "L1", "--json"])
        assert json.loads(told.stdout)["is_kept"]
    sheet = CliRunner().invoke(main, ["sheet", str(out), "R1"])
    assert "L1\n" in sheet.stdout and "You have it since 2026-09-07" in sheet.stdout


@pytest.mark.slow
def test_a_sheet_shows_what_the_ledger_has_now(company):
    """Leads of earlier days are on it, those that went to another rep are not."""
    company.day(MONDAY, "L1 North", "L2 North", "L3 South")
    out, days = company.folder / "out", company.folder / "days.yaml"
    company.write(TUESDAY, "L5 North")
    clock = "sla: {clocks: {answer: {to: responded, within: 4h}}}\n"
    days.write_text(days.read_text() + clock)
    run = ["run", str(days), "--out", str(out)]
    assert CliRunner().invoke(main, run).exit_code == 0
    moved = ["override", "L2", "R2", "--reason", "asked", "--at", TUESDAY]
    moved += ["--scenario", str(days)]
    assert CliRunner().invoke(main, moved).exit_code == 0
    asked = ["--scenario", str(days), "--at", "2026-09-08T09:00:00Z", "--json"]
    told = [
        json.loads(CliRunner().invoke(main, ["sheet", str(out), rep, *asked]).stdout)
        for rep in ("R1", "R2")
    ]
    leads = [[lead["lead_id"] for lead in sheet["leads"]] for sheet in told]
    assert leads == [["L1", "L5"], ["L3", "L2"]]
    due = {lead["lead_id"]: lead["due"] for sheet in told for lead in sheet["leads"]}
    assert due["L1"].endswith("(OVERDUE)") and due["L5"] == "2026-09-08 12:00"
    assert "open from an earlier day" in told[0]["leads"][0]["sentence"]


def test_what_is_read_may_not_lie_in_the_folder_that_is_written(company):
    """`--replace` would delete it."""
    company.day(MONDAY, "L1 North")
    days = company.folder / "days.yaml"
    inside = company.folder / "out"
    inside.mkdir()
    days.write_text(days.read_text().replace("ledger.db", "out/ledger.db"))
    ledger = CliRunner().invoke(main, ["run", str(days), "--out", str(inside)])
    assert ledger.exit_code == 3 and "move it out" in ledger.output
    tables = CliRunner().invoke(main, ["run", str(days), "--out", str(days.parent)])
    assert tables.exit_code == 2


@pytest.mark.slow
def test_a_day_made_again_takes_the_place_of_the_first(company):
    """The first run's leads are free, its slots too, and its record stays."""
    first = company.day(MONDAY, "L1 North", "L2 North", "L3 South")
    company.write(MONDAY, "L1 South", "L2 North", "L4 North")
    days = company.folder / "days.yaml"
    again = allocate(days, redo=True)
    record(again)
    assert again.owner == {"L1": "R2", "L2": "R1", "L4": "R1"}
    assert any(first.run_id in note for note in notes(again))
    with company.ledger as ledger:
        assert ledger.owners().set_index("lead_id")["rep_id"].to_dict() == again.owner
        assert ledger.runs()["run_id"].tolist() == [first.run_id, again.run_id]
        assert set(ledger.waiting()["lead_id"]) == {"L3"}
    record(allocate(days, redo=True))
    with company.ledger as ledger:
        assert len(ledger.runs()) == 2


def test_a_day_that_was_not_run_cannot_be_made_again(company):
    company.write(MONDAY, "L1 North")
    with pytest.raises(ScenarioError, match="none to redo"):
        allocate(company.folder / "days.yaml", redo=True)


def test_check_sees_the_day_as_the_run_will(company):
    company.day(MONDAY, "L1 North", "L2 South")
    days = str(company.folder / "days.yaml")
    text = (company.folder / "leads.csv").read_text()
    (company.folder / "leads.csv").write_text(f"{text}L3,North,2026-09-06,1\n")
    checked = CliRunner().invoke(main, ["check", days])
    assert checked.exit_code == 0 and "ok: 1 lead," in checked.output

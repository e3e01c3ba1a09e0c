"""What a CRM tells of leads comes in once; what it cannot have told stays out."""

import random
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from ledger.events import EVENTS, events_query
from runs.company.company import company
from runs.outcomes.taking_in import take_outcomes
from scenarios import ScenarioError
from tests.runs.morning.test_morning import MONDAY, TUESDAY, Company

HEADER = "lead_id,outcome,closed_at,won_value,first_response_at,next_step_at,rep_id"
WON = "L1,won,2026-09-09T10:00:00Z,100,2026-09-07T10:00:00Z,2026-09-08T10:00:00Z,R1"
LOST = "L2,lost,2026-09-08T10:00:00Z,,,,"
OPEN = "L3,open,,,2026-09-07T09:30:00Z,,"
FRIDAY = "2026-09-11T18:00:00Z"

SOURCE = """\
data:
  outcomes:
    file: crm.csv
    columns: {lead_id: Id, outcome: Stage, closed_at: Closed}
    values: {outcome: {Gewonnen: won}}
    dates: '%d.%m.%Y'
"""


@pytest.fixture
def home(after_monday):
    return after_monday(Company, "L1 North", "L2 North", "L3 South", "L4 South")


def take(home, *rows, header=HEADER, **options):
    """Return the figures of a file with these rows."""
    file = home.folder / "outcomes.csv"
    file.write_text("\n".join([header, *rows, ""]))
    with company(home.folder / "days.yaml") as here:
        return take_outcomes(here, file, **options)[0]


def events(home):
    """Return what people and CRMs told: lead, kind, rep, value, reason."""
    with home.ledger as ledger:
        table = ledger.asked(events_query(), EVENTS)
    return table[table["run_id"] == ""]


def reasons(figures):
    return dict(
        zip(figures.left_out["lead_id"], figures.left_out["reason"], strict=True)
    )


def test_what_is_told_comes_in(home):
    figures = take(home, WON, LOST, OPEN)
    told = events(home)
    assert [*zip(told["lead_id"], told["kind"], told["rep_id"], strict=True)] == [
        ("L3", "responded", "R2"),
        ("L1", "responded", "R1"),
        ("L1", "progressed", "R1"),
        ("L2", "lost", "R1"),
        ("L1", "won", "R1"),
    ]
    assert told["value"].tolist()[-1] == 100
    assert not figures.needs_attention
    with home.ledger as ledger:
        assert ledger.open_leads() == {"R2": 2}


def test_the_same_file_again_adds_nothing(home):
    take(home, WON, LOST, OPEN)
    before = events(home)
    again = take(home, WON, LOST, OPEN, by="another")
    assert len(events(home)) == len(before)
    assert again.n_nothing_new == 3 and again.events.empty


def test_a_dry_run_writes_nothing(home):
    figures = take(home, WON, is_dry=True)
    assert len(figures.events) == 3 and events(home).empty


@pytest.mark.slow
@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("L9,won,2026-09-09,,,,", "unknown_lead"),
        ("L1,wonn,2026-09-09,,,,", "unreadable"),
        ("L1,won,,,,,", "no_closing_time"),
        ("L1,,,50,,,", "value_without_outcome"),
        ("L1,won,2026-09-06T23:00:00Z,,,,", "before_assigned"),
        ("L1,won,2026-09-05,,,,", "before_created"),
        ("L1,won,2126-09-05,,,,", "in_future"),
        ("L1,open,,,2126-09-05,,", "in_future"),
    ],
)
def test_what_cannot_be_is_left_out(home, row, reason):
    figures = take(home, row, LOST)
    assert reasons(figures) == {row[:2]: reason}
    assert events(home)["lead_id"].tolist() == ["L2"]
    assert figures.needs_attention


def test_rows_of_a_lead_that_differ_are_all_left_out(home):
    other = WON.replace(",100,", ",200,")
    figures = take(home, WON, other, LOST)
    assert figures.left_out["row"].tolist() == [2, 3]
    assert figures.left_out["detail"].str.contains("differ in won_value").all()
    assert set(events(home)["lead_id"]) == {"L2"}


def test_rows_of_a_lead_that_add_to_each_other_are_one(home):
    figures = take(
        home, "L1,won,2026-09-09,,,,", "L1,,,,2026-09-08,,", WON[:2] + "," * 6
    )
    assert figures.left_out.empty
    assert sorted(events(home)["kind"]) == ["responded", "won"]


def test_an_amount_of_a_lead_that_is_not_won_is_no_value(home):
    figures = take(home, "L1,open,2026-12-24,500,,,", "L2,lost,2026-09-08,70,,,")
    assert figures.left_out.empty
    assert events(home)["kind"].tolist() == ["lost"]
    assert events(home)["value"].isna().all()


def test_a_date_is_all_of_its_day(home):
    """The lead was assigned at eight; a date says nothing of the hour."""
    figures = take(home, "L1,lost,2026-09-07,,2026-09-07,,")
    assert figures.left_out.empty and len(events(home)) == 2


def test_a_later_export_corrects_an_outcome(home):
    take(home, WON, LOST)
    changed = "L1,lost,2026-09-10T10:00:00Z,,,,"
    figures = take(home, changed)
    assert figures.corrected["lead_id"].tolist() == ["L1"]
    told = events(home)
    last = told[told["lead_id"] == "L1"].tail(2)
    assert last["kind"].tolist() == ["reopened", "lost"]
    assert last["reason"].str.startswith("corrects event").all()
    back = take(home, WON.replace("09-09T", "09-10T"), at=pd.Timestamp(FRIDAY))
    assert back.corrected["after"].tolist() == ["won 2026-09-10 10:00 for 100"]


def test_an_older_export_corrects_nothing(home):
    take(home, WON, LOST)
    figures = take(home, "L1,lost,2026-09-08T10:00:00Z,,,,", "L2,open,,,,,")
    assert reasons(figures) == {"L1": "older_file"}
    assert len(events(home)) == 4
    with home.ledger as ledger:
        assert ledger.open_leads() == {"R2": 2}


def test_a_lead_that_a_later_export_has_open_is_opened_again(home):
    take(home, WON, LOST)
    figures = take(home, "L2,open,,,,,", at=pd.Timestamp(FRIDAY))
    assert figures.corrected["after"].tolist() == ["open"]
    assert events(home).iloc[-1][["lead_id", "kind"]].tolist() == ["L2", "reopened"]
    with home.ledger as ledger:
        assert ledger.open_leads() == {"R1": 1, "R2": 2}
    assert take(home, "L2,open,,,,,", at=pd.Timestamp(FRIDAY)).events.empty


def test_a_later_first_response_is_none(home):
    take(home, OPEN)
    figures = take(home, OPEN.replace("09:30", "11:30"), WON)
    assert reasons(figures) == {"L3": "later_response"}
    earlier = take(home, OPEN.replace("09:30", "08:30"))
    assert earlier.events["kind"].tolist() == ["responded"]


def test_a_response_of_before_the_lead_was_assigned_leaves_the_outcome(home):
    figures = take(home, WON.replace("09-07T10", "09-07T07"))
    assert reasons(figures) == {"L1": "early_response"}
    assert events(home)["kind"].tolist() == ["progressed", "won"]


def test_a_step_that_is_planned_is_no_event(home):
    figures = take(home, "L1,open,,,,2126-01-01,")
    assert figures.n_planned == 1 and events(home).empty


def test_other_owners_are_said_and_taken_over_if_asked(home):
    row = "L3,open,,,,2026-09-08T10:00:00Z,R1"
    figures = take(home, row)
    assert figures.owners.values.tolist() == [["L3", "R1", "R2", False]]
    assert figures.needs_attention
    figures = take(home, row, "L4,open,,,,,R7", owners=True)
    assert figures.owners["is_taken"].tolist() == [True, False]
    with home.ledger as ledger:
        assert ledger.owner_of("L3") == "R1" and ledger.owner_of("L4") == "R2"
    again = take(home, row, owners=True)
    assert again.owners.empty and not again.needs_attention


def test_an_export_older_than_the_owner_tells_of_the_one_before(home):
    row = "L3,open,,,2026-09-07T09:00:00Z,,R2"
    take(home, "L3,open,,,,,R1", owners=True, at=pd.Timestamp(TUESDAY))
    assert take(home, row).owners.empty


@pytest.mark.slow
def test_the_order_of_rows_and_files_says_nothing(home, tmp_path):
    other = (
        Company(tmp_path / "other") if (tmp_path / "other").mkdir() is None else None
    )
    other.day(MONDAY, "L1 North", "L2 North", "L3 South", "L4 South")
    rows = [WON, LOST, OPEN, "L4,lost,2026-09-09,,,,"]
    take(home, *rows)
    random.Random(7).shuffle(rows)
    take(other, *rows[:2])
    take(other, *rows[2:])
    own = ["lead_id", "kind", "at", "value", "rep_id"]
    first, second = (
        events(days)[own].sort_values(own, ignore_index=True) for days in (home, other)
    )
    pd.testing.assert_frame_equal(first, second)


def test_the_scenario_says_how_the_file_is_read(home):
    days = home.folder / "days.yaml"
    source = (
        "data:\n  outcomes: {file: crm.csv, columns: {lead_id: Id, outcome: Stage, "
    )
    source += "closed_at: Closed}, values: {outcome: {Gewonnen: won}}, "
    source += "dates: '%d.%m.%Y'}"
    days.write_text(days.read_text().replace("data:", source))
    (home.folder / "crm.csv").write_text(
        "Id,Stage,Closed,Note\nL1,Gewonnen,09.09.2026,x\n"
    )
    with company(days) as here:
        figures, issues = take_outcomes(here)
    assert figures.events["kind"].tolist() == ["won"] and not issues
    figures = take(home, "L2;Gewonnen;09.09.2026", header="Id;Stage;Closed")
    assert figures.events["lead_id"].tolist() == ["L2"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("lead_id,closed_at\nL1,2026-09-09\n", "needs one of outcome"),
        ("lead,outcome\nL1,won\n", "needs this column"),
        ("lead_id,outcome\nL1,wonn\nL2,verloren\n", "expected one of won, lost, open"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(home, text, message):
    file = home.folder / "wrong.csv"
    file.write_text(text)
    opened = company(home.folder / "days.yaml")
    with opened as here, pytest.raises(ScenarioError, match=message):
        take_outcomes(here, file)


def test_without_a_file_the_scenario_names_one(home):
    opened = company(home.folder / "days.yaml")
    with opened as here, pytest.raises(ScenarioError, match="name a file, or give"):
        take_outcomes(here)


def run(home, *arguments):
    scenario = str(home.folder / "days.yaml")
    return CliRunner().invoke(main, ["outcomes", *arguments, "--scenario", scenario])


def test_the_command_tells_what_came_in_and_what_did_not(home):
    file = home.folder / "o.csv"
    file.write_text("\n".join([HEADER, WON, "L33,won,2026-09-09,,,,", ""]))
    done = run(home, str(file))
    assert done.exit_code == 7, done.output
    assert "won              1, value 100" in done.output
    assert (
        "row 3, lead L33: no run of the ledger has met it; did you mean" in done.output
    )
    file.write_text("\n".join([HEADER, WON, ""]))
    done = run(home, str(file), "--json")
    assert done.exit_code == 0 and '"nothing_new": 1' in done.output
    assert run(home, str(Path("nowhere.csv"))).exit_code == 3


def test_the_scenarios_of_two_columns_are_enough(home):
    """Leads that are only lost need no more than their time."""
    figures = take(
        home,
        "L1,lost,2026-09-08",
        "L2,lost,2026-09-08",
        header="lead_id,outcome,closed_at",
    )
    assert len(figures.events) == 2

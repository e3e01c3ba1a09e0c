"""Rows of an edited table: what they ask for, and what nobody can understand."""

import pytest
from xlsxwriter import Workbook

from crm import DataError
from runs.book.edited_rows import EditedRow, edited_rows
from runs.book.override_file import wishes_of
from runs.book.rep_choice import RepChoice
from tests.runs.morning.test_morning import TUESDAY

NAMES = {"R1": "Ann Lee", "R2": "Bo", "R3": "Bo", "R4": "", "R 5": "R2"}
CHOICE = RepChoice(NAMES)
OWNER = {"L1": "R1", "L2": "R1", "L3": "", "L4": "R2"}


def row(lead="L1", rep=None, override="", reason="", name="", number=2):
    return EditedRow("f.xlsx, sheet S", number, lead, rep, override, reason, name)


def read(*rows, decided=OWNER):
    wishes, faults = wishes_of(rows, CHOICE, OWNER, decided)
    return [(wish.lead_id, wish.rep_id) for wish in wishes], faults


@pytest.mark.parametrize(
    ("text", "rep_id"),
    [
        *[("R2", "R2"), ("Ann Lee", "R1"), ("ann  lee", "R1"), ("Bo (R3)", "R3")],
        *[("Annie (R1)", "R1"), ("R 5", "R 5"), ("", "")],
    ],
)
def test_a_rep_is_meant_by_id_name_or_both(text, rep_id):
    """An id counts before a name, also where it is another's name."""
    assert CHOICE.meant(text) == rep_id


@pytest.mark.parametrize(
    ("text", "said"),
    [("Bo", r"several .*Bo \(R2\), Bo \(R3\)"), ("Ann Le", "did you mean 'Ann Lee'")],
)
def test_who_is_not_one_rep_is_told(text, said):
    with pytest.raises(ValueError, match=said):
        CHOICE.meant(text)


def test_what_is_filled_in_is_a_wish_and_the_rest_is_not():
    rows = [row("L1", "R1", "Bo (R2)", "why"), row("L2", "R1"), row("L3", None, "R4")]
    assert read(*rows) == ([("L1", "R2"), ("L3", "R4")], [])
    assert read(row("L1", "Bo (R2)")) == ([("L1", "R2")], [])
    assert read(row("L1", "R1", "Ann Lee")) == ([], [])
    assert read(row("L1", "R1", name="Ann Lee (R1)")) == ([], [])
    assert read(row("L1", "R2", name="Ann Lee (R1)")) == ([("L1", "R2")], [])
    assert read(row("L4", "R2", "R4", name="")) == ([("L4", "R4")], [])


@pytest.mark.parametrize(
    ("edited", "column", "said"),
    [
        (row("L1", "R1", "Zoe"), "override_rep_id", "no rep of the reps table"),
        (row("L1", "R2", "R4"), "override_rep_id", "rep_id was changed, too, to R2"),
        (row("L1", "R1", reason="x"), "override_reason", "a reason without a rep"),
        (row("L3", None, reason="x"), "override_reason", "a reason without a rep"),
        (row("L1", ""), "rep_id", "expected a rep"),
        (row("L1", "R1", name="Bo (R2)"), "rep", "says another rep than rep_id"),
        (row("", None, "R1"), "lead_id", "expected a lead"),
    ],
)
def test_what_cannot_be_understood_is_refused_at_its_cell(edited, column, said):
    wishes, [fault] = read(edited)
    assert wishes == [] and said in fault.expected
    assert (fault.file, fault.row, fault.column) == (edited.file, 2, column)


def test_a_lead_of_two_sheets_and_one_that_moved_are_refused():
    twice = read(row("L1", None, "R2", number=2), row("L1", None, "R4", number=9))
    assert "stands in row 2" in twice[1][0].expected and twice[1][0].row == 9
    moved = read(row("L4", "R1", "R4"), decided={"L4": "R1"})
    assert "changed hands since the run, from R1 to R2" in moved[1][0].expected
    assert read(row("L4", "R1"), decided={"L4": "R1"}) == ([], [])


def workbook(path, sheets):
    with Workbook(path) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                page.write_row(number, 0, cells)


def test_both_sheets_of_leads_are_read_in_any_order_and_company(tmp_path):
    """Columns that others added, sheets that others added, ids typed as numbers."""
    path = tmp_path / "day.xlsx"
    header = ["note", "override_reason", "lead_id", "override_rep_id", "rep_id"]
    sheets = {
        "Holiday plan": [["a", "b"], [1, 2]],
        "Unassigned": [["lead_id", "override_rep_id"], ["L3", 42]],
        "Assignments": [header, ["", "why", "L2", "Bo (R2)", "R1"]],
        "Manifest": [["name", "value"], ["seed", 1], ["run_id", "abc"]],
    }
    workbook(path, sheets)
    edited = edited_rows(path)
    assert edited.run_id == "abc"
    [left, assigned] = edited.rows
    assert (left.lead_id, left.rep, left.override) == ("L3", None, "42")
    assert (assigned.lead_id, assigned.rep, assigned.reason) == ("L2", "R1", "why")
    assert assigned.file.endswith("sheet Assignments") and assigned.row == 2


HEAD = ["lead_id", "rep_id", "rep", "override_rep_id"]
ROW = ["L1", "R1", "Ann (R1)", ""]


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ({"Unassigned": [HEAD, ROW], "Mine": [HEAD, ROW]}, "sheet Mine.*are read of"),
        (
            {"Assignments": [HEAD, ROW], "Kept": [HEAD[:3], ["L2", "R1", "Bo (R2)"]]},
            "sheet Kept, row 2, column rep.*rightrep override L2",
        ),
    ],
)
def test_edits_in_sheets_that_are_not_read_are_refused(tmp_path, sheets, said):
    """A renamed sheet, and a kept lead that was given to another."""
    path = tmp_path / "day.xlsx"
    workbook(path, sheets)
    with pytest.raises(DataError, match=said):
        edited_rows(path)


@pytest.mark.slow
def test_a_workbook_of_a_run_comes_back(office):
    """What was filled in is done with its own reasons, by the run that it names."""
    from click.testing import CliRunner

    from cli import main

    out, path = office.folder / "out", office.folder / "elsewhere.xlsx"
    office.write(TUESDAY, "C1 North", "C2 North")
    run = ["run", office.folder / "days.yaml", "--out", out]
    assert CliRunner().invoke(main, [*map(str, run)]).exit_code == 0
    export = ["export", out, "--to", "excel", "--out", office.folder / "day.xlsx"]
    assert CliRunner().invoke(main, [*map(str, export)]).exit_code == 0
    untouched = edited_rows(office.folder / "day.xlsx")
    cells = [[r.lead_id, r.rep or "", "", ""] for r in untouched.rows]
    cells[0][2:] = ["R2" if cells[0][1] == "R1" else "R1", "knows them"]
    manifest = [["name", "value"], ["run_id", untouched.run_id]]
    header = ["lead_id", "rep_id", "override_rep_id", "override_reason"]
    workbook(path, {"Assignments": [header, *cells], "Manifest": manifest})
    later = "2026-09-08T12:00:00Z"
    done = office.do("override", "--from", path, at=later)
    assert done.exit_code == 0, done.output
    assert f"by run {untouched.run_id}" in done.output
    [event] = office.events("overridden")
    assert (event["lead_id"], event["reason"]) == (cells[0][0], "knows them")
    other = "R2" if cells[1][1] == "R1" else "R1"
    cells[0][2:], cells[1][2:] = ["", ""], [other, ""]
    workbook(path, {"Assignments": [header, *cells], "Manifest": manifest})
    assert "say why" in office.do("override", "--from", path, at=later).output

"""A run's workbook has all that the folder has, and is of an unchanged folder."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from crm import DataError
from runs.book.edited_rows import edited_rows
from runs.exporting.workbook import run_workbook
from runs.folder.reading import read_folder

SHEETS = ["Summary", "Assignments", "Unassigned", "Kept", "Load", "Rule costs"]
SHEETS += ["Prices", "Reach", "Rules in words", "Model card", "Manifest", "Reps"]


@pytest.fixture(scope="module")
def book(small):
    return run_workbook(small / "run")


@pytest.fixture(scope="module")
def sheets(book):
    opened = CalamineWorkbook.from_filelike(BytesIO(book.content))
    rows = {
        name: opened.get_sheet_by_name(name).to_python() for name in opened.sheet_names
    }
    return {
        name: [dict(zip(header, row, strict=True)) for row in body]
        for name, (header, *body) in rows.items()
    }


def test_the_sheets_hold_the_folder(sheets, small):
    assert list(sheets) == SHEETS
    run = read_folder(small / "run")
    rows = run.rows("assignments.csv", "lead_id", "rep_id", "p_convert")
    for row, cells in zip(rows, sheets["Assignments"], strict=True):
        assert (cells["lead_id"], cells["rep_id"]) == (row["lead_id"], row["rep_id"])
        assert cells["p_convert"] == pytest.approx(float(row["p_convert"]))
        assert cells["rep"].endswith(f"({row['rep_id']})")
        assert cells["override_rep_id"] == cells["override_reason"] == ""
    assert len(sheets["Unassigned"]) == run.manifest.n_unassigned
    summary = {row["name"]: row["value"] for row in sheets["Summary"]}
    assert summary["assigned"] == len(rows)
    total = sum(float(row["p_convert"]) for row in rows)
    assert summary["model expectation, conversions"] == pytest.approx(total)
    assert sum(row["slots_used"] for row in sheets["Load"]) == len(rows)


def test_columns_of_an_experiment_come_with_one(sheets):
    assert {"arm", "propensity"}.isdisjoint(sheets["Assignments"][0])


def test_the_same_folder_gives_the_same_bytes(book, small):
    assert run_workbook(small / "run").content == book.content and book.notes == ()


def test_a_changed_folder_is_refused(company):
    path = company / "run" / "prices.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(DataError, match="was changed after the run"):
        run_workbook(company / "run")


def test_an_untouched_workbook_asks_for_nothing(book, tmp_path, small):
    path = tmp_path / "day.xlsx"
    path.write_bytes(book.content)
    edited = edited_rows(path)
    assert not [row for row in edited.rows if row.override or row.reason]
    assert len(edited.rows) == 30
    assert edited.run_id == read_folder(small / "run").manifest.run_id

"""What a sheet shows beside its values is read as shown, or said."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from crm import DataError
from crm.formats import read_table, sheet_look
from crm.layout import Layout
from crm.table import Table

xlsxwriter = pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")
Write = Callable[[Any], None]


def book(folder: Path, *writers: Write, **layout: Any) -> Table:
    """Return the table of a workbook, whose sheets these functions write."""
    path = folder / "t.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for write in writers:
            write(workbook)
    calculated(path)
    return read_table(path, path.name, Layout(file=path.name, **layout))


def calculated(path: Path) -> None:
    """Let the workbook say that its formulas were calculated, as Excel does."""
    with ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    main = "xl/workbook.xml"
    parts[main] = parts[main].replace(b' fullCalcOnLoad="1"', b"")
    with ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)


def rows(*cells: tuple[Any, ...]) -> Write:
    """Return a function that writes these rows to a new sheet."""

    def write(workbook: Any) -> None:
        sheet = workbook.add_worksheet()
        for row, values in enumerate(cells):
            sheet.write_row(row, 0, values)

    return write


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("00000", ["00123", "123456"]),
        ("[Red]00000;-00000", ["00123", "123456"]),
        ("00000-000", ["00000-123", "00123-456"]),
        ('"K-"00000', ["K-00123", "K-123456"]),
        ("00\\.00", ["01.23", "1234.56"]),
        ("0", ["123", "123456"]),
        ('0 "km"', ["123", "123456"]),
        ("0,000", ["123", "123456"]),
        ("#,##0.00", ["123", "123456"]),
        ("0.00", ["123", "123456"]),
        ("000.0", ["123", "123456"]),
    ],
)
def test_zeros_that_are_shown_are_read(tmp_path, code, shown):
    """An id that Excel shows as 00123 is that id; a price of 1.00 is one."""

    def write(workbook: Any) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["id", "n"])
        for row, value in enumerate((123, 123456), start=1):
            sheet.write(row, 0, value, workbook.add_format({"num_format": code}))
            sheet.write(row, 1, value)

    frame = book(tmp_path, write).frame
    assert frame.to_dict("list") == {"id": shown, "n": ["123", "123456"]}


def test_long_numbers_have_an_exponent(tmp_path):
    """Excel keeps 15 digits: one with more is no id, and looks like none."""
    table = book(tmp_path, rows(("id",), (123456789012345,), (1234567890123450,)))
    assert table.frame["id"].tolist() == ["123456789012345", "1.23456789012345e+15"]


def test_hidden_rows_and_columns_are_said(tmp_path):
    """They are read, and counted."""

    def write(workbook: Any) -> None:
        sheet = workbook.add_worksheet()
        for row in range(6):
            sheet.write_row(row, 0, [f"a{row}", "b", "c"])
        sheet.write(0, 1, "key")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})

    table = book(tmp_path, write)
    rows_note, columns_note = table.notes
    assert len(table.frame) == 5
    assert (rows_note.row, "(rows: 2)" in rows_note.expected) == (3, True)
    assert columns_note.expected.endswith(": key")


def test_errors_and_uncalculated_formulas_are_said(tmp_path, monkeypatch):
    """They are read as empty; blocks of any size tell the same."""
    monkeypatch.setattr(sheet_look, "_BLOCK", 40)

    def write(workbook: Any) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["id", "lookup", "sum", "text", "fine"])
        sheet.write_row(1, 0, ["a"])
        sheet.write_formula(1, 1, "=NA()", None, "#N/A")
        sheet.write_formula(1, 2, "=1+1", None, "")
        sheet.write_formula(1, 3, '=""', None, "x")
        sheet.write_formula(1, 4, "=1+1", None, 2)

    table = book(tmp_path, write)
    assert table.frame.iloc[0].tolist() == ["a", "", "", "x", "2"]
    said = {note.column: note.expected for note in table.notes}
    assert "errors (#N/A) are read as empty (rows: 1)" in said.pop("lookup")
    assert "no spreadsheet program has calculated" in said.pop("sum")
    assert said == {}


def test_formulas_left_to_excel_are_said(tmp_path):
    """A program that calculates nothing writes 0, and says that Excel shall."""
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["id", "sum"])
        sheet.write(1, 0, "a")
        sheet.write_formula(1, 1, "=1+1")
    table = read_table(path, path.name)
    assert table.frame["sum"].tolist() == ["0"]
    (note,) = table.notes
    assert (note.column, note.row) == ("sum", 2)


def test_half_swapped_dates_are_refused(tmp_path):
    """Where some days became dates and others stayed text, both may be wrong."""

    def write(workbook: Any) -> None:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["id", "at"])
        sheet.write_row(1, 0, ["a", "25/07/2026 08:00"])
        sheet.write(2, 0, "b")
        sheet.write_datetime(2, 1, datetime(2026, 7, 9), day)

    (note,) = book(tmp_path, write).notes
    assert (note.severity, note.column, note.row) == ("error", "at", 2)
    assert "1 are dates, such as row 3 (2026-07-09" in note.expected


def test_other_sheets_are_named(tmp_path):
    """The first is read and the others said; a cover is refused."""
    table, cover = rows(("id", "b"), ("x", 1)), rows(("Read me",), ("Exported",))
    (note,) = book(tmp_path, table, cover, table).notes
    assert "others: Sheet2, Sheet3" in note.expected
    assert book(tmp_path, table, cover, sheet="Sheet1").notes == ()
    assert book(tmp_path, table, lambda workbook: workbook.add_worksheet()).notes == ()
    with pytest.raises(DataError, match="are Sheet2: `sheet: Sheet2`"):
        book(tmp_path, cover, table)


def test_hidden_sheets_are_not_read(tmp_path):
    """Dynamics keeps one of its own beside the table."""

    def hidden(workbook: Any) -> None:
        sheet = workbook.add_worksheet("hiddenSheet")
        sheet.write_row(0, 0, ["a", "b"])
        sheet.very_hidden()

    table = rows(("id", "b"), ("x", 1))
    read = book(tmp_path, table, hidden)
    assert (read.names, read.notes) == (["id", "b"], ())


def test_a_formatted_report(tmp_path):
    """Title above, total and copyright below, groups and a column without a name."""
    report = rows(
        ("Leads",),
        ("", "Filtered by", "x"),
        (),
        ("Owner", "Lead", "Amount", "", "Stage"),
        ("Anna", "A", 1, "", "New"),
        ("", "B", 2, "note", "New"),
        (),
        ("Total", "", 3),
        ("Copyright (c) 2026",),
    )
    with pytest.raises(DataError, match=r"row 1: .*`header_row: 4`"):
        book(tmp_path, report)
    with pytest.raises(DataError, match=r"row 8: .*`skip_footer: 2`"):
        book(tmp_path, report, header_row=4)
    keys = {"header_row": 4, "skip_footer": 2, "fill_down": ["Owner"]}
    table = book(tmp_path, report, **keys)
    assert table.frame.iloc[1].tolist() == ["Anna", "B", "2", "note", "New"]
    assert table.names[3] == "column 4"
    assert table.rows.tolist() == [5, 6]

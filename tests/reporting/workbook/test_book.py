"""A workbook holds texts as texts, and nothing in it acts."""

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from reporting.workbook.book import written_book
from reporting.workbook.cells import MOST_LETTERS, cut_text
from reporting.workbook.sheet import PERCENT, Sheet

DAY = datetime(2026, 9, 7)
HOSTILE = [
    "=1+1",
    "+49 30 1234",
    "-2",
    "@SUM(A1)",
    "007",
    "123456789012345678",
    "https://evil.example/?a=1",
    "<script>alert(1)</script>",
    "_x0041_",
    "mailto:a@b.example",
    "{=1}",
]


def book_of(*sheets, most_rows=2**20 - 1):
    return written_book(sheets, "title", DAY, most_rows)


def cells_of(book, name):
    with CalamineWorkbook.from_filelike(BytesIO(book.content)) as opened:
        return opened.get_sheet_by_name(name).to_python()


def xml_of(book):
    with ZipFile(BytesIO(book.content)) as parts:
        return {name: parts.read(name).decode() for name in parts.namelist()}


def test_texts_stay_texts():
    """No formula, no link, no number that has lost its zeros; nor in a header."""
    table = pd.DataFrame({"=id": HOSTILE}, dtype=object)
    book = book_of(Sheet("Leads", table))
    assert [row[0] for row in cells_of(book, "Leads")] == ["=id", *HOSTILE]
    parts = xml_of(book)
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet and "hyperlink" not in sheet
    assert not [name for name in parts if "external" in name.lower() or "vba" in name]
    assert not [name for name in parts if name.endswith("sheet1.xml.rels")]


def test_numbers_dates_and_nothing_are_what_they_are():
    moment = pd.Timestamp("2026-09-07T06:30Z").tz_convert(ZoneInfo("Europe/Berlin"))
    table = pd.DataFrame(
        {
            "share": [0.25, np.nan],
            "count": [3, 4],
            "at": [moment, pd.NaT],
            "true": [True, False],
            "mixed": [7, "text"],
        }
    )
    book = book_of(Sheet("All", table, {"share": PERCENT}))
    _, first, second = cells_of(book, "All")
    assert first == [0.25, 3.0, datetime(2026, 9, 7, 8, 30), True, 7.0]
    assert second == ["", 4.0, "", False, "text"]
    assert '"0.0%"' in xml_of(book)["xl/styles.xml"]


@pytest.mark.parametrize("text", ["\x1b[31m", "a\x00b", "\ud800", "\ufffe", "a\u202eb"])
def test_what_acts_unseen_is_written_visibly(text):
    table = pd.DataFrame({"name": [text]}, dtype=object)
    cell = cells_of(book_of(Sheet("S", table)), "S")[1][0]
    assert cell.isprintable() and cell != text


def test_long_texts_are_cut_and_that_is_said():
    """Letters beyond the first plane count twice, as in Excel."""
    text = "😀" * 20_000
    book = book_of(Sheet("S", pd.DataFrame({"a": [text]}, dtype=object)))
    cell = cells_of(book, "S")[1][0]
    assert cell.endswith("[cut: 20,000 letters]") and cell.startswith("😀😀")
    assert len(cell.encode("utf-16-le")) <= 2 * MOST_LETTERS
    assert "20,000 letters" in book.notes[0]
    assert cut_text("a" * MOST_LETTERS) == "a" * MOST_LETTERS


def test_a_table_goes_on_in_another_sheet():
    table = pd.DataFrame({"a": range(7)})
    book = book_of(Sheet("Leads", table), most_rows=3)
    rows = [cells_of(book, name)[1:] for name in ("Leads", "Leads 2", "Leads 3")]
    assert [cell for part in rows for (cell,) in part] == list(range(7))
    assert "7 rows" in book.notes[0] and "Leads 3" in book.notes[0]


def test_the_column_to_fill_in_offers_the_other_sheet():
    leads = Sheet(
        "Leads",
        pd.DataFrame({"lead": ["L1", "L2"], "rep": ["", ""]}, dtype=object),
        edited=("rep",),
        choices={"rep": ("It's reps", "who")},
    )
    reps = Sheet("It's reps", pd.DataFrame({"who": ["A", "B", "C"]}, dtype=object))
    sheet = xml_of(book_of(leads, reps))["xl/worksheets/sheet1.xml"]
    assert "'It''s reps'!$A$2:$A$4" in sheet and 'sqref="B2:B3"' in sheet
    assert "autoFilter" in sheet and 'state="frozen"' in sheet


def test_the_same_sheets_give_the_same_bytes():
    table = pd.DataFrame({"a": HOSTILE}, dtype=object)
    first, again = (book_of(Sheet("S", table)).content for _ in range(2))
    assert first == again


def test_an_empty_table_is_a_header():
    table = pd.DataFrame({"a": pd.Series(dtype=object)})
    assert cells_of(book_of(Sheet("S", table)), "S") == [["a"]]

"""Excel and Parquet files read as the same text cells as CSV."""

import sys
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from crm import DataError
from crm.formats import read_table
from crm.layout import Layout


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a workbook: a title-less table that starts at B3, and an empty sheet."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        clock = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet = workbook.add_worksheet("Leads")
        sheet.write_row(2, 1, ["id", "size", "day", "time", "open"])
        sheet.write_string(3, 1, "00123")
        sheet.write_number(3, 2, 123)
        sheet.write_datetime(3, 3, datetime(2026, 9, 7), day)
        sheet.write_datetime(3, 4, datetime(2026, 9, 7, 8, 30), clock)
        sheet.write_boolean(3, 5, True)
        sheet.write_row(5, 1, [7, 0.1])
        workbook.add_worksheet("Empty")
    return path


def test_excel_cells_are_kept(book):
    """Ids keep their zeros, whole numbers have no point, dates are ISO."""
    table = read_table(book, "book.xlsx")
    assert table.frame.to_dict("list") == {
        "id": ["00123", "7"],
        "size": ["123", "0.1"],
        "day": ["2026-09-07", ""],
        "time": ["2026-09-07T08:30:00", ""],
        "open": ["true", ""],
    }
    assert table.rows.tolist() == [4, 6]


@pytest.mark.parametrize(
    ("sheet", "message"),
    [("Lead", "there are Leads, Empty; did you mean 'Leads'"), ("Empty", "is empty")],
)
def test_excel_sheets(book, sheet, message):
    """A sheet that is not there or has nothing is refused."""
    with pytest.raises(DataError, match=message):
        read_table(book, "book.xlsx", Layout(file="book.xlsx", sheet=sheet))


@pytest.mark.parametrize("damage", ["csv", "cut", "flipped"])
def test_damaged_workbooks_are_refused(book, damage):
    """Text named .xlsx, half a file and flipped bytes give a DataError."""
    content = book.read_bytes()
    flipped = bytes(byte ^ 255 for byte in content[300:400])
    book.write_bytes(
        {
            "csv": b"a,b\n1,2\n",
            "cut": content[:2000],
            "flipped": content[:300] + flipped + content[400:],
        }[damage]
    )
    with pytest.raises(DataError, match=r"not a readable \.xlsx file"):
        read_table(book, "book.xlsx")


@pytest.mark.parametrize(
    ("suffix", "package"), [("xlsx", "python_calamine"), ("parquet", "pyarrow")]
)
def test_an_absent_package_is_named(tmp_path, monkeypatch, suffix, package):
    """The message says what to install."""
    path = tmp_path / f"t.{suffix}"
    path.write_bytes(b"x")
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(DataError, match=r'pip install "rightrep\['):
        read_table(path, path.name)


def test_parquet_cells_are_text(tmp_path):
    """Numbers, times, truth, lists and missing cells become what CSV would hold."""
    pytest.importorskip("pyarrow")
    path = tmp_path / "t.parquet"
    frame = pd.DataFrame(
        {
            "id": ["001", "b"],
            "size": [1.0, None],
            "at": pd.to_datetime(["2026-01-01", None], utc=True),
            "day": [date(2026, 1, 1), None],
            "parts": [["a", "b"], []],
            "open": [True, None],
        },
        index=["x", "y"],
    )
    frame.to_parquet(path)
    table = read_table(path, "t.parquet")
    assert table.frame.to_dict("list") == {
        "id": ["001", "b"],
        "size": ["1", ""],
        "at": ["2026-01-01T00:00:00+00:00", ""],
        "day": ["2026-01-01", ""],
        "parts": ["a|b", ""],
        "open": ["true", ""],
    }
    assert table.rows.tolist() == [2, 3]


def test_damaged_parquet_is_refused(tmp_path):
    """Text named .parquet gives a DataError."""
    pytest.importorskip("pyarrow")
    path = tmp_path / "t.parquet"
    path.write_text("PAR1 is not enough PAR1")
    with pytest.raises(DataError, match="not a readable Parquet file"):
        read_table(path, "t.parquet")


def test_a_packed_parquet_file_is_refused(tmp_path):
    """A small file of millions of equal cells does not fill the memory."""
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    codes = pyarrow.array([0]).take(pyarrow.array([0] * 6_000_000))
    cells = pyarrow.DictionaryArray.from_arrays(codes, ["x" * 10])
    path = tmp_path / "t.parquet"
    parquet.write_table(pyarrow.table({"id": cells}), path, compression="zstd")
    with pytest.raises(DataError, match="6,000,000 rows of 1 columns"):
        read_table(path, "t.parquet")


def test_repeated_texts_of_parquet_share_memory(tmp_path):
    """A column of few distinct texts is read with its missing cells in place."""
    pytest.importorskip("pyarrow")
    path = tmp_path / "t.parquet"
    pd.DataFrame({"id": pd.Categorical(["b", None, "a", "b"])}).to_parquet(path)
    cells = read_table(path, "t.parquet").frame["id"].tolist()
    assert cells == ["b", "", "a", "b"]
    assert cells[0] is cells[3]


def test_numbers_of_few_bits_keep_what_they_hold(tmp_path):
    """A float of four bytes is written shortly; one that lost digits looks like it."""
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    short = pyarrow.array([7.0, 123456789.0, 0.1, None], pyarrow.float32())
    path = tmp_path / "t.parquet"
    table = pyarrow.table({"short": short, "long": [7.0, 2.0**53, 0.1, None]})
    parquet.write_table(table, path)
    assert read_table(path, "t.parquet").frame.to_dict("list") == {
        "short": ["7", "1.2345679e+08", "0.1", ""],
        "long": ["7", "9.007199254740992e+15", "0.1", ""],
    }

"""CSV files are read whole or refused with the row."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm import DataError, cleaned, csv_text
from crm.formats import read_table
from crm.layout import Layout
from crm.table import Table, text_frame


def read_bytes(folder: Path, content: bytes, name: str = "t.csv") -> Table:
    path = folder / name
    path.write_bytes(content)
    return read_table(path, name)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "t.csv: the file is empty"),
        (b"\n \n", "t.csv: expected a header row"),
        (b"a,b\n1,\0\n", "t.csv, row 2: NUL"),
        (b"a,b\n1,2\n1,\xe9\n", "t.csv, row 3: byte 0xE9 is not UTF-8"),
        ("a,b\n".encode("utf-16-le"), "t.csv, row 1: NUL"),
        (b'a,b\n1,"2\n', "t.csv, row 2: a quote"),
        (b'a,b\n1,"2\n' + b"3,4\n" * 50_000, "t.csv, row 2: a quote"),
        (b'a,b\n1,"2"3\n', "t.csv, row 2: text after a closing quote"),
        (b"a,a\0,b\n1,2,3\n", "t.csv, row 1: NUL"),
        (b"PK\x03\x04", "t.csv: the file is an Excel file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "t.csv, row 1: byte 0x89"),
        (b"a,b\n" + b"x" * 2**21, "t.csv, row 2: a line is longer than 1 MiB"),
    ],
)
def test_damaged_files_are_refused(tmp_path, content, message):
    """The message names the place and what is wrong there."""
    with pytest.raises(DataError) as caught:
        read_bytes(tmp_path, content)
    assert str(caught.value).startswith(message)


def test_every_ragged_row_is_reported(tmp_path):
    """Short and long rows are all named, blank ones are not."""
    with pytest.raises(DataError) as caught:
        read_bytes(tmp_path, b"a,b\n1,2\n\n1\n1,2,3\n,\n4\n")
    rows = [issue.row for issue in caught.value.issues]
    assert rows == [4, 7, 5]


def test_many_ragged_rows_are_counted(tmp_path):
    """Twenty are listed, then one line counts the rest."""
    with pytest.raises(DataError) as caught:
        read_bytes(tmp_path, b"a,b\n" + b"1\n" * 100)
    assert len(caught.value.issues) == 21
    assert "80 more like it" in str(caught.value)


def test_rows_are_numbered_as_in_a_spreadsheet(tmp_path):
    """Blank rows count, and a cell of two lines is still one row."""
    table = read_bytes(tmp_path, b'\na,b\n"x\ny",2\n\n3,4\n')
    assert table.rows.tolist() == [3, 5]
    assert list(table.frame["a"]) == ["x y", "3"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_dialects(tmp_path, newline, mark, delimiter):
    """Line ends, byte order mark and delimiter make no difference."""
    lines = [["id", " näme "], ["1", ' "x,;y"']]
    lines[1][1] = '"x,;y"'
    text = mark + newline.join(delimiter.join(cells) for cells in lines)
    table = read_bytes(tmp_path, text.encode())
    assert table.frame.to_dict("list") == {"id": ["1"], "näme": ["x,;y"]}


def test_only_files_are_read(tmp_path):
    """A folder, a missing file, another suffix and a needless sheet are refused."""
    (tmp_path / "t.ods").write_text("a,b\n")
    (tmp_path / "d.csv").mkdir()
    (tmp_path / "s.csv").write_text("a,b\n")
    for name, sheet, message in (
        ("t.csv", None, "no such file; there is t.ods"),
        ("d.csv", None, "not a folder"),
        ("t.ods", None, "expected a file ending in one of .csv, .tsv, .txt, .xlsx"),
        ("s.csv", "Sheet1", "`sheet`: only .xlsx, .xls files have it"),
    ):
        with pytest.raises(DataError, match=message):
            read_table(tmp_path / name, name, Layout(file=name, sheet=sheet))


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8).map(
    cleaned
)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_what_is_written_reads_back(tmp_path_factory, pairs):
    """Any text as it looks survives csv_text and reading, blank rows aside."""
    folder = tmp_path_factory.mktemp("csv")
    filled = [pair for pair in pairs if any(pair)]
    columns = [[pair[k] for pair in filled] for k in (0, 1)]
    frame = text_frame(["a", "b"], columns)
    back = read_bytes(folder, csv_text(frame).encode())
    assert back.frame.to_dict("list") == {"a": columns[0], "b": columns[1]}


def test_columns_that_share_a_name_are_told_apart(tmp_path):
    """As two e-mail columns of a contact; none of them is taken for the right one."""
    table = read_bytes(tmp_path, b"Email,a, Email ,b\n1,2,3,4\n")
    assert list(table.frame) == ["Email (column 1)", "a", "Email (column 3)", "b"]
    assert table.frame.iloc[0].tolist() == ["1", "2", "3", "4"]
    [note] = table.notes
    assert note.severity == "warning" and note.value == "Email"
    assert "called Email (column 1), Email (column 3)" in note.expected

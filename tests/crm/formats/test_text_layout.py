"""The keys of a text file: each is found by itself, or the message names it."""

import gzip

import pytest
from pydantic import ValidationError

from crm import DataError, Source
from crm.formats import utf8
from crm.layout import Layout
from tests.crm.formats.text_files import read_bytes

TABLE = "id;amount\n1;1,5\n2;2,25\n"
REPORT = """\
owner,lead,country,amount
Anna,A,Germany,1
Björn,B,France,2

Leads with owner
"Copyright (c) 2000-2026 salesforce.com, inc."
Confidential Information - Do Not Distribute
"""


@pytest.mark.parametrize("name", ["t.csv", "t.tsv", "t.txt", "t.CSV"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path, name, separator):
    """Whatever the ending says, the header and the rows below tell."""
    lines = [
        ["id", "lists", "amount"],
        ["1", "a|b,c;d" if separator == "\t" else "x", "2"],
    ]
    text = "\n".join(map(separator.join, lines))
    table = read_bytes(tmp_path, text.encode(), name)
    assert table.frame.iloc[0].tolist() == lines[1]


def test_decimal_commas_are_no_separators(tmp_path):
    """A comma in every row but not in the header separates nothing."""
    frame = read_bytes(tmp_path, TABLE.encode()).frame
    assert frame.to_dict("list") == {"id": ["1", "2"], "amount": ["1,5", "2,25"]}


def test_one_column_needs_no_separator(tmp_path):
    """A list of names with a semicolon in one of them stays a list of names."""
    frame = read_bytes(tmp_path, b"company\nNova\nAlba; Sons\n").frame
    assert frame["company"].tolist() == ["Nova", "Alba; Sons"]


@pytest.mark.parametrize(
    ("content", "keys", "message"),
    [
        (b"a,b;c\n1,2;3\n", {}, "',' and ';' both make 2 columns"),
        (TABLE.encode(), {"separator": ","}, "';' makes 2"),
        (b"a\n1\n", {"sheet": "S"}, "`sheet`: only .xlsx, .xls files"),
        (b"a\n1\n", {"header_row": 5}, r"row 5: `header_row`: there is no text"),
        (b"a\n1\n", {"fill_down": ["b"]}, "`fill_down` names it, no such column"),
        ("ä\n1\n".encode(), {"encoding": "cp1252"}, "the file is UTF-8: 'ä' would"),
        ("\ufeffa\n".encode(), {"encoding": "cp1252"}, "byte order mark utf-8"),
        (b"a\n\x81\n", {"encoding": "cp1252"}, "row 2: byte 0x81 is not cp1252"),
        ("Müller\n1\n".encode("cp1252"), {}, "`encoding: cp1252` reads 'Müller'"),
        ("Müller\n1\n".encode("mac_roman"), {}, "`encoding: mac_roman` reads 'Müller'"),
        ("Москва\n1\n".encode("cp1251"), {}, "`encoding: cp1251` reads 'Москва'"),
        ("Łódź\n1\n".encode("cp1250"), {}, "`encoding: cp1250` reads 'Łódź'"),
    ],
)
def test_keys_that_disagree_with_the_file(tmp_path, content, keys, message):
    """The message says what the file has, and which key mends it."""
    with pytest.raises(DataError, match=message):
        read_bytes(tmp_path, content, **keys)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-16", None),
        ("utf-8-sig", None),
        ("cp1252", "cp1252"),
        ("cp1252", "windows-1252"),
        ("mac_roman", "mac_roman"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16", "utf-16"),
    ],
)
def test_encodings(tmp_path, encoding, said):
    """A byte order mark tells by itself, other encodings are said."""
    text = "größe\tort\r\n1\tMünchen\r\n"
    table = read_bytes(tmp_path, text.encode(encoding), encoding=said)
    assert table.frame.to_dict("list") == {"größe": ["1"], "ort": ["München"]}


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"encoding": "cp12"}, "expected the name of an encoding"),
        ({"encoding": "rot13"}, "expected the name of an encoding"),
        ({"separator": "ab"}, "expected one character"),
        ({"separator": '"'}, "expected one character"),
        ({"header_row": 0}, "greater than or equal to 1"),
        ({"skip_footer": -1}, "greater than or equal to 0"),
    ],
)
def test_keys_that_cannot_be(keys, message):
    """No key takes what no file has."""
    with pytest.raises(ValidationError, match=message):
        Layout(file="t.csv", **keys)


def test_tab_has_a_word(tmp_path):
    """Nobody sees a tab in a scenario."""
    assert Layout(file="t.csv", separator="tab").separator == "\t"
    frame = read_bytes(tmp_path, b"a,b\tc\n1,2\t3\n", separator="TAB").frame
    assert frame["a,b"].tolist() == ["1,2"]


def test_sources_of_one_layout_are_read_once():
    """What says nothing of the file makes no difference to its layout."""
    one = Source(file="t.csv", header_row=2, columns={"a": "b"})
    assert one.layout == Layout(file="t.csv", header_row=2)


def test_packed_text_is_unpacked(tmp_path):
    """A .csv.gz is read, also of several members, cut ones and bombs are refused."""
    packed = gzip.compress(b"a,b\n1,2\n") + gzip.compress(b"3,4\n")
    assert read_bytes(tmp_path, packed, "t.csv.gz").frame["b"].tolist() == ["2", "4"]
    for content, message in (
        (packed[:-3], "not a readable .gz file"),
        (b"a,b\n", "not a readable .gz file"),
        (gzip.compress(b"a\n" + b"1\n" * 2**26), "unpacks to 101 MB or more"),
    ):
        with pytest.raises(DataError, match=message):
            read_bytes(tmp_path, content, "t.csv.gz")
    with pytest.raises(DataError, match=r"name it \.gz"):
        read_bytes(tmp_path, packed, "t.csv")


def test_vast_texts_of_other_encodings_are_refused(tmp_path, monkeypatch):
    """What has to be decoded at once is bounded."""
    monkeypatch.setattr(utf8, "MOST_DECODED", 10)
    with pytest.raises(DataError, match="in an encoding that is not UTF-8"):
        read_bytes(tmp_path, "größe\n1\n".encode("utf-16"))


def test_a_title_is_no_header(tmp_path):
    """The message says which row looks like the header; the key makes it so."""
    text = b"Leads\nAs of today\n\nid,country,amount\n1,DE,5\n2,FR,6\n"
    with pytest.raises(DataError, match=r"row 1: 'Leads': .*`header_row: 4`"):
        read_bytes(tmp_path, text)
    table = read_bytes(tmp_path, text, header_row=4)
    assert table.names == ["id", "country", "amount"]
    assert table.rows.tolist() == [5, 6]


def test_a_footer_is_left_out_when_said(tmp_path):
    """Without the key the message has the number of rows, with it they are gone."""
    with pytest.raises(DataError, match=r"row 5: .*3 rows look .*`skip_footer: 3`"):
        read_bytes(tmp_path, REPORT.encode())
    table = read_bytes(tmp_path, REPORT.encode(), skip_footer=3)
    assert table.frame["lead"].tolist() == ["A", "B"]
    assert table.notes == ()


def test_a_footer_that_takes_data_is_said(tmp_path):
    """One row too many is named."""
    table = read_bytes(tmp_path, REPORT.encode(), skip_footer=4)
    (note,) = table.notes
    assert (note.row, note.value) == (3, "Björn")


def test_a_footer_as_wide_as_the_table(tmp_path):
    """A total is refused; a last row with one cell is named, or said to be data."""
    text = "a,b,c,d\n1,2,3,4\n5,6,7,8\n{},,,\n"
    with pytest.raises(DataError, match="`skip_footer: 1`"):
        read_bytes(tmp_path, text.format("Total").encode())
    (note,) = read_bytes(tmp_path, text.format("9").encode()).notes
    assert "`skip_footer: 0`" in note.expected
    assert read_bytes(tmp_path, text.format("9").encode(), skip_footer=0).notes == ()
    company = text.format("Total Energies").replace(",,,", ",1,2,3")
    assert read_bytes(tmp_path, company.encode()).notes == ()


def test_groups_are_filled_down(tmp_path):
    """An empty cell means the one above; where there is none, a note says so."""
    text = b"owner,lead\n,0\nAnna,1\n,2\nBo,3\n,4\n"
    table = read_bytes(tmp_path, text, fill_down=["owner"])
    assert table.frame["owner"].tolist() == ["", "Anna", "Anna", "Bo", "Bo"]
    assert "no cell above (rows: 1)" in table.notes[0].expected


def test_columns_without_a_name(tmp_path):
    """Empty ones are skipped, filled ones are called by their place, and said."""
    table = read_bytes(tmp_path, b",id,,,to\n0,a,, ,5\n1,b,x,,6\n")
    assert table.names == ["column 1", "id", "column 3", "to"]
    (note,) = table.notes
    assert "called column 1, column 3" in note.expected


def test_a_title_may_hold_a_separator(tmp_path):
    """The rows of the table tell, not the lines above it."""
    text = b"Leads; all\nAs of today; now\nid,country,n\n1,DE,5\n2,FR,6\n3,FR,6\n"
    assert read_bytes(tmp_path, text, header_row=3).names == ["id", "country", "n"]


def test_one_row_too_wide_makes_no_title_of_the_header(tmp_path):
    """A separator that is not quoted is what the message is about."""
    text = b"a,b,c\n1,2,3\n1,2,3,4,5,6,7,8\n1,2,3\n"
    with pytest.raises(DataError, match="row 3: '8 cells': expected 3"):
        read_bytes(tmp_path, text)


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"'])
def test_the_separator_that_excel_declares(tmp_path, line):
    """A first line for Excel is no header, and rows keep their numbers."""
    table = read_bytes(tmp_path, f"{line}\r\na;b,c\r\n1;2,3\r\n".encode())
    assert table.frame.to_dict("list") == {"a": ["1"], "b,c": ["2,3"]}
    assert table.rows.tolist() == [3]


def test_separators_inside_quotes_separate_nothing(tmp_path):
    """A header alone, whose one name has more of another separator."""
    text = b'id,"a;b;c"\n'
    assert read_bytes(tmp_path, text).names == ["id", "a;b;c"]
    rows = b'"a;1";"b,c,d"\n"1,1,1";"2"\n'
    assert read_bytes(tmp_path, rows).names == ["a;1", "b,c,d"]

"""The quick reader and the strict one give the same cells, or the quick one none."""

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm import DataError, cleaned
from crm.formats import quick_csv
from crm.formats.appearance import as_it_looks
from crm.formats.quick_csv import quick_table
from crm.formats.strict_csv import strict_table
from crm.layout import Layout
from crm.table import Table
from tests.crm.formats.text_files import read_bytes

PIECES = ["a", "ä", " ", '"', '""', ",", ";", "\t", "\n", "\r\n", "\r", "\ufeff", "|"]
PIECES += ["\ufeff" + '"', '"x"', "\xa0", "\0", "é\u0301", "1.5", ",,", "\n\n", "\x0b"]
LAYOUT = Layout(file="t.csv")
CELLS = st.text(st.sampled_from('ab ,;"\n\r\täé\xa0|'), max_size=6)


def strict(content: bytes, separator: str) -> Table | None:
    try:
        return as_it_looks(strict_table(BytesIO(content), "t.csv", separator, LAYOUT))
    except DataError:
        return None


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    """Rows are parted between blocks."""
    monkeypatch.setattr(quick_csv, "BLOCK", 7)


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(",;\t|"))
def test_any_text_is_read_the_same(pieces, separator):
    """What the strict reader refuses, the quick one does not read."""
    content = "".join(pieces).encode()
    quick = quick_table(BytesIO(content), "t.csv", separator, LAYOUT)
    if quick is None:
        return
    slow = strict(content, separator)
    assert slow is not None
    assert_same(quick, slow)


def assert_same(quick: Table, slow: Table) -> None:
    assert quick.frame.to_dict("list") == slow.frame.to_dict("list")
    assert quick.rows.tolist() == slow.rows.tolist()
    assert set(quick.notes) == set(slow.notes)


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.tuples(*[CELLS] * width), min_size=1, max_size=9)
    ),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_what_python_writes_is_read_quickly(rows, separator, end, last_end):
    """Any cells, written by Python's csv, come back, and blank rows do not."""
    text = StringIO()
    names = [f"c{place}" for place in range(len(rows[0]))]
    has_returns = "\r" in "".join(map("".join, rows))
    quoting = csv.QUOTE_ALL if has_returns else csv.QUOTE_MINIMAL
    writer = csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerows([names, *rows])
    content = text.getvalue().encode()
    content = content if last_end else content.removesuffix(end.encode())
    filled = [row for row in rows if any(map(str.strip, row))]
    expected = [tuple(cleaned(cell) for cell in row) for row in filled]
    slow = strict(content, separator)
    assert slow is not None
    assert cells_of(slow) == expected
    quick = quick_table(BytesIO(content), "t.csv", separator, LAYOUT)
    if not has_returns:
        assert quick is not None
        assert_same(quick, slow)


def cells_of(table: Table) -> list[tuple[str, ...]]:
    return list(table.frame.itertuples(index=False, name=None))


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_large_file_is_read_as_a_small_one(tmp_path, newline, monkeypatch):
    """Blocks of usual size, quotes and blank rows inside."""
    monkeypatch.undo()
    lines = [f'{k},"a ""{k % 7}"", b",{k % 3}' for k in range(60_000)]
    lines[1234] = ""
    table = read_bytes(tmp_path, newline.join(["id,text,k", *lines]).encode())
    expected = [line.split(",")[0] for line in lines if line]
    assert table.frame["id"].tolist() == expected
    assert table.frame["text"].tolist()[1234] == 'a "3", b'
    assert table.rows[1233:1235].tolist() == [1235, 1237]

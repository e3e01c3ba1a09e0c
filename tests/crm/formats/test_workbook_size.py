"""A workbook that unpacks to more than memory holds is refused before it is read."""

import pytest

from crm import DataError
from crm.formats import read_table, workbook_size
from tests.crm.formats.forged_books import cell, forge, vast_books

pytest.importorskip("python_calamine")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "message"),
    [(content, message) for _, content, message in vast_books()],
    ids=[name for name, _, _ in vast_books()],
)
def test_vast_workbooks_are_refused(tmp_path, content, message):
    """A far cell, an absurd place and a bomb are named, and nothing is unpacked."""
    path = forge(tmp_path / "leads.xlsx", **content)
    with pytest.raises(DataError, match=message):
        read_table(path, path.name)


def test_a_forged_size_is_refused(tmp_path):
    """A part that unpacks to more than its directory says is damaged."""
    path = forge(tmp_path / "leads.xlsx", cell("") * 1000)
    content = path.read_bytes()
    with workbook_size.ZipFile(path) as book:
        size = book.getinfo("xl/worksheets/sheet1.xml").file_size
    little = content.replace(size.to_bytes(4, "little"), b"\x20\0\0\0")
    assert little != content
    path.write_bytes(little)
    with pytest.raises(DataError, match="not a readable"):
        read_table(path, path.name)


def test_many_parts_are_refused(tmp_path, monkeypatch):
    """A directory without end is no workbook."""
    monkeypatch.setattr(workbook_size, "MOST_PARTS", 3)
    path = forge(tmp_path / "leads.xlsx", "")
    with pytest.raises(DataError, match="has 5 parts"):
        read_table(path, path.name)


def test_cells_without_a_place_are_read(tmp_path):
    """Programs that leave out places, or add prefixes, are understood."""
    rows = f"<row>{cell('')}</row><x:row>{cell('').replace('c ', 'x:c ', 1)}</x:row>"
    path = forge(tmp_path / "leads.xlsx", rows.replace("</c></x", "</x:c></x"))
    assert read_table(path, path.name).frame["lead_id"].tolist() == ["x", "x"]


def test_a_panic_of_the_reading_library_is_a_data_error(tmp_path, monkeypatch):
    """What its Rust code cannot handle is no crash of ours."""
    python_calamine = pytest.importorskip("python_calamine")

    class PanicException(BaseException):
        pass

    def panic(_):
        raise PanicException("capacity overflow")

    monkeypatch.setattr(python_calamine.CalamineWorkbook, "from_path", panic)
    path = forge(tmp_path / "leads.xlsx", "")
    with pytest.raises(DataError, match=r"not a readable .*capacity overflow"):
        read_table(path, path.name)

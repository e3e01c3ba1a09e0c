"""Workbooks as an attacker, or an odd program, writes them."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="r1" Type="{_OFFICE}/{{}}" Target="{{}}"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>"
)
HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>lead_id</t></is></c></row>'


def forge(
    path: Path, rows: str, shared: str = "", part: str = "worksheets/sheet1.xml"
) -> Path:
    """Write a workbook of one sheet with these rows, and return its path."""
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels", _LINKS.format("officeDocument", "xl/workbook.xml")
        )
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", _LINKS.format("worksheet", part))
        sheet = f"<sheetData>{HEADER}{rows}</sheetData>"
        archive.writestr(
            f"xl/{part}", f'<worksheet xmlns="{_MAIN}">{sheet}</worksheet>'
        )
        archive.writestr("xl/sharedStrings.xml", f"<sst>{shared}</sst>")
    return path


def cell(place: str, text: str = "x") -> str:
    """Return a cell with its text inside; `place` is an attribute, or nothing."""
    return f'<c {place} t="inlineStr"><is><t>{text}</t></is></c>'


def vast_books() -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield workbooks that memory does not hold, and what must be said of them."""
    far, place = "cells far from the table", "has the place"
    yield "far", {"rows": _row("XFD1048576")}, far
    odd = "<row>" + cell("R='A1' r\n = 'xfd1048576'") + "</row>"
    yield "far, oddly written", {"rows": odd, "part": "odd/thing.bin"}, far
    yield "far row", {"rows": f'<row r="1048000">{cell("") * 100}</row>'}, far
    wide = f"<row>{cell('') * 16000}</row>" + "<row/>" * 70_000
    yield "without places", {"rows": wide + f"<row>{cell('')}</row>"}, far
    for odd in (
        "ZZZZZZ99999999999",
        "XFE3",
        "A1048577",
        "A0",
        "$C$3",
        "3",
        "A99999999",
    ):
        yield f"at {odd}", {"rows": _row(odd)}, "has the place|readable"
    yield "absurd", {"rows": _row("ZZZZZZ99999999999")}, place
    text = f"<si><t>{'x' * 3_000_000}</t></si>"
    yield "vast text", {"rows": "", "shared": text}, "vast text"
    texts = "<si><t>xy</t></si>" * 6_500_000
    yield "many texts", {"rows": "", "shared": texts}, "times its size"


def _row(place: str) -> str:
    return "<row>" + cell(f'r="{place}"') + "</row>"

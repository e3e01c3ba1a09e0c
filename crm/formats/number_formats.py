"""Number formats of a workbook that show zeros before a number."""

import re
from collections.abc import Mapping
from zipfile import ZipFile

from crm.formats.workbook_parts import workbook_part, xml_part

_PADDED = re.compile(r"0{2,}")
_COLOUR = re.compile(r"\[[A-Za-z]+[0-9]*\]")


def padded_styles(book: ZipFile) -> Mapping[bytes, int]:
    """Return the styles of cells whose format is zeros only, and how many they are."""
    part = workbook_part(book, "styles")
    root = xml_part(book, part) if part else None
    if root is None:
        return {}
    formats: dict[str, str] = {}
    styles: list[str] = []
    for element in root.iter():
        kind = element.tag.rpartition("}")[2]
        if kind == "numFmt":
            formats[element.get("numFmtId", "")] = element.get("formatCode", "")
        elif kind == "cellXfs":
            styles = [style.get("numFmtId", "") for style in element]
    widths = {number: _width(code) for number, code in formats.items()}
    return {
        str(place).encode(): widths[number]
        for place, number in enumerate(styles)
        if widths.get(number, 0)
    }


def _width(code: str) -> int:
    """Return with how many digits the format shows a number at least, 0 for others."""
    positive = _COLOUR.sub("", code.partition(";")[0])
    return len(positive) if _PADDED.fullmatch(positive) else 0

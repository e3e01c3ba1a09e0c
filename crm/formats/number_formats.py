"""Number formats of a workbook that show zeros before a number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from zipfile import ZipFile

from crm.formats.workbook_parts import workbook_part, xml_part

_COLOUR = re.compile(r"\[[A-Za-z]+[0-9]*\]")
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|([-+()/: 0])')
_FEWEST = 2
"""Zeros from which a format pads numbers."""


@dataclass(frozen=True)
class PaddedFormat:
    """A format of zeros, and perhaps of signs between them, such as ``00000-0000``.

    Attributes
    ----------
    signs
        What is shown, a ``None`` for each digit.
    """

    signs: tuple[str | None, ...]

    def shown(self, digits: str) -> str:
        """Return the digits of a whole number as the format shows them."""
        n_places = self.signs.count(None)
        digits = digits.zfill(n_places)
        places = iter([digits[: len(digits) - n_places + 1], *digits[-n_places:][1:]])
        return "".join(next(places) if s is None else s for s in self.signs)


def padded_styles(book: ZipFile) -> Mapping[bytes, PaddedFormat]:
    """Return the styles of cells whose format shows zeros before a whole number."""
    part = workbook_part(book, "styles")
    root = xml_part(book, part) if part else None
    if root is None:
        return {}
    formats: dict[str, PaddedFormat | None] = {}
    styles: list[str] = []
    for element in root.iter():
        kind = element.tag.rpartition("}")[2]
        if kind == "numFmt":
            code = element.get("formatCode", "")
            formats[element.get("numFmtId", "")] = padded_format(code)
        elif kind == "cellXfs":
            styles = [style.get("numFmtId", "") for style in element]
    return {
        str(place).encode(): padded
        for place, number in enumerate(styles)
        if (padded := formats.get(number)) is not None
    }


def padded_format(code: str) -> PaddedFormat | None:
    """Return the format of positive numbers; ``None`` where it pads none with zeros."""
    positive = _COLOUR.sub("", code)
    signs: list[str | None] = []
    end = 0
    while match := _TOKEN.match(positive, end):
        end = match.end()
        quoted, escaped, plain = match.groups()
        signs.append(None if plain == "0" else quoted or escaped or plain or "")
    is_whole = end == len(positive) or positive[end] == ";"
    return (
        PaddedFormat(tuple(signs))
        if is_whole and signs.count(None) >= _FEWEST
        else None
    )

"""Where the parts of an .xlsx file are."""

from posixpath import join, normpath
from xml.etree.ElementTree import Element, ParseError, fromstring
from zipfile import ZipFile

_ROOT = "_rels/.rels"
_MOST_BYTES = 2**24
"""Of a part that is read as a whole."""


def xml_part(book: ZipFile, name: str) -> Element | None:
    """Return a small part of the workbook; ``None`` where it is absent or odd."""
    try:
        if book.getinfo(name).file_size > _MOST_BYTES:
            return None
        return fromstring(book.read(name))
    except (KeyError, ParseError):
        return None


def workbook_part(book: ZipFile, kind: str) -> str | None:
    """Return the name of the part of this kind, such as ``styles``."""
    main = _main(book)
    targets = [target for _, k, target in _links(book, main) if k == kind]
    return targets[0] if targets else None


def was_calculated(book: ZipFile) -> bool:
    """Tell whether the program that wrote the workbook calculated its formulas."""
    root = xml_part(book, _main(book))
    ways = [] if root is None else [e for e in root.iter() if _local(e.tag) == "calcPr"]
    return not any(way.get("fullCalcOnLoad") in ("1", "true") for way in ways)


def sheet_part(book: ZipFile, name: str) -> str | None:
    """Return the name of the part that holds a sheet; ``None`` where none does."""
    main = _main(book)
    root = xml_part(book, main)
    if root is None:
        return None
    targets = {link: target for link, _, target in _links(book, main)}
    for sheet in root.iter():
        if _local(sheet.tag) == "sheet" and sheet.get("name") == name:
            links = [v for key, v in sheet.attrib.items() if _local(key) == "id"]
            part = targets.get(links[0]) if links else None
            return part if part in book.NameToInfo else None
    return None


def _main(book: ZipFile) -> str:
    mains = [target for _, kind, target in _links(book, "") if kind == "officeDocument"]
    return mains[0] if mains else "xl/workbook.xml"


def _links(book: ZipFile, part: str) -> list[tuple[str, str, str]]:
    """Return the id, the kind and the target of each link of a part."""
    folder, _, name = part.rpartition("/")
    root = xml_part(book, join(folder, "_rels", f"{name}.rels"))
    if root is None:
        return []
    return [
        (
            link.get("Id", ""),
            link.get("Type", "").rpartition("/")[2],
            normpath(join("/", folder, link.get("Target", ""))).lstrip("/"),
        )
        for link in root
    ]


def _local(name: str) -> str:
    return name.rpartition("}")[2]

"""What an output calls its figures: every label, and every cell with its labels."""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from io import StringIO
from typing import Any

HEADINGS = {"th", "dt", "caption", "figcaption", "h1", "h2", "h3", "title", "text"}
CELLS = {"td", "dd"}
VOID = {"br", "col", "hr", "img", "input", "link", "meta"}


@dataclass(frozen=True)
class Cell:
    """A cell of an output.

    Attributes
    ----------
    text
        What it says.
    labels
        What the output calls it; any one of them may be the name of the figure.
    """

    text: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Output:
    """What a command printed, or a file that it wrote.

    Attributes
    ----------
    name
        Where it is from.
    labels
        Everything that names figures.
    cells
        The figures.
    """

    name: str
    labels: tuple[str, ...]
    cells: tuple[Cell, ...]


def read_output(name: str, content: str) -> Output:
    """Return what an output calls its figures; its kind follows from its name."""
    kind = name.rpartition(".")[2]
    reader = {"json": _json, "csv": _csv, "html": _html, "svg": _html}.get(kind, _text)
    cells = tuple(reader(content))
    labels = dict.fromkeys(label for cell in cells for label in cell.labels)
    return Output(name, tuple(labels), tuple(cell for cell in cells if cell.text))


def _json(content: str) -> Iterator[Cell]:
    yield from _leaves(json.loads(content), ())


def _leaves(content: Any, path: tuple[str, ...]) -> Iterator[Cell]:
    """Yield the leaves, each under its whole path."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _leaves(value, (*path, str(key)))
    elif isinstance(content, list):
        for value in content:
            yield from _leaves(value, path)
    else:
        yield Cell(str(content), (" > ".join(path),))


def _csv(content: str) -> Iterator[Cell]:
    header, *rows = csv.reader(StringIO(content))
    yield from (Cell("", (name,)) for name in header)
    for row in rows:
        yield from (Cell(*of) for of in zip(row, [(n,) for n in header], strict=True))


def _text(content: str) -> Iterator[Cell]:
    """Yield the cells of tables, under the head of the column and that of the row."""
    for block in re.split(r"\n\s*\n", content):
        # Prose has no two blanks in a line.
        table = _table([line for line in block.splitlines() if "  " in line.strip()])
        for row in table[1:]:
            heads = zip(row[1:], table[0][1:], strict=True)
            yield from (Cell(text, (head, row[0])) for text, head in heads if head)
        if table and len(table[0]) == 2:
            yield from (Cell(row[1], (row[0],)) for row in table)


def _table(lines: Sequence[str]) -> list[list[str]]:
    """Return the lines cut where all have two blanks; nothing if they have none."""
    width = max(map(len, lines), default=0)
    padded = [line.ljust(width) for line in lines]
    blank = "".join(
        " " if all(line[at] == " " for line in padded) else "x" for at in range(width)
    )
    spans = [match.span() for match in re.finditer(r"x+(?: x+)*", blank)]
    if len(spans) < 2:
        return []
    return [[line[slice(*span)].strip() for span in spans] for line in padded]


def _html(content: str) -> Iterator[Cell]:
    page = _Page()
    page.feed(content)
    yield from page.cells


class _Page(HTMLParser):
    """Gathers headings, and the cells of tables and of lists of terms."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[Cell] = []
        self._open: list[str] = []
        self._said = ""
        self._columns: list[str] = []
        self._row: list[str] = []
        self._head = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        label = dict(attrs).get("aria-label")
        if label:
            self.cells.append(Cell("", (label,)))
        if tag == "table":
            self._columns = []
        if tag == "tr":
            self._row, self._head = [], ""
        if tag in HEADINGS | CELLS:
            self._said = ""
        if tag not in VOID:
            self._open.append(tag)

    def handle_data(self, data: str) -> None:
        self._said += data

    def handle_endtag(self, tag: str) -> None:
        said = " ".join(self._said.split())
        if tag in HEADINGS:
            self.cells.append(Cell("", (said,)))
        if tag in {"th", "td"}:
            self._in_table(tag, said)
        elif tag == "dt":
            self._head = said
        elif tag == "dd":
            self.cells.append(Cell(said, (self._head,)))
        while self._open and self._open.pop() != tag:
            pass

    def _in_table(self, tag: str, said: str) -> None:
        at = len(self._row)
        self._row.append(said)
        if "thead" in self._open:
            self._columns.append(said)
        elif tag == "th":
            self._head = said
        else:
            column = self._columns[at] if at < len(self._columns) else ""
            self.cells.append(Cell(said, (column, self._head)))

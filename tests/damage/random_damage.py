"""Damage drawn at random, several kinds at once: bytes, cells, rows, columns, YAML."""

import csv
import random
import re
from collections.abc import Callable
from pathlib import Path

from tests.damage.tables import CELLS, TABLES, Rows, csv_of, rows_of

ODD = (
    *CELLS,
    *("\u200b", "L001\u200b", "l001", "\u00a0", "e\u0301", "\x07", "R1\u202e", "\x85"),
    *("1e15", "-1e15", "0.1.2", "1,234.5", "TRUE", "2026-09-07", "07.09.2026", "#N/A"),
)
YAML = (
    *("true", "false", "null", "1.0", "-1", "1e400", "2026-02-30", "[]", "{}", "!!set"),
    *("&a", "*a", "<<", '"\\e"', "~", "!!binary AA==", "|", ">", "'", "9" * 30, "é"),
    *("leads.csv/", "capacity", "territory", "[a, b]", "{min: 1}", "{not: x}"),
)


def damaged(folder: Path, seed: int) -> str:
    """Damage one to three files of the small company, and return what was done."""
    rng = random.Random(seed)
    done = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        if rng.random() < 0.3:
            done.append(_edit_scenario(folder / "daily.yaml", rng))
        else:
            done.append(_edit_table(folder / f"{rng.choice(TABLES)}.csv", rng))
    return ", ".join(done)


def _edit_table(path: Path, rng: random.Random) -> str:
    content = path.read_bytes()
    if rng.random() < 0.25:
        path.write_bytes(_bytes_changed(content, rng))
        return f"bytes of {path.name}"
    try:
        rows = rows_of(content)
    except (ValueError, csv.Error):  # It was damaged before.
        return "nothing"
    if len(rows) < 2 or not rows[0]:
        return "nothing"
    change = rng.choice((_cells, _cells, _cells, _column, _rows, _names))
    path.write_bytes(csv_of(change(rows, rng)))
    return f"{change.__name__} of {path.name}"


def _bytes_changed(content: bytes, rng: random.Random) -> bytes:
    raw = bytearray(content)
    for _ in range(rng.randrange(1, 6)):
        if raw:
            raw[rng.randrange(len(raw))] = rng.randrange(256)
    return bytes(raw[: rng.randrange(len(raw) + 1)] if rng.random() < 0.4 else raw)


def _cells(rows: Rows, rng: random.Random) -> Rows:
    for _ in range(rng.choice((1, 1, 3, 30))):
        row = rows[rng.randrange(1, len(rows))]
        if row:
            row[rng.randrange(len(row))] = rng.choice(ODD)
    return rows


def _column(rows: Rows, rng: random.Random) -> Rows:
    """Let a column be one odd value, another column, or gone."""
    place, other = rng.randrange(len(rows[0])), rng.randrange(len(rows[0]))
    odd, kind = rng.choice(ODD), rng.randrange(3)
    for row in rows[1:]:
        if max(place, other) < len(row):
            row[place] = (odd, row[other], "")[kind]
    return rows


def _rows(rows: Rows, rng: random.Random) -> Rows:
    """Drop, repeat or mix rows."""
    kept = [row for row in rows[1:] if rng.random() < rng.choice((0.02, 0.5, 0.9))]
    again = rng.choices(rows[1:], k=rng.choice((0, 0, 1, 5)))
    body = kept + again
    rng.shuffle(body)
    return [rows[0], *body]


def _names(rows: Rows, rng: random.Random) -> Rows:
    """Rename columns, with each other's names too."""
    place = rng.randrange(len(rows[0]))
    near = rows[0][place].upper()
    rows[0][place] = rng.choice((*rows[0], near, "p_convert", "name", rng.choice(ODD)))
    return rows


def _edit_scenario(path: Path, rng: random.Random) -> str:
    text = path.read_bytes().decode("utf-8", "replace")
    lines = text.splitlines(keepends=True) or ["\n"]
    edits: tuple[Callable[[list[str], random.Random], list[str]], ...]
    edits = (_value, _value, _value, _line_gone, _line_twice, _indented)
    edit = rng.choice(edits)
    path.write_text("".join(edit(lines, rng)), encoding="utf-8")
    if rng.random() < 0.1:
        path.write_bytes(_bytes_changed(path.read_bytes(), rng))
    return f"{edit.__name__} of {path.name}"


def _value(lines: list[str], rng: random.Random) -> list[str]:
    place = rng.randrange(len(lines))
    odd = rng.choice(YAML)
    lines[place] = re.sub(r":.*", lambda _: f": {odd}", lines[place], count=1)
    return lines


def _line_gone(lines: list[str], rng: random.Random) -> list[str]:
    del lines[rng.randrange(len(lines))]
    return lines


def _line_twice(lines: list[str], rng: random.Random) -> list[str]:
    return [*lines, rng.choice(lines)]


def _indented(lines: list[str], rng: random.Random) -> list[str]:
    place = rng.randrange(len(lines))
    lines[place] = " " * rng.randrange(1, 5) + lines[place]
    return lines

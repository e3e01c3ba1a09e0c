"""Hundreds of ways to damage a company's tables, each with a name."""

import csv
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import numpy as np

Damage = Callable[[Path], None]
Named = tuple[str, Damage]
Rows = list[list[str]]

TABLES = ("leads", "reps", "history", "accounts", "absences")
CELLS = (
    *("", " ", "00123", "1e5", "NaN", "null", "None", "True", "=1+1", "-1", "-0"),
    *("1e400", "1e308", "9" * 20, "9" * 5000, "١٢٣", "½", "1,5", "1 000", "0x10"),
    *("31/12/2025", "2025-02-30", "9999-12-31", "0000-01-01", "1700-01-01"),
    *("2026-09-01T25:00:00Z", "2026-09-01T00:00:00+99:99", "46000"),
    *("2026-09-01T00:00:00.123456789Z", "😀🧑‍💼", "<script>alert(1)</script>"),
    *("a,b", "a\nb", "a\r\nb", 'say "hi"', "\\", "|", "a|b|a", "*", "'; DROP TABLE"),
    *("\u202eabc", "\u2028", "\x1b[31mred", "\ufeffL1", "x" * 1000, "x" * 140_000),
    *("e\u0301", "%s", "{{7*7}}", "WON", "yes", "L002", "R1"),
)
ENCODINGS = ("latin-1", "utf-16", "utf-16-le", "utf-32", "utf-8-sig")


def rows_of(content: bytes) -> Rows:
    """Return the cells of CSV."""
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def csv_of(rows: Rows) -> bytes:
    """Return the cells as CSV."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def on_bytes(name: str, change: Callable[[bytes], bytes]) -> Damage:
    """Return the damage that changes the bytes of a file."""

    def damage(folder: Path) -> None:
        path = folder / name
        path.write_bytes(change(path.read_bytes()))

    return damage


def on_rows(table: str, change: Callable[[Rows], Rows]) -> Damage:
    """Return the damage that changes the cells of a table."""
    return on_bytes(f"{table}.csv", lambda content: csv_of(change(rows_of(content))))


def byte_damages(name: str, seeds: range) -> Iterator[Named]:
    """Yield flipped bits, and files that are cut off."""
    for seed in seeds:
        yield f"{name}: bits flipped {seed}", on_bytes(name, _flipped(seed))
        yield f"{name}: cut {seed}", on_bytes(name, _cut(seed))


def _flipped(seed: int) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        rng = np.random.default_rng(seed)
        raw = np.frombuffer(content, dtype=np.uint8).copy()
        raw[rng.integers(len(raw), size=3)] ^= np.uint8(1 << rng.integers(8))
        return raw.tobytes()

    return change


def _cut(seed: int) -> Callable[[bytes], bytes]:
    share = np.random.default_rng(seed).random()
    return lambda content: content[: int(share * len(content))]


def file_damages(table: str) -> Iterator[Named]:
    """Yield encodings, dialects and content that is not that table."""
    name = f"{table}.csv"
    for encoding in ENCODINGS:
        yield (
            f"{table}: {encoding}",
            on_bytes(name, lambda c, e=encoding: c.decode().encode(e, "replace")),
        )
    changes: dict[str, Callable[[bytes], bytes]] = {
        "semicolons": lambda c: c.replace(b",", b";"),
        "CRLF": lambda c: c.replace(b"\n", b"\r\n"),
        "CR": lambda c: c.replace(b"\n", b"\r"),
        "tabs": lambda c: c.replace(b",", b"\t"),
        "NUL": lambda c: c[:40] + b"\0" + c[40:],
        "NULs at the end": lambda c: c + b"\0" * 500,
        "a quote": lambda c: c[:40] + b'"' + c[40:],
        "empty": lambda _: b"",
        "a blank line": lambda _: b"\n",
        "a byte order mark": lambda _: b"\xef\xbb\xbf",
        "header only": lambda c: c.split(b"\n")[0] + b"\n",
        "rows twice": lambda c: c + c.split(b"\n", 1)[1],
        "header twice": lambda c: c + c,
        "a zip": lambda _: b"PK\x03\x04" + bytes(100),
        "noise": lambda _: np.random.default_rng(0).bytes(3000),
        "one long line": lambda _: b"x" * 3_000_000,
    }
    for said, change in changes.items():
        yield f"{table}: {said}", on_bytes(name, change)
    for other in TABLES:
        if other != table:
            yield f"{table}: {other} instead", _swapped(table, other)


def _swapped(table: str, other: str) -> Damage:
    def damage(folder: Path) -> None:
        shutil.copy(folder / f"{other}.csv", folder / f"{table}.csv")

    return damage


def column_damages(table: str, width: int) -> Iterator[Named]:
    """Yield columns that are gone, doubled, renamed, empty or without a name."""
    for k in range(width):
        yield f"{table}: column {k} gone", _on_each_row(table, _without, k)
        yield f"{table}: column {k} doubled", _on_each_row(table, _doubled, k)
        for header in ("", "X", "\x1b[31m", "p_convert", "x" * 200_000):
            said = f"{table}: column {k} called {header[:9]!r}"
            yield said, on_rows(table, _with_cell(0, k, header))
        yield f"{table}: column {k} empty", _on_each_row(table, _blank, k, first=1)
    yield f"{table}: columns reversed", on_rows(table, lambda rs: [r[::-1] for r in rs])


def cell_damages(table: str, width: int) -> Iterator[Named]:
    """Yield every odd cell in every column."""
    for k in range(width):
        for cell in CELLS:
            said = f"{table}: column {k} holds {cell[:20]!r}"
            yield said, on_rows(table, _with_cell(1, k, cell))


def _on_each_row(
    table: str, change: Callable[[list[str], int], list[str]], k: int, first: int = 0
) -> Damage:
    def on_each(rows: Rows) -> Rows:
        return rows[:first] + [change(row, k) for row in rows[first:]]

    return on_rows(table, on_each)


def _with_cell(row: int, k: int, cell: str) -> Callable[[Rows], Rows]:
    def change(rows: Rows) -> Rows:
        rows[row][k] = cell
        return rows

    return change


def _without(row: list[str], k: int) -> list[str]:
    return row[:k] + row[k + 1 :]


def _doubled(row: list[str], k: int) -> list[str]:
    return [*row, row[k]]


def _blank(row: list[str], k: int) -> list[str]:
    return [*row[:k], "", *row[k + 1 :]]


def odd_files(name: str) -> Iterator[Named]:
    """Yield folders, pipes, devices, sockets and links in place of the file."""

    def in_place(make: Callable[[Path], object]) -> Damage:
        def damage(folder: Path) -> None:
            (folder / name).unlink()
            make(folder / name)

        return damage

    def listening(path: Path) -> None:
        here = Path.cwd()
        os.chdir(path.parent)
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
        os.chdir(here)

    makers: dict[str, Callable[[Path], object]] = {
        "missing": lambda path: None,
        "a folder": Path.mkdir,
        "a pipe": os.mkfifo,
        "an endless device": lambda path: path.symlink_to("/dev/zero"),
        "an empty device": lambda path: path.symlink_to("/dev/null"),
        "a link to itself": lambda path: path.symlink_to(path.name),
        "a link to nothing": lambda path: path.symlink_to("nothing"),
        "a socket": listening,
    }
    for said, make in makers.items():
        yield f"{name}: {said}", in_place(make)

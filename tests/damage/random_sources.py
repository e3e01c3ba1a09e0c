"""Exports of any format with keys drawn at random, fitting or not, and damage."""

import csv
import gzip
import json
import random
import sqlite3
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML

from tests.damage.random_damage import ODD
from tests.damage.random_damage import YAML as ODD_YAML
from tests.damage.tables import Rows, rows_of

TABLES = ("leads", "history")
VALUES: dict[str, tuple[object, ...]] = {
    "dates": (
        *("iso", "excel", "excel-1904", "%d.%m.%Y", "%Y-%m-%dT%H:%M:%S%z", "%b", "%"),
        *(["iso", "excel"], {"created_at": "iso"}, {"nothing": "iso"}, [], 7, ""),
    ),
    "time_zone": ("Europe/Berlin", "Pacific/Kiritimati", "Mars/North", "", 5, "UTC"),
    "decimal": (",", ".", ";", {"deal_value": ","}, {"x": "."}, [","], "\u066b"),
    "thousands": (".", ",", "'", "\u00a0", {"visits": "."}, "", 3),
    "missing": ([], ["-"], ["North", ""], "NULL", [None], ["\u0000"]),
    "split": (";", ",", "|", "", {"products": "/"}, " ", "\n"),
    "encoding": ("cp1252", "utf-16", "ascii", "nonsense", "rot13", "utf-7", "idna"),
    "separator": (",", ";", "tab", "||", "", "\n", '"'),
    "header_row": (1, 2, 0, -1, 10**9, 10**30, "one"),
    "skip_footer": (0, 1, 5, 10**12, -1, True),
    "fill_down": (["territory"], ["nothing"], [], "territory"),
    "sheet": ("Sheet1", "none", "", 3),
    "where": (
        {"territory": "North"},
        {"deal_value": {"min": 1}},
        {"created_at": {"min": "2026-01-01"}},
        {"nothing": 1},
        {"lead_id": {"not": None}},
    ),
    "columns": (
        {"created_at": ["created_at", "territory"]},
        {"lead_id": {"row_number": True}},
        {"company": {"join": ["lead_id", "territory"], "with": ""}},
        {"rep_id": {"column": "rep_id", "match": ["name", "email"]}},
        {"outcome": {"won": {"outcome": "won"}, "lsot": {"outcome": "lost"}}},
        {"created_at": {"join": []}},
    ),
    "rates": (
        {"to": "EUR", "USD": 0.9},
        {"to": "EUR", "column": "territory"},
        {"to": "", "USD": float("inf")},
        {"EUR": -1},
    ),
    "one_row_per_id": (True, False, 1),
    "drop": (["territory"], ["nothing"], ["created_at"]),
    "fill": ({"deal_value": 0}, {"outcome": "open"}, {"created_at": "x"}),
    "values": ({"outcome": {"won": "lost"}}, {"created_at": {"x": None}}),
}


def other_source(folder: Path, seed: int) -> str:
    """Let a table of the small company be of another format, and return what it is."""
    rng = random.Random(seed)
    name = rng.choice(TABLES)
    rows = rows_of((folder / f"{name}.csv").read_bytes())
    for _ in range(rng.choice((0, 0, 1, 20))):
        row = rng.choice(rows[1:])
        row[rng.randrange(len(row))] = rng.choice(ODD)
    write = rng.choice((_text, _text, _packed, _json_lines, _sqlite, _sheet))
    source = write(folder, name, rows, rng)
    for key in rng.sample(sorted(VALUES), k=rng.choice((0, 1, 1, 2, 4))):
        odd = (*VALUES[key], *VALUES[key], rng.choice(ODD_YAML))
        source[key] = rng.choice(odd)
    path = folder / "daily.yaml"
    scenario = deepcopy(_loaded(path.read_text()))
    scenario["data"][name] = source
    with path.open("w", encoding="utf-8") as file:
        YAML().dump(scenario, file)
    return f"{write.__name__} of {name}: {source}"


@cache
def _loaded(text: str) -> dict[str, dict[str, object]]:
    """Return the scenario, with all that YAML knows of how it is written."""
    return YAML().load(text)


def _csv_text(rows: Rows, rng: random.Random) -> str:
    text = StringIO()
    separator = rng.choice((",", ";", "\t", "|"))
    ends = rng.choice(("\n", "\r\n"))
    csv.writer(text, delimiter=separator, lineterminator=ends).writerows(rows)
    return text.getvalue()


def _text(folder: Path, name: str, rows: Rows, rng: random.Random) -> dict[str, object]:
    encoding = rng.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32"))
    content = _csv_text(rows, rng).encode(encoding, "replace")
    return _written(
        folder / f"{name}{rng.choice(('.tsv', '.txt', '.csv'))}", content, rng
    )


def _packed(
    folder: Path, name: str, rows: Rows, rng: random.Random
) -> dict[str, object]:
    content = gzip.compress(_csv_text(rows, rng).encode())
    return _written(folder / f"{name}.csv.gz", content, rng)


def _json_lines(
    folder: Path, name: str, rows: Rows, rng: random.Random
) -> dict[str, object]:
    odd = (None, 1e300, 10**400, True, ["a", 1], [["a"]], {"a": {"b": 1}}, "\ud800")
    lines = []
    for row in rows[1:]:
        cells: dict[str, object] = dict(zip(rows[0], row, strict=False))
        if rng.random() < 0.01:
            cells[rng.choice(rows[0])] = rng.choice(odd)
        lines.append(json.dumps(cells))
    return _written(folder / f"{name}.jsonl", "\n".join(lines).encode(), rng)


def _sheet(
    folder: Path, name: str, rows: Rows, rng: random.Random
) -> dict[str, object]:
    from xlsxwriter import Workbook

    with Workbook(folder / f"{name}.xlsx") as book:
        sheet = book.add_worksheet()
        for k, row in enumerate(rows):
            sheet.write_row(k, 0, row)
    content = (folder / f"{name}.xlsx").read_bytes()
    return _written(folder / f"{name}.xlsx", content, rng)


def _written(path: Path, content: bytes, rng: random.Random) -> dict[str, object]:
    raw = bytearray(content)
    if rng.random() < 0.15 and raw:
        raw[rng.randrange(len(raw))] = rng.randrange(256)
    cut = rng.randrange(len(raw) + 1) if rng.random() < 0.05 else len(raw)
    path.write_bytes(bytes(raw[:cut]))
    return {"file": path.name}


def _sqlite(
    folder: Path, name: str, rows: Rows, rng: random.Random
) -> dict[str, object]:
    queries: tuple[Callable[[str], str], ...] = (
        lambda table: f"SELECT * FROM {table}",
        lambda table: f"SELECT * FROM {table} LIMIT 3",
        lambda table: f"SELECT *, 1e400 AS x, x'00ff' AS y FROM {table}",
        lambda table: "SELECT 1",
        lambda table: f"DELETE FROM {table}",
        lambda table: "SELEC",
        lambda table: "",
    )
    (folder / "crm.db").unlink(missing_ok=True)
    database = sqlite3.connect(folder / "crm.db")
    marks = ", ".join("?" * len(rows[0]))
    names = ", ".join(f'"{column}"' for column in rows[0])
    database.execute(f"CREATE TABLE {name} ({names})")
    body = [row for row in rows[1:] if len(row) == len(rows[0])]
    database.executemany(f"INSERT INTO {name} VALUES ({marks})", body)
    database.commit()
    database.close()
    url = rng.choice(("sqlite:///crm.db", "sqlite:///crm.db", "sqlite:///no.db", "x"))
    return {"sql": rng.choice(queries)(name), "url": url}

"""Scenarios of two lines and their tables, prepared without a command."""

from pathlib import Path

from crm import csv_text
from crm.table import text_frame
from runs import Prepared, prepare

HEAD = """\
version: 1
name: tiny
data: {leads: leads.csv, reps: reps.csv, as_of: 2026-09-07}
"""
REPS = [
    {"rep_id": "R1", "name": "Ann Lee", "territories": "North", "seniority": "3"},
    {"rep_id": "R2", "name": "Bo Ray", "territories": "North", "seniority": "1"},
    {"rep_id": "R3", "name": "Cy Dee", "territories": "South", "seniority": "2"},
]
LEADS = [
    {"lead_id": "L1", "territory": "North", "deal_value": "30000"},
    {"lead_id": "L2", "territory": "North", "deal_value": "22000"},
    {"lead_id": "L3", "territory": "South", "deal_value": "100"},
]
CAPACITY = "{kind: capacity}"
TERRITORY = "{kind: territory}"
SENIOR = (
    "{kind: seniority, name: large deals, where: {deal_value: {min: 25000}}, "
    "min_seniority: 3}"
)


def prepared(
    folder: Path,
    *rules: str,
    more: str = "",
    leads: list[dict[str, str]] = LEADS,
    reps: list[dict[str, str]] = REPS,
    name: str = "tiny.yaml",
) -> Prepared:
    """Return a scenario of these rules, flow style, and its tables, prepared."""
    full = {"daily_capacity": "2", "team": "one"}
    _write(folder / "reps.csv", [{**full, **rep} for rep in reps])
    created = {"created_at": "2026-09-07"}
    _write(folder / "leads.csv", [{**created, **lead} for lead in leads])
    return prepare(written(folder / name, *rules, more=more))


def written(path: Path, *rules: str, more: str = "") -> Path:
    """Write a scenario of these rules."""
    lines = "\n".join(f"  - {rule}" for rule in rules)
    listed = f"rules:\n{lines}\n" if rules else "rules: []\n"
    path.write_text(f"{HEAD}{listed}{more}", encoding="utf-8")
    return path


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = [[row.get(name, "") for row in rows] for name in names]
    path.write_text(csv_text(text_frame(names, columns)), encoding="utf-8")

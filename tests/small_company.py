"""A small valid company on disk, for tests that run or break the whole command."""

from pathlib import Path

import numpy as np

from crm import csv_text
from crm.table import text_frame

SCENARIO = """\
version: 1
name: small
data:
  leads: leads.csv
  reps: reps.csv
  history: history.csv
  accounts: accounts.csv
  absences: absences.csv
  as_of: 2026-09-07
rules:
  - kind: capacity
  - kind: territory
  - kind: language
    strength: soft
    penalty: 0.02
  - kind: account_owner
    strength: soft
    penalty: 0.1
  - kind: seniority
    name: large deals
    where:
      deal_value: {min: 5000}
    min_seniority: 2
solve:
  time_limit: 10
  seed: 1
"""
TERRITORIES = np.array(["North", "South", "East"], dtype=object)
LANGUAGES = np.array(["de", "en"], dtype=object)


def write_company(folder: Path, seed: int = 0) -> None:
    """Write 30 leads, 6 reps, 200 rows of history and a scenario into the folder."""
    rng = np.random.default_rng(seed)
    tables = {
        "leads": _leads(rng, "L", 30, "2026-09-0{}T08:00:00Z"),
        "history": _history(rng),
        "reps": _reps(),
        "accounts": {"account_id": ["A1", "A2"], "owner_rep_id": ["R1", "R2"]},
        "absences": {"rep_id": ["R6"], "from": ["2026-09-01"], "to": ["2026-09-09"]},
    }
    for name, columns in tables.items():
        text = csv_text(text_frame(list(columns), columns.values()))
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    (folder / "daily.yaml").write_text(SCENARIO, encoding="utf-8")


def _leads(
    rng: np.random.Generator, prefix: str, n: int, created: str
) -> dict[str, list[str]]:
    value = rng.lognormal(8, 1, n).round(2)
    return {
        "lead_id": [f"{prefix}{i:03}" for i in range(n)],
        "created_at": [created.format(1 + i % 6) for i in range(n)],
        "territory": list(rng.choice(TERRITORIES, n)),
        "language": list(rng.choice(LANGUAGES, n)),
        "account_id": [f"A{i}" if i < 4 else "" for i in range(n)],
        "deal_value": [str(v) for v in value],
        "visits": [str(v) for v in rng.poisson(3, n)],
    }


def _history(rng: np.random.Generator) -> dict[str, list[str]]:
    n = 200
    day = [f"2026-{1 + i // 28:02}-{1 + i % 28:02}" for i in range(n)]
    outcome = rng.choice(["won", "lost", "lost", "open"], n)
    return {
        **_leads(rng, "H", n, "2026-01-01"),
        "created_at": day,
        "rep_id": [f"R{r}" for r in rng.integers(1, 7, n)],
        "assigned_at": [f"{d}T10:00:00Z" for d in day],
        "outcome": list(outcome),
        "closed_at": [
            "" if o == "open" else f"{d}T18:00:00Z"
            for d, o in zip(day, outcome, strict=True)
        ],
    }


def _reps() -> dict[str, list[str]]:
    return {
        "rep_id": [f"R{r}" for r in range(1, 7)],
        "daily_capacity": ["4", "5", "3", "4", "5", "6"],
        "name": ["Ana", "Bo", "Çem", "Dee", "Eli", "Fay"],
        "team": ["one", "one", "one", "two", "two", "two"],
        "territories": ["North", "North|South", "South", "East", "East|South", "*"],
        "languages": ["de", "de|en", "en", "en", "de", "de|en"],
        "seniority": ["1", "2", "3", "1", "2", "3"],
        "open_capacity": ["40", "40", "40", "", "40", "40"],
        "open_leads": ["10", "39", "", "12", "12", "12"],
    }

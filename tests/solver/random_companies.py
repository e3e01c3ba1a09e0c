"""Random companies and rules, small enough for brute force and rich in ties."""

from functools import lru_cache
from itertools import combinations_with_replacement
from typing import Any

import numpy as np

from tests.solver.companies import Company, Row

KINDS = (
    "account_owner",
    "capacity",
    "exclude",
    "language",
    "lock",
    "product",
    "qualify",
    "seniority",
    "team",
    "territory",
)
MENUS = ((), *[(k,) for k in KINDS], *combinations_with_replacement(KINDS, 2))
"""No rule, each kind alone, and every pair of kinds."""

NOW = ("2026-09-07T08:00:00Z", "2026-09-07T23:59:59Z", "2026-09-07T00:00:00Z")
MOMENTS = (
    "2026-09-06T00:00:00Z",
    "2026-09-06T23:59:59Z",
    "2026-09-07T00:00:00Z",
    "2026-09-07T08:00:00Z",
    "2026-09-07T12:00:00Z",
    "2026-09-09T00:00:00Z",
)


@lru_cache(maxsize=1000)
def random_day(seed: int) -> tuple[Company, list[Row]]:
    """Return a company and its rules; the kinds go round with the seed."""
    rng = np.random.default_rng(seed)
    company = random_company(rng)
    kinds = MENUS[seed % len(MENUS)]
    if rng.random() < 0.2:
        kinds = (*kinds, *rng.choice(KINDS, size=2))
    rules = [random_rule(rng, str(kind), company) for kind in kinds]
    return company, [{"name": f"rule {i}", **rule} for i, rule in enumerate(rules)]


def random_company(rng: np.random.Generator) -> Company:
    """Return up to five leads and three reps; every table is used."""
    leads = [_lead(rng) for _ in range(rng.integers(1, 6))]
    reps = [_rep(rng) for _ in range(rng.integers(1, 4))]
    rep_ids = [f"R{j}" for j in range(len(reps))]
    digits = int(rng.integers(1, 4))
    return Company(
        leads=leads,
        reps=reps,
        accounts={a: str(rng.choice([*rep_ids, "gone"])) for a in ("A", "B")},
        absences=[
            (str(rng.choice(rep_ids)), *sorted(map(str, rng.choice(MOMENTS, 2))))
            for _ in range(rng.integers(0, 3))
        ],
        as_of=str(rng.choice(NOW)),
        worth={
            (f"L{i}", rep_id): round(float(rng.random()), digits)
            for i in range(len(leads))
            for rep_id in rep_ids
        },
    )


def _lead(rng: np.random.Generator) -> Row:
    cells = {
        "territory": _one(rng, "FR", "DE", None),
        "product": _one(rng, "car", "home", None),
        "language": _one(rng, "fr", "de", None),
        "priority": _one(rng, "hot", "cold"),
        "account_id": _one(rng, "A", "B", "C", None, None),
        "deal_value": _one(rng, 10.0, 20.0, 30.0, None),
        "p_convert": _one(rng, 0.1, 0.2, 0.3),
    }
    return _said(cells)


def _rep(rng: np.random.Generator) -> Row:
    cells = {
        "daily_capacity": int(rng.integers(0, 4)),
        "team": _one(rng, "north", "south", None),
        "territories": _some(rng, "FR", "DE"),
        "products": _some(rng, "car", "home"),
        "languages": _some(rng, "fr", "de"),
        "seniority": _one(rng, 1, 2, 3, None),
        "open_capacity": _one(rng, 1, 4, 5, None),
        "open_leads": _one(rng, 3, 6, None),
        "start_date": _one(rng, *MOMENTS, None, None, None),
        "active": bool(rng.random() < 0.9),
    }
    return _said(cells)


def random_rule(rng: np.random.Generator, kind: str, company: Company) -> Row:
    """Return a rule of this kind as a scenario file writes it."""
    rule: Row = {"kind": kind, **_terms(rng, kind, company)}
    if kind in {"capacity", "exclude", "lock", "qualify"}:
        return rule
    if rng.random() < 0.4:
        rule |= {"strength": "soft", "penalty": float(rng.choice([0, 0.1, 0.3, 1]))}
    if rng.random() < 0.4:
        rule["where"] = {"priority": "hot"}
    return rule


def _terms(rng: np.random.Generator, kind: str, company: Company) -> Row:
    match kind:
        case "capacity":
            return {"open_book": bool(rng.random() < 0.5)}
        case "seniority":
            return {"min_seniority": int(rng.integers(1, 4))}
        case "team":
            return {"teams": ["north"] if rng.random() < 0.7 else ["south", "east"]}
        case "account_owner":
            away = str(rng.choice(["wait", "release"]))
            return {"uses_capacity": bool(rng.random() < 0.5), "owner_away": away}
        case "exclude" | "lock":
            return {"pairs": _pairs(rng, company)}
        case "qualify":
            return _one(rng, *QUALIFIED)
    return {}


QUALIFIED = (
    {"min_score": 0.2},
    {"min_value": 20.0},
    {"min_score": 0.2, "min_value": 20.0},
    {"where": {"priority": "cold"}},
    {"min_score": 0.3, "where": {"priority": "cold"}},
)


def _pairs(rng: np.random.Generator, company: Company) -> list[Row]:
    """Return one or two pairs, each lead once; a lead or rep may be unknown."""
    n_leads, n_reps = len(company.leads), len(company.reps)
    size = min(int(rng.integers(1, 3)), n_leads)
    leads = rng.choice(n_leads + 1, size=size, replace=False)
    reps = rng.choice(n_reps + (rng.random() < 0.1), size=size)
    return [
        {"lead_id": f"L{i}", "rep_id": f"R{j}"}
        for i, j in zip(leads, reps, strict=True)
    ]


def random_owners(rng: np.random.Generator, company: Company) -> dict[str, str]:
    """Return owners drawn without regard to any rule."""
    rep_ids = [rep["rep_id"] for rep in company.rep_rows]
    drawn = {lead["lead_id"]: _one(rng, *rep_ids, None) for lead in company.lead_rows}
    return _said(drawn)


def _one(rng: np.random.Generator, *options: Any) -> Any:
    return options[rng.integers(len(options))]


def _some(rng: np.random.Generator, *options: str) -> tuple[str, ...] | None:
    return _one(rng, options, options[:1], options[1:], ("*",), None)


def _said(cells: Row) -> Row:
    return {name: cell for name, cell in cells.items() if cell is not None}

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
    "fair_share",
    "language",
    "lock",
    "max_per_rep",
    "min_per_rep",
    "must_assign",
    "one_owner",
    "only_to",
    "performer",
    "product",
    "proximity",
    "qualify",
    "seniority",
    "skill",
    "stability",
    "team",
    "team_quota",
    "territory",
    "workload",
)
MENUS = ((), *[(k,) for k in KINDS], *combinations_with_replacement(KINDS, 2))
"""No rule, each kind alone, and every pair of kinds."""

NOW = ("2026-09-07T08:00:00Z", "2026-09-07T23:59:59Z", "2026-09-07T00:00:00Z")
MOMENTS = (
    "2026-08-31T12:00:00Z",
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
        pair_value={
            (f"L{i}", rep_id): round(float(rng.random()), digits)
            for i in range(len(leads))
            for rep_id in rep_ids
        },
    )


def _lead(rng: np.random.Generator) -> Row:
    cells = {
        "territory": _one(rng, "FR", "DE", "FR > Lyon", "FR>Lyon", "Bonn", None),
        "product": _one(rng, "car", "home", None),
        "language": _one(rng, "fr", "de", None),
        "priority": _one(rng, "hot", "cold"),
        "account_id": _one(rng, "A", "B", "C", None, None),
        "deal_value": _one(rng, 10.0, 20.0, 30.0, None),
        "p_convert": _one(rng, 0.1, 0.2, 0.3),
        "expected_value": _one(rng, 0.1, 0.2, 0.3),
        "effort_hours": _one(rng, 0.0, 0.5, 1.0, 2.0, None),
        "company": _one(rng, "Acme", " acme", "Bolt", "", None),
        "skills": _one(rng, "law", "tax", "law|tax", ""),
        "current_rep_id": _one(rng, "R0", "R1", "R2", "gone", None, None),
        **_one(rng, *PLACES, {"latitude": 50.0}, {}),
    }
    return _said(cells)


def _rep(rng: np.random.Generator) -> Row:
    cells = {
        "daily_capacity": int(rng.integers(0, 4)),
        "team": _one(rng, "north", "south", None),
        "territories": _one(rng, *TERRITORIES),
        "products": _some(rng, "car", "home"),
        "languages": _some(rng, "fr", "de"),
        "seniority": _one(rng, 1, 2, 3, None),
        "open_capacity": _one(rng, 1, 4, 5, None),
        "open_leads": _one(rng, 3, 6, None),
        "start_date": _one(rng, *MOMENTS, None, None, None),
        "hours_per_day": _one(rng, 0.0, 1.0, 2.0, 4.0, None),
        "skills": _one(rng, "law", "law|tax", "tax|art", "*", ""),
        "assigned_conversion": _one(rng, 0.1, 0.2, 0.3),
        **_one(rng, *PLACES, *PLACES, {"longitude": 3.0}, {}),
        "active": bool(rng.random() < 0.9),
        "end_date": _one(rng, *MOMENTS, *[None] * 9),
    }
    return _said(cells)


def random_rule(rng: np.random.Generator, kind: str, company: Company) -> Row:
    """Return a rule of this kind as a scenario file writes it."""
    rule: Row = {"kind": kind, **_terms(rng, kind, company)}
    if rng.random() < 0.4:
        rule |= {"strength": "soft", "penalty": float(rng.choice([0, 0.1, 0.3, 1]))}
    if rng.random() < 0.4:
        rule.setdefault("where", {"priority": "hot"})
    return rule


def _terms(rng: np.random.Generator, kind: str, company: Company) -> Row:
    match kind:
        case "capacity":
            ramp_up = {"days": int(rng.integers(1, 30)), "start": 0.25}
            open_book = {"open_book": bool(rng.random() < 0.5)}
            grown = _one(rng, {}, {"ramp_up": ramp_up})
            return open_book | grown | _one(rng, {}, {"factor": 1.5}, {"factor": 0.7})
        case "territory":
            return _one(rng, {}, {"parents": {"Bonn": "DE", "FR": "EU", "DE": "EU"}})
        case "proximity":
            return _proximity(rng, company)
        case "performer":
            return {"top_share": _one(rng, 0.2, 0.5, 0.6, 1)}
        case "stability":
            return _one(rng, {}, {}, {"max_moves": int(rng.integers(0, 3))})
        case "seniority":
            return {"min_seniority": int(rng.integers(1, 4))}
        case "team":
            return {"teams": ["north"] if rng.random() < 0.7 else ["south", "east"]}
        case "account_owner":
            away = str(rng.choice(["wait", "release"]))
            return {"uses_capacity": bool(rng.random() < 0.5), "owner_away": away}
        case "exclude" | "lock" | "only_to":
            return {"pairs": _pairs(rng, company)}
        case "qualify":
            return dict(_one(rng, *QUALIFIED))
        case "max_per_rep":
            return {"max_leads": int(rng.integers(0, 3))}
        case "min_per_rep":
            return {"min_leads": int(rng.integers(0, 3))}
        case "team_quota":
            return {"quotas": _one(rng, *QUOTAS)}
        case "workload":
            return _one(rng, {}, {"default_hours": 2.5})
        case "one_owner":
            return {"same": _one(rng, "account_id", "company")}
        case "fair_share":
            return _one(rng, *SHARES)
    return {}


QUALIFIED = (
    {"min_score": 0.2},
    {"min_value": 20.0},
    {"min_score": 0.2, "min_value": 20.0},
    {"where": {"priority": "cold"}},
    {"min_score": 0.3, "where": {"priority": "cold"}},
)


QUOTAS = (
    {"north": {"max": 1}},
    {"north": {"min": 1}},
    {"north": {"min": 1, "max": 2}, "south": {"max": 1}},
    {"south": {"min": 2}, "north": {"max": 0}},
)
SHARES = (
    {"min_share": 0.5},
    {"max_share": 1.2},
    {"min_share": 0.7, "max_share": 1.5},
    {"min_share": 1.0, "max_share": 1.0},
)


PLACES = (
    {"latitude": 48.86, "longitude": 2.35},
    {"latitude": 52.52, "longitude": 13.4},
    {"latitude": 41.9, "longitude": 12.5},
)
"""Paris, Berlin and Rome; 878, 1106 and 1182 km apart."""
TERRITORIES = (
    ("FR", "DE"),
    ("FR",),
    ("DE", "FR  >Lyon"),
    ("FR > Lyon", "Bonn"),
    ("EU",),
    ("*",),
    None,
)


def _proximity(rng: np.random.Generator, company: Company) -> Row:
    """Return a limit, with a price or without; a price needs everyone's office."""
    limit = {"max_km": float(rng.choice([500, 1000, 1150]))}
    if not all({"latitude", "longitude"} <= rep.keys() for rep in company.reps):
        return limit
    price = {"price_per_km": 0.0003}
    return _one(rng, limit, limit | price, limit | {"price_per_km": 0.001})


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

"""A company of any size whose day is a transport problem: leads, slots, eligibility.

Twenty territories, five products and three tiers make 2 to 3 in a hundred pairs
eligible, and there are as many slots as leads.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import TABLES, CrmData
from solver import Day, Rule, build_day
from solver.rules import Capacity, Product, Seniority, Territory

N_TERRITORIES, N_PRODUCTS = 20, 5
TIERS = ("small", "middle", "large")
LEADS_OF_TIER = (0.6, 0.3, 0.1)
GRID = 2.0**-16
"""Values are multiples of this, so that every engine decides on the same integers."""
AS_OF = pd.Timestamp("2026-09-07T08:00:00Z")
RULES: tuple[Rule, ...] = (
    Territory(kind="territory"),
    Product(kind="product"),
    *(
        Seniority(
            kind="seniority", name=tier, where={"priority": tier}, min_seniority=rank
        )
        for rank, tier in enumerate(TIERS)
    ),
    Capacity(kind="capacity"),
)
_MISSING = {"list": (), "boolean": True, "timestamp": pd.NaT} | dict.fromkeys(
    ("number", "integer"), np.nan
)
_DTYPE = {"boolean": "bool", "timestamp": "datetime64[ns, UTC]"} | dict.fromkeys(
    ("number", "integer"), "float64"
)


@dataclass(frozen=True, eq=False)
class Company:
    """The tables of a day, and the values of its pairs.

    Attributes
    ----------
    crm
        The tables.
    lead_log_odds, rep_log_odds
        Shape (n_leads,) and (n_reps,); parts of the log odds of conversion.
    seed
        Decides the part of each pair.
    """

    crm: CrmData
    lead_log_odds: NDArray[np.float64]
    rep_log_odds: NDArray[np.float64]
    seed: int

    def day(self) -> Day:
        """Return the day's problem, built from the tables and the rules."""
        return build_day(self.crm, RULES, self._worth)

    def _worth(
        self, lead: NDArray[np.int64], rep: NDArray[np.int32]
    ) -> NDArray[np.float64]:
        of_pair = np.random.default_rng(self.seed).normal(0, 0.2, len(lead))
        log_odds = self.lead_log_odds[lead] + self.rep_log_odds[rep] + of_pair
        return np.rint(1 / (1 + np.exp(-log_odds)) / GRID) * GRID


def company(n_leads: int, n_reps: int, *, overlap: float, seed: int) -> Company:
    """Return the company of this size and seed.

    Parameters
    ----------
    overlap
        Share of the reps who serve a second territory. Without any, each territory
        is a problem of its own.
    """
    rng = np.random.default_rng(seed)
    tables = {
        "leads": _leads(n_leads, rng),
        "reps": _reps(n_reps, n_leads, overlap, rng),
    }
    crm = CrmData(
        **{name: _table(name, tables.get(name, {})) for name in TABLES},
        as_of=AS_OF,
        file_columns={name: frozenset(columns) for name, columns in tables.items()},
    )
    lead_log_odds, rep_log_odds = rng.normal(-2, 1, n_leads), rng.normal(0, 0.3, n_reps)
    return Company(crm, lead_log_odds, rep_log_odds, seed)


def _leads(n_leads: int, rng: np.random.Generator) -> dict[str, Any]:
    return {
        "lead_id": [f"L{number}" for number in range(n_leads)],
        "created_at": [AS_OF] * n_leads,
        "territory": _names("T", rng.integers(N_TERRITORIES, size=n_leads)),
        "product": _names("P", rng.integers(N_PRODUCTS, size=n_leads)),
        "priority": rng.choice(TIERS, n_leads, p=LEADS_OF_TIER).tolist(),
    }


def _reps(
    n_reps: int, n_leads: int, overlap: float, rng: np.random.Generator
) -> dict[str, Any]:
    """Return reps who share the leads out among them, as their slots."""
    home = rng.permutation(n_reps) % N_TERRITORIES
    second = rng.integers(N_TERRITORIES, size=n_reps)
    second = np.where(rng.random(n_reps) < overlap, second, home)
    sells = rng.random((n_reps, N_PRODUCTS)) < 0.5
    sells[np.arange(n_reps), rng.integers(N_PRODUCTS, size=n_reps)] = True
    size = rng.uniform(0.5, 1.5, n_reps)
    return {
        "rep_id": [f"R{number}" for number in range(n_reps)],
        "daily_capacity": rng.multinomial(n_leads, size / size.sum()),
        "territories": [
            tuple(_names("T", np.unique(both)))
            for both in np.column_stack([home, second])
        ],
        "products": [tuple(_names("P", np.flatnonzero(row))) for row in sells],
        "seniority": rng.integers(len(TIERS), size=n_reps),
    }


def _names(letter: str, numbers: Any) -> list[str]:
    return [f"{letter}{number}" for number in numbers]


def _table(name: str, given: dict[str, Any]) -> pd.DataFrame:
    """Return a table as reading it from a file would."""
    n_rows = len(next(iter(given.values()), ()))
    columns = {}
    for column, spec in TABLES[name].items():
        cells = given.get(column, [_MISSING.get(spec.kind, "")] * n_rows)
        columns[column] = pd.Series(cells, dtype=_DTYPE.get(spec.kind, "object"))
    return pd.DataFrame(columns, index=pd.RangeIndex(n_rows))

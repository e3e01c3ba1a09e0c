"""A company with a large day: leads in a folder of Parquet files, reps, a history."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

N_TERRITORIES, N_PRODUCTS = 20, 5
N_OF_FILE = 250_000
"""Leads of one Parquet file."""
AS_OF = pd.Timestamp("2026-09-07T08:00:00Z")
TERRITORIES = np.array([f"T{number}" for number in range(N_TERRITORIES)])
PRODUCTS = np.array([f"P{number}" for number in range(N_PRODUCTS)])
SOURCES = np.array(["web", "event", "partner", "call"])
TIERS = {"small": 0.6, "middle": 0.3, "large": 0.1}
"""Priority of a lead -> the share of leads that have it."""
SCENARIO = f"""\
version: 1
name: large
data: {{leads: leads.parquet, reps: reps.csv, history: history.csv,
       as_of: {AS_OF.isoformat()}}}
objective: {{maximise: revenue}}
rules:
  - {{kind: capacity}}
  - {{kind: territory}}
  - {{kind: product}}
  - {{kind: seniority, name: middle, where: {{priority: middle}}, min_seniority: 2}}
  - {{kind: seniority, name: large, where: {{priority: large}}, min_seniority: 3}}
solve: {{seed: 7, time_limit: 600}}
"""


@dataclass(frozen=True)
class LargeCompany:
    """How large a company is."""

    n_leads: int
    n_reps: int
    n_history: int = 50_000
    seed: int = 0

    def write(self, folder: Path) -> Path:
        """Write its tables and rules into a folder; return the scenario."""
        rng = np.random.default_rng(self.seed)
        leads = folder / "leads.parquet"
        leads.mkdir(parents=True)
        for part, start in enumerate(range(0, self.n_leads, N_OF_FILE)):
            n_rows = min(N_OF_FILE, self.n_leads - start)
            ages = rng.integers(0, 86_400, n_rows)
            rows = _leads(rng, n_rows, f"L{part:04d}-", AS_OF, -ages)
            rows.to_parquet(leads / f"part-{part:05d}.parquet", index=False)
        reps = self._reps(rng)
        reps.to_csv(folder / "reps.csv", index=False)
        self._history(rng, reps).to_csv(folder / "history.csv", index=False)
        (folder / "daily.yaml").write_text(SCENARIO)
        return folder / "daily.yaml"

    def _reps(self, rng: np.random.Generator) -> pd.DataFrame:
        home = rng.permutation(self.n_reps) % N_TERRITORIES
        sells = rng.random((self.n_reps, N_PRODUCTS)) < 0.5
        some = np.arange(self.n_reps)
        sells[some, rng.integers(N_PRODUCTS, size=self.n_reps)] = True
        size = rng.uniform(0.5, 1.5, self.n_reps)
        return pd.DataFrame(
            {
                "rep_id": [f"R{number}" for number in some],
                "daily_capacity": rng.multinomial(self.n_leads, size / size.sum()),
                "territories": TERRITORIES[home],
                "products": ["|".join(PRODUCTS[own]) for own in sells],
                "seniority": rng.integers(1, len(TIERS) + 1, self.n_reps),
            }
        )

    def _history(self, rng: np.random.Generator, reps: pd.DataFrame) -> pd.DataFrame:
        begin, n_rows = pd.Timestamp("2026-01-01T00:00:00Z"), self.n_history
        ages = rng.integers(0, 200 * 86_400, n_rows)
        history = _leads(rng, n_rows, "H", begin, ages)
        rep = rng.integers(self.n_reps, size=n_rows)
        log_odds = -2 + rng.normal(0, 0.5, self.n_reps)[rep]
        log_odds += 0.8 * (history["source"] == "event")
        is_won = rng.random(n_rows) < 1 / (1 + np.exp(-log_odds))
        return history.assign(
            rep_id=reps["rep_id"].to_numpy()[rep],
            assigned_at=history["created_at"] + pd.Timedelta(1, "h"),
            outcome=np.where(is_won, "won", "lost"),
            closed_at=history["created_at"] + pd.Timedelta(20, "D"),
        )


def _leads(
    rng: np.random.Generator,
    n_rows: int,
    prefix: str,
    moment: pd.Timestamp,
    seconds: np.ndarray,
) -> pd.DataFrame:
    """Return leads that were created some seconds after a moment."""
    return pd.DataFrame(
        {
            "lead_id": [f"{prefix}{number}" for number in range(n_rows)],
            "created_at": moment + pd.to_timedelta(seconds, unit="s"),
            "territory": TERRITORIES[rng.integers(N_TERRITORIES, size=n_rows)],
            "product": PRODUCTS[rng.integers(N_PRODUCTS, size=n_rows)],
            "source": SOURCES[rng.integers(len(SOURCES), size=n_rows)],
            "priority": rng.choice(list(TIERS), n_rows, p=list(TIERS.values())),
            "deal_value": rng.lognormal(9, 1, n_rows).round(2),
        }
    )

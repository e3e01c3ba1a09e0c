"""A company with a long history as CSV, for the benchmark of reading."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd


def write_company(folder: Path, n_rows: int, seed: int) -> None:
    """Write a history, its newest lead and the reps as CSV."""
    rng = np.random.default_rng(seed)
    history = _history(n_rows, rng)
    lead = history.tail(1).drop(columns=["rep_id", "assigned_at", "outcome"])
    lead = lead.drop(columns="closed_at").assign(
        lead_id="new", created_at="2026-09-01T10:00:00Z"
    )
    reps = pd.DataFrame({"rep_id": history["rep_id"].unique(), "daily_capacity": 10})
    for name, frame in {"history": history, "leads": lead, "reps": reps}.items():
        frame.to_csv(folder / f"{name}.csv", index=False)


def _history(n_rows: int, rng: np.random.Generator) -> pd.DataFrame:
    created = np.sort(rng.integers(0, 800 * 86_400, n_rows))
    assigned = created + rng.integers(0, 7_200, n_rows)
    outcome = rng.choice(["won", "lost", "open"], n_rows, p=[0.3, 0.6, 0.1])
    closed = _times(assigned + rng.integers(0, 40 * 86_400, n_rows))
    closed[outcome == "open"] = ""
    firms = rng.integers(0, n_rows // 5 + 1, n_rows).astype(str)
    people = rng.integers(0, n_rows, n_rows).astype(str)
    countries = ["Germany", "Austria", "France", "Ireland", "United Kingdom"]
    return pd.DataFrame(
        {
            "lead_id": [f"L{number:07d}" for number in range(n_rows)],
            "created_at": _times(created),
            "territory": rng.choice(countries, n_rows),
            "source": rng.choice(["Web", "Trade Show", "Referral", "Call"], n_rows),
            "product": rng.choice(["Cloud", "Onsite"], n_rows),
            "company": [f"Firm {firm} GmbH" for firm in firms],
            "email": [f"p{k}@f.example" for k in people],
            "deal_value": np.round(rng.lognormal(8, 1, n_rows), 2),
            "rep_id": [f"R{k}" for k in rng.integers(0, 200, n_rows)],
            "assigned_at": _times(assigned),
            "outcome": outcome,
            "closed_at": closed,
            "industry": rng.choice(["Retail", "Health", "Energy"], n_rows),
            "employees": rng.choice([8, 25, 60, 480, 5_600], n_rows),
            "score": np.round(rng.random(n_rows), 3),
        }
    )


def _times(seconds: np.ndarray) -> np.ndarray:
    """Return moments as text, shape (n,), by their seconds after a day."""
    moments = np.datetime64("2024-01-01T00:00:00") + seconds.astype("timedelta64[s]")
    return np.char.add(np.datetime_as_string(moments), "Z").astype(object)


if __name__ == "__main__":
    write_company(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

"""A ledger full of drawn lives: runs, some void, and all that people and clocks do."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd

from ledger import Ledger, RunEntry
from ledger.events import Event, add_events
from ledger.ownership import give, take

START = datetime(2026, 9, 1, 6, tzinfo=UTC)
REPS = ("R1", "R2", "R3")
PRODUCTS = ("Cloud", "Desk", "")
DAYS = 12


def draw_lives(ledger: Ledger, seed: int, *, has_control: bool = False) -> None:
    """Fill an empty ledger with some days."""
    rng = np.random.default_rng(seed)
    known: list[str] = []
    for day in range(DAYS):
        as_of = START + timedelta(days=day, hours=int(rng.integers(0, 10)))
        made = _decisions(ledger, known, as_of, rng, has_control=has_control)
        run_id = f"run{day}"
        ledger.record(_entry(run_id, made, as_of), made)
        if rng.random() < 0.2:
            again = _decisions(ledger, [], as_of, rng, has_control=has_control)
            again["lead_id"] = [f"again{day}-{i}" for i in range(len(again))]
            again = pd.concat([again, _again(made, rng)], ignore_index=True)
            ledger.record(_entry(f"re{day}", again, as_of), again, supersedes=run_id)
            known += list(again["lead_id"])
        known += list(made["lead_id"])
        _deeds(ledger, as_of, rng)


def _decisions(ledger, known, as_of, rng, *, has_control) -> pd.DataFrame:
    n = int(rng.integers(4, 16))
    names = [f"L{as_of:%d}-{i}" for i in range(n)]
    waiting = [x for x in ledger.waiting()["lead_id"] if x in known]
    lead_ids = [*names, *(x for x in waiting if rng.random() < 0.7)]
    rep = rng.choice([*REPS, ""], len(lead_ids), p=[0.3, 0.3, 0.2, 0.2])
    is_given = rep != ""
    p = rng.uniform(0.01, 0.6, len(lead_ids))
    age = rng.exponential(20, len(lead_ids))
    arms = np.where(rng.random(len(lead_ids)) < 0.5, "control", "optimal")
    created = [as_of - timedelta(hours=float(a)) for a in age]
    product = rng.choice(PRODUCTS, len(lead_ids))
    worth = rng.integers(100, 9000, len(lead_ids))
    return pd.DataFrame(
        {
            "lead_id": lead_ids,
            "rep_id": rep.astype(object),
            "reason": np.where(is_given, "highest_value", "reps_full"),
            "p_convert": np.where(is_given, p, np.nan),
            "value": np.where(is_given, p, np.nan),
            "arm": arms if has_control else "",
            "propensity": np.where(is_given, 0.4, np.nan),
            "created_at": pd.to_datetime(created, utc=True),
            "columns": [
                {"product": a, "deal_value": float(b)}
                for a, b in zip(product, worth, strict=True)
            ],
        }
    ).astype({"reason": object, "arm": object})


def _again(made: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return decisions of a void run, made otherwise for some leads; others are not."""
    same = made[rng.random(len(made)) < 0.8].copy()
    moved = (rng.random(len(same)) < 0.3) & (same["rep_id"] != "").to_numpy()
    same.loc[moved, "rep_id"] = rng.choice(REPS, int(moved.sum()))
    return same


def _entry(run_id: str, made: pd.DataFrame, as_of: datetime) -> RunEntry:
    n = int((made["rep_id"] != "").sum())
    counts = {"n_leads": len(made), "n_assigned": n, "n_unassigned": len(made) - n}
    return RunEntry(
        run_id, "daily", pd.Timestamp(as_of), "optimal", "flow", 1.0, seed=0, **counts
    )


def _deeds(ledger: Ledger, as_of: datetime, rng: np.random.Generator) -> None:
    owned = ledger.assignments(current=True)
    waiting = list(ledger.waiting()["lead_id"])
    with ledger.writing() as connection:
        for row in owned.to_dict("records"):
            at = as_of + timedelta(minutes=float(rng.uniform(1, 600)))
            at = at.replace(microsecond=at.microsecond // 1000 * 1000)
            lead, rep = row["lead_id"], row["rep_id"]
            events = []
            draw = rng.random()
            if draw < 0.25:
                events.append(Event("responded", at, "crm", lead, rep))
            elif draw < 0.32:
                worth = float(rng.integers(1, 9) * 100)
                events.append(Event("won", at, "crm", lead, rep, value=worth))
            elif draw < 0.42:
                events.append(Event("lost", at, "crm", lead, rep))
            elif draw < 0.45:
                events.append(Event("reopened", at, "crm", lead, rep))
            elif draw < 0.47:
                events.append(Event("merged", at, "Ann", lead, other="L01-0"))
            elif draw < 0.53:
                kind = str(rng.choice(["warned", "escalated"]))
                events.append(Event(kind, at, "sla", lead, rep, reason="first"))
            elif draw < 0.57:
                reason = str(rng.choice(["first", "next"]))
                take(connection, Event("recalled", at, "sla", lead, rep, reason=reason))
            elif draw < 0.63:
                new, who = str(rng.choice(REPS)), str(rng.choice(["Ann", "Bob"]))
                before = rep if rng.random() < 0.5 else ""
                give(connection, Event("overridden", at, who, lead, new, before))
            add_events(connection, events)
        for lead in waiting[:2]:
            at = as_of + timedelta(hours=11)
            give(connection, Event("overridden", at, "Ann", lead, "R3"))

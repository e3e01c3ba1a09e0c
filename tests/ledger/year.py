"""A year of a company's ledger, written in bulk: for timings, never for meaning."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from ledger import Ledger

PRODUCTS = ("Cloud", "Desk", "Phone", "Print")
COLUMNS = (
    '{{"product": "{0}", "source": "{1}", "territory": "T{2}", "priority": {3}, '
    '"deal_value": {4}.0, "language": "de", "industry": "Retail", "effort_hours": 2.0}}'
)


def write_year(
    ledger: Ledger,
    n_days: int = 250,
    per_day: int = 2000,
    n_reps: int = 100,
    seed: int = 0,
) -> None:
    """Fill an empty ledger with days of leads, their assignments and outcomes."""
    tables = dict(_tables(n_days, per_day, n_reps, np.random.default_rng(seed)))
    with ledger.writing() as connection:
        for name, frame in tables.items():
            _insert(connection, name, frame)


def _tables(
    n_days: int, per_day: int, n_reps: int, rng: np.random.Generator
) -> Iterator[tuple[str, pd.DataFrame]]:
    days = pd.bdate_range("2025-09-01", periods=n_days, tz="UTC") + pd.Timedelta("8h")
    n = n_days * per_day
    run = np.repeat(np.arange(1, n_days + 1), per_day)
    lead = pd.Series([f"00Q{i:015d}" for i in range(n)])
    met = days[run - 1]
    created = met - pd.to_timedelta(rng.exponential(14 * 3600, n), unit="s")
    is_late = rng.random(n) < 0.08
    again = run + rng.integers(1, 4, n)
    is_assigned = ~is_late | (again <= n_days)
    by = np.where(is_late, np.minimum(again, n_days), run)
    rep = np.array([f"R{i:03d}" for i in range(n_reps)])[rng.integers(0, n_reps, n)]
    p = rng.beta(2, 12, n).round(5)
    yield "runs", _runs(days, run, by, is_late, is_assigned, per_day)
    kinds = [rng.integers(0, size, n) for size in (4, 6, 20, 3)]
    value = rng.lognormal(8, 1, n).astype(int)
    texts = [
        COLUMNS.format(PRODUCTS[a], f"s{b}", c, d, v)
        for a, b, c, d, v in zip(*kinds, value, strict=True)
    ]
    yield (
        "leads",
        pd.DataFrame(
            {"lead_id": lead, "created_at": _text(created), "first_run": run}
        ).assign(company="Müller & Söhne GmbH", email="a@b.example", columns=texts),
    )
    made = pd.DataFrame({"lead_id": lead, "rep_id": rep, "p_convert": p})
    made = made.assign(run=by, kind="assigned", reason="highest_value", value=p)
    made = made.assign(arm="", propensity=1.0)[is_assigned]
    left = pd.DataFrame({"run": run, "lead_id": lead, "kind": "unassigned"})[is_late]
    left = left.assign(rep_id="", reason="reps_full", arm="")
    yield "decisions", pd.concat([made, left]).sort_values("run", kind="stable")
    started = days[by - 1]
    owned = pd.DataFrame({"lead_id": lead, "rep_id": rep, "run": by})
    owned = owned.assign(started_at=_text(started))[is_assigned]
    yield "assignments", owned.sort_values("run", kind="stable")
    yield "events", _events(lead, rep, by, started, p, is_assigned, rng, n_days)


def _runs(days, run, by, is_late, is_assigned, per_day) -> pd.DataFrame:
    number = np.arange(1, len(days) + 1)
    given = np.bincount(by[is_assigned], minlength=len(days) + 1)[1:]
    left = np.bincount(run[is_late], minlength=len(days) + 1)[1:]
    text = {"run_id": [f"{n:016x}" for n in number], "as_of": _text(days)}
    return pd.DataFrame(text).assign(
        number=number,
        scenario="daily",
        day=days.strftime("%Y-%m-%d"),
        status="optimal",
        engine="flow",
        n_leads=given + left,
        n_assigned=given,
        n_kept=0,
        n_unassigned=left,
        seed=0,
    )


def _events(lead, rep, by, started, p, is_assigned, rng, n_days) -> pd.DataFrame:
    n, last = len(lead), started.max()
    base = pd.DataFrame({"lead_id": lead, "rep_id": rep})
    own = base.assign(kind="assigned", at=started, run=by)[is_assigned]
    parts = [own.assign(actor=[f"{run:016x}" for run in own["run"]], reason="highest")]
    hours = rng.lognormal(1, 1, n)
    draw = rng.random(n)
    people = {
        "responded": (draw < 0.9, hours),
        "warned": (draw > 0.85, np.full(n, 24.0)),
        "recalled": (draw > 0.98, np.full(n, 48.0)),
        "progressed": (draw < 0.2, hours + 100),
    }
    is_won = rng.random(n) < p
    is_lost = ~is_won & (rng.random(n) < 0.85)
    people["won"] = (is_won, rng.exponential(900, n))
    people["lost"] = (is_lost, rng.exponential(500, n))
    for kind, (rows, after) in people.items():
        at = started + pd.to_timedelta(after, unit="h")
        rows = rows & is_assigned & (at <= last)
        part = base.assign(kind=kind, at=at, actor="crm", reason="first_response")
        if kind == "won":
            part["value"] = rng.lognormal(8, 1, n).round(2)
        part["content"] = [f"{kind[:3]}{i:029x}" for i in range(n)]
        parts.append(part[rows].assign(after_run=by[rows]))
    events = pd.concat(parts).sort_values("at", kind="stable")
    return events.assign(at=_text(pd.DatetimeIndex(events["at"])))


def _text(times: pd.DatetimeIndex) -> list[str]:
    return list(times.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))


def _insert(connection: Connection, table: str, frame: pd.DataFrame) -> None:
    cells = frame.astype(object).where(frame.notna(), None)
    names = ", ".join(f'"{name}"' for name in frame)
    rows = cells.itertuples(index=False, name=None)
    raw = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * frame.shape[1])
        raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
        return
    with raw.cursor() as cursor:
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        if "number" in frame:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'number'), "
                f"(SELECT max(number) FROM {table}))"
            )

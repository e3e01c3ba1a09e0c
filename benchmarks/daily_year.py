"""A simulated year in one ledger: its days, what they cost, and what holds of them."""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.daily_company import DailyCompany
from benchmarks.daily_deeds import Deeds
from benchmarks.daily_invariants import (
    faults_of_all_time,
    faults_of_run,
    undecided,
)
from ledger import Ledger, RunEntry
from runs.company.company import company
from runs.kpi.figures import kpi_figures
from runs.kpi.window import Window
from runs.leaks.morning_check import check_morning
from runs.morning.lead_rows import columns_of
from runs.morning.remembering import remembering
from runs.prepared.ledger_place import ledger_place
from runs.prepared.prepared import Prepared, prepare
from scenarios.leak_limits import LeakLimits

LAST = 5
"""Days at the end whose times are shown: the middle one of each part."""
QUERIES = {
    "reasons_by_month": """
        SELECT substr(CAST(r.day AS text), 1, 7), d.kind, d.reason, count(*)
        FROM decisions d JOIN runs r ON r.number = d.run GROUP BY 1, 2, 3""",
    "first_response": """
        SELECT a.rep_id, count(*), count(e.number) FROM assignments a
        LEFT JOIN events e ON e.lead_id = a.lead_id AND e.kind = 'responded'
        GROUP BY a.rep_id""",
    "outcomes_by_rep": """
        SELECT rep_id, kind, count(*), sum(value) FROM events
        WHERE kind IN ('won', 'lost') GROUP BY rep_id, kind""",
    "overrides": """
        SELECT actor, count(*) FROM events WHERE kind = 'overridden' GROUP BY actor""",
}
"""Questions over the year, as KPIs ask them."""
SIZES = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
    "postgresql": "SELECT pg_database_size(current_database())",
}
"""How a database is asked for its bytes."""
SIGNED = {
    "decisions": "run, lead_id, kind, rep_id",
    "assignments": "lead_id, rep_id, cause, coalesce(run, after_run), end_cause",
    "events": "kind, lead_id, rep_id, content",
}
"""Table -> columns that a seed determines."""


class Times:
    """Seconds of each part of each day, by the clock and of this process."""

    def __init__(self) -> None:
        self.wall: dict[str, list[float]] = defaultdict(list)
        self.cpu: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def of(self, part: str) -> Iterator[None]:
        """Add what a part of a day takes."""
        wall, cpu = perf_counter(), os.times()
        yield
        self.wall[part].append(perf_counter() - wall)
        now = os.times()
        self.cpu[part].append(now.user + now.system - cpu.user - cpu.system)

    def last(self) -> dict[str, Any]:
        """Return the median seconds of each part over the last days."""
        return {
            "seconds": {name: _median(times) for name, times in self.wall.items()},
            "cpu_seconds": {name: _median(times) for name, times in self.cpu.items()},
        }


class SimulatedYear:
    """A company whose days pass in one ledger.

    Parameters
    ----------
    folder
        An empty folder for the tables.
    ledger
        As a scenario names it.
    """

    def __init__(
        self, folder: Path, ledger: str, n_leads: int, n_reps: int, seed: int
    ) -> None:
        rng = np.random.default_rng(seed)
        self._company = DailyCompany(folder, ledger, n_leads, n_reps, rng)
        self._rng = np.random.default_rng(seed + 1)
        self._deeds = Deeds(self._company.rep_ids, seed + 2)
        self.times = Times()
        self.faults: dict[str, int] = defaultdict(int)

    def pass_day(self, day: int, *, check_all: bool) -> None:
        """Let a day pass: check, morning, record, deeds, and see what holds."""
        morning = self._company.begin(day)
        prepared = prepare(self._company.scenario)
        place = ledger_place(prepared.file)
        assert place is not None
        with Ledger(place) as ledger:
            with self.times.of("check"):
                ledger.check()
            with self.times.of("morning"):
                today = remembering(prepared)
            entry, made = self._decided(today)
            with self.times.of("record"):
                ledger.record(entry, made)
            with self.times.of("deeds"):
                self._deeds.happen(ledger, day, morning, made)
            self._look(ledger, entry.run_id, today, check_all)

    def asked(self, place: Any) -> dict[str, Any]:
        """Return what the year holds, and how long questions over it take."""
        result: dict[str, Any] = {}
        with Ledger(place) as ledger, ledger.reading() as connection:
            tables = ("runs", "leads", "decisions", "assignments", "events")
            for table in tables:
                query = f"SELECT count(*) FROM {table}"
                result[table] = connection.exec_driver_sql(query).scalar_one()
            began = perf_counter()
            for query in QUERIES.values():
                connection.exec_driver_sql(query).all()
            result["kpi_like_seconds"] = perf_counter() - began
            result["signature"] = _signature(connection)
            size = SIZES[connection.dialect.name]
            n_bytes = connection.exec_driver_sql(size).scalar_one()
            result["gigabytes"] = n_bytes / 1e9
        return result

    def commands(self, moment: datetime) -> dict[str, float]:
        """Return seconds of this process of what `kpi` and `morning` ask of it all."""
        seconds = {}
        with company(self._company.scenario) as here:
            window = Window.of(here.calendar, here.moment(moment))
            for name, work in (
                ("kpi", lambda: kpi_figures(here, window, ["product"])),
                ("morning_check", lambda: check_morning(here, LeakLimits(), moment)),
            ):
                began = process_time()
                work()
                seconds[f"{name}_cpu_seconds"] = round(process_time() - began, 2)
        return seconds

    def _look(
        self, ledger: Ledger, run_id: str, today: Prepared, check_all: bool
    ) -> None:
        number = ledger.number_of(run_id)
        assert number is not None
        wanted = [*today.crm.leads["lead_id"], *today.earlier.kept["lead_id"]]
        with self.times.of("invariants"), ledger.reading() as connection:
            faults = {"undecided": len(undecided(connection, number, wanted))}
            faults |= faults_of_run(connection, number)
            if check_all:
                faults |= faults_of_all_time(connection)
        for name, count in faults.items():
            self.faults[name] += count

    def _decided(self, today: Prepared) -> tuple[RunEntry, pd.DataFrame]:
        """Return a cheap allocation: any free rep of the lead's territory."""
        leads, kept = today.crm.leads, today.earlier.kept
        owner = self._owners(today)
        is_owned = owner != ""
        made = pd.DataFrame(
            {
                "lead_id": leads["lead_id"],
                "created_at": leads["created_at"],
                "kind": np.where(is_owned, "assigned", "unassigned"),
                "rep_id": owner,
                "reason": np.where(is_owned, "highest_value", "reps_full"),
                "p_convert": np.where(is_owned, self._rng.random(len(leads)), np.nan),
                "arm": "",
                "propensity": np.where(is_owned, 1.0, np.nan),
                "columns": pd.Series(columns_of(leads), dtype=object),
            }
        )
        made["value"] = made["p_convert"]
        stays = kept[["lead_id", "rep_id"]].assign(
            kind="kept", reason="owned", arm="", columns=[{} for _ in kept.index]
        )
        stays["created_at"] = pd.Series(pd.NaT, stays.index, "datetime64[ns, UTC]")
        stays[["p_convert", "value", "propensity"]] = np.nan
        made = pd.concat([made, stays], ignore_index=True)
        return _entry(today, made), made

    def _owners(self, today: Prepared) -> np.ndarray:
        reps = today.crm.reps[today.crm.reps["active"]]
        slots = np.repeat(reps.index, reps["daily_capacity"].astype(int))
        slots = self._rng.permutation(slots)
        served = reps["territories"].str[0]
        of_slot = served.loc[slots].to_numpy()
        owner = np.full(len(today.crm.leads), "", dtype=object)
        territories = today.crm.leads["territory"].to_numpy()
        for territory in np.unique(of_slot):
            wanting = np.flatnonzero(territories == territory)
            free = slots[of_slot == territory][: len(wanting)]
            owner[wanting[: len(free)]] = reps.loc[free, "rep_id"].to_numpy()
        return owner


def _entry(today: Prepared, made: pd.DataFrame) -> RunEntry:
    counts = made["kind"].value_counts()
    return RunEntry(
        run_id=today.run_id,
        scenario=today.file.scenario.name,
        as_of=today.crm.as_of,
        status="feasible",
        engine="cheap",
        objective=float(made["value"].sum()),
        n_leads=len(made),
        n_assigned=int(counts.get("assigned", 0)),
        n_unassigned=int(counts.get("unassigned", 0)),
        n_kept=int(counts.get("kept", 0)),
        seed=0,
        day=today.crm.today,
        text="version: 1\nname: year\n",
        actor="benchmark",
    )


def _signature(connection: Any) -> str:
    """Return a hash of what happened, which the same seed gives again."""
    digest = sha256()
    for table, columns in SIGNED.items():
        order = "run, lead_id" if table == "decisions" else "number"
        query = f"SELECT {columns} FROM {table} ORDER BY {order}"
        for row in connection.exec_driver_sql(query):
            digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()[:16]


def _median(times: list[float]) -> float:
    return round(float(np.median(times[-LAST:])), 4)

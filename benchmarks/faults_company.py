"""A small company in which days pass, and what must hold of it after any fault."""

import json
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ledger import Ledger, LedgerError
from ledger.integrity import faults as faults_of
from runs.prepared.ledger_place import ledger_place
from scenarios import read_scenario
from tests.runs.morning.test_morning import Company

FIRST = datetime(2026, 9, 7, 8, tzinfo=UTC)
KINDS = (
    "leads_lost",
    "two_owners",
    "corrupt",
    "folders_without_record",
    "records_without_folder",
    "litter",
    "unfinished",
)
"""What is counted, and must be none."""


@dataclass
class FaultCompany:
    """A company whose runs are cut off.

    Attributes
    ----------
    folder
        An empty one.
    ledger
        As its scenario names it.
    found
        Kind of fault -> how often it was seen.
    """

    folder: Path
    ledger: str
    found: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    leads: set[str] = field(default_factory=set)

    def begin(self, day: int) -> None:
        """Write the tables of a day: four new leads, and one of the day before."""
        number = [*range(max(4 * day - 1, 0), 4 * day + 4)]
        leads = [f"L{i} {'North' if i % 2 else 'South'}" for i in number]
        moment = FIRST + timedelta(days=day)
        Company(self.folder).write(moment.strftime("%Y-%m-%dT%H:%M:%SZ"), *leads)
        text = self.scenario.read_text().replace("ledger.db", self.ledger)
        self.scenario.write_text(text)
        self.leads |= {lead.split()[0] for lead in leads}

    @property
    def scenario(self) -> Path:
        """The scenario's file."""
        return self.folder / "days.yaml"

    def command(self, day: int) -> list[str]:
        """Return the command line of a day's run."""
        model, out = self.folder / "m.model", self.folder / "runs" / f"{day:05}"
        out.parent.mkdir(exist_ok=True)
        return ["run", str(self.scenario), "--model", str(model), "--out", str(out)]

    def look(self, *, is_over: bool) -> None:
        """Count what does not hold.

        Parameters
        ----------
        is_over
            Whether the day's run has been made to its end.
        """
        place = ledger_place(read_scenario(self.scenario))
        assert place is not None
        if isinstance(place, Path) and not place.exists():
            return
        try:
            with Ledger(place) as ledger:
                self._look_at(ledger, is_over)
        except LedgerError:
            self.found["corrupt"] += 1

    def _look_at(self, ledger: Ledger, is_over: bool) -> None:
        with ledger.reading() as connection:
            broken = faults_of(connection)
            query = "SELECT lead_id, count(*) FROM decisions GROUP BY lead_id"
            decided = {row[0] for row in connection.exec_driver_sql(query)}
            query = "SELECT run_id FROM runs"
            recorded = {row[0] for row in connection.exec_driver_sql(query)}
        owners = [fault for fault in broken if "owner" in fault.promise]
        self.found["two_owners"] += sum(fault.count for fault in owners)
        self.found["corrupt"] += len(broken) - len(owners)
        written = self._run_ids()
        self.found["folders_without_record"] += len(written - recorded)
        if is_over:
            self.found["leads_lost"] += len(self.leads - decided)
            self.found["records_without_folder"] += len(recorded - written)
            litter = [*self.folder.rglob(".*"), *self.folder.glob("*-journal")]
            self.found["litter"] += len(litter)

    def _run_ids(self) -> set[str]:
        """Return the runs of all folders; one still being written has a dot before."""
        manifests = self.folder.glob("runs/[!.]*/manifest.json")
        return {json.loads(path.read_text())["run_id"] for path in manifests}


def close_terminal() -> None:
    """Send what a child prints nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nowhere, stream)

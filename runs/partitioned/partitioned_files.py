"""The run folder of a day in partitions."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from crm import csv_text
from crm.files import hash_of
from reporting import card_json
from reporting.text.layout.json_record import record_of
from runs.folder.manifest import json_text, sha256, versions
from runs.job.scenario_text import scenario_text
from runs.partitioned.assigned_partition import ASSIGNMENTS, UNASSIGNED
from runs.partitioned.job import PartitionedRun
from solver.problem.result import PRICE_KIND


class PartitionedFiles(Mapping[str, str | bytes]):
    """Path inside the folder -> content; tables are read when they are asked for.

    Parameters
    ----------
    work
        Folder that holds the tables of the partitions.
    small
        The other files.
    """

    def __init__(self, work: Path, small: Mapping[str, str | bytes]) -> None:
        self.work, self.small = work, small
        self.tables = [
            str(path.relative_to(work))
            for folder in (ASSIGNMENTS, UNASSIGNED)
            for path in sorted((work / folder).glob("*.parquet"))
        ]

    def __getitem__(self, name: str) -> str | bytes:
        if name in self.small:
            return self.small[name]
        if name not in self.tables:
            raise KeyError(name)
        return (self.work / name).read_bytes()

    def __iter__(self) -> Iterator[str]:
        yield from self.tables
        yield from self.small

    def __len__(self) -> int:
        return len(self.tables) + len(self.small)


def files_of_run(run: PartitionedRun, work: Path) -> PartitionedFiles:
    """Return the files of a run folder."""
    small: dict[str, str | bytes] = {
        "prices.csv": csv_text(_prices(run)),
        "scenario.yaml": scenario_text(run.day.file.scenario),
        "model_card.json": json_text(card_json(run.day.trained.card)),
    }
    tables = PartitionedFiles(work, {}).tables
    hashes = {name: hash_of(work / name) for name in tables}
    hashes |= {name: sha256(content) for name, content in small.items()}
    small["manifest.json"] = json_text(_manifest(run, hashes))
    return PartitionedFiles(work, small)


def _prices(run: PartitionedRun) -> pd.DataFrame:
    """Return the dual price of each rep's slots, as days in one piece have it."""
    rep_ids = run.day.scored_reps.crm.reps["rep_id"]
    table = pd.DataFrame({"what": "rep_slot", "key": rep_ids})
    return table.assign(price=run.decision.price, rule="", together="")


def _manifest(run: PartitionedRun, files: Mapping[str, str]) -> dict[str, Any]:
    day, decision = run.day, run.decision
    scenario = day.file.scenario
    return {
        "status": str(decision.status),
        "conflict": None,
        "engine": decision.engine,
        "prices": PRICE_KIND[decision.engine],
        "objective": record_of(decision.objective),
        "penalties": {},
        "bound": record_of(decision.bound),
        "gap": record_of(decision.gap),
        "reproducible": True,
        "n_leads": run.n_leads,
        "n_assigned": run.n_assigned,
        "n_unassigned": run.n_leads - run.n_assigned,
        "partition_size": day.size,
        "experiment": None,
        "seed": scenario.solve.seed,
        "scenario": scenario.name,
        "as_of": run.as_of.tz_convert("UTC").isoformat(),
        "maximise": scenario.objective.maximise,
        "versions": versions(),
        "inputs": day.inputs,
        "files": dict(files),
        "timings": {name: round(seconds, 3) for name, seconds in run.seconds.items()},
    }

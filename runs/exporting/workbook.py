"""A run folder as one workbook."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from evaluation.labels import EXPECTED
from reporting.text.layout.result_tables import name_values
from reporting.workbook.book import WrittenBook, written_book
from reporting.workbook.sheet import Sheet
from runs.book.fill_in import ASSIGNED, MANIFEST, OVERRIDE, UNASSIGNED, WHY
from runs.exporting.day_sheets import DaySheets
from runs.folder.day import decided_day, refuse_changed
from runs.folder.reading import RunFolder, read_folder

SUMMARY = "Summary"
CARD = "model_card.json"
HOW = (
    (
        "to change an owner",
        f"choose a rep in {OVERRIDE} of {ASSIGNED} or {UNASSIGNED}",
    ),
    ("and say why", f"in {WHY}"),
    ("then", "save the file, and: rightrep override --from FILE"),
)
"""What a manager does with the workbook: a name and a value each."""


def run_workbook(folder: Path) -> WrittenBook:
    """Return a run folder as a workbook; the same folder gives the same bytes.

    Raises
    ------
    DataError, ScenarioError
        Where the folder is none, or any file of it is not as the run wrote it.
    """
    run = read_folder(folder)
    consequence = "no workbook is made of it; run the scenario again"
    refuse_changed(run, None, consequence)
    title = f"{run.file.scenario.name}, {run.manifest.as_of}"
    created = pd.Timestamp(run.manifest.as_of).tz_convert("UTC").tz_localize(None)
    moment = created.floor("s").to_pydatetime()
    return written_book(_sheets(run), title, moment)


def _sheets(run: RunFolder) -> Iterator[Sheet]:
    day = DaySheets(run, decided_day(run))
    leads = list(day.of_leads())
    yield Sheet(SUMMARY, _summary(run, leads[0].table), is_prose=True)
    yield from leads
    yield from day.of_rules()
    card = json.loads((run.folder / CARD).read_bytes())
    yield Sheet("Model card", name_values(card), is_prose=True)
    manifest = json.loads((run.folder / "manifest.json").read_bytes())
    yield Sheet(MANIFEST, name_values(manifest), is_prose=True)
    yield day.of_reps()


def _summary(run: RunFolder, assigned: pd.DataFrame) -> pd.DataFrame:
    """Return what a manager reads first: a name and a value each."""
    manifest = run.manifest
    local = pd.Timestamp(manifest.as_of).tz_convert(run.crm.calendar.zone)
    unit = manifest.maximise
    lines: list[tuple[str, Any]] = [
        ("scenario", run.file.scenario.name),
        ("day", local.strftime("%Y-%m-%d %H:%M %Z")),
        ("leads", manifest.n_leads),
        ("assigned", manifest.n_assigned),
        ("unassigned", manifest.n_unassigned),
        (f"{EXPECTED}, conversions", float(assigned["p_convert"].sum())),
        (f"objective, {unit} less penalties", manifest.objective),
        ("bound", manifest.bound),
        ("status", str(manifest.status)),
        *HOW,
    ]
    return pd.DataFrame(lines, columns=["name", "value"], dtype=object)

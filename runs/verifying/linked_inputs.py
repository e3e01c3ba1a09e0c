"""Inputs that a run folder links only: by their hash, and by how they were read."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crm import DataError, Source, read_crm
from crm.files import hash_of, why_unreadable_table
from reporting import reading_json
from reporting.text.reading.reading_json import past_of
from runs.folder.manifest import InputFile, InputQuery
from runs.folder.reading import INPUTS, READING, RunFolder


def unlinked(run: RunFolder) -> Iterator[str]:
    """Yield which inputs are neither in the folder nor looked for elsewhere."""
    tables = run.file.scenario.data.sources.keys() - set(INPUTS)
    for name in sorted(tables & run.manifest.inputs.keys()):
        read = run.manifest.inputs[name]
        if isinstance(read, InputQuery):
            yield f"{name} was read from {read.url}; its rows are not in the folder"
            continue
        yield (
            f"{name} ({read.file}) is linked by its hash only: name the folder that it "
            "lies in by --data to have it checked and read again"
        )


def linked_problems(run: RunFolder, data: Path) -> Iterator[str]:
    """Yield which files are gone or others now, or are not read as the run read them.

    Parameters
    ----------
    data
        The folder that the names of files are relative to.
    """
    sources = read_sources(run)
    named = {name: run.manifest.inputs.get(name) for name in sources}
    files = {name: read for name, read in named.items() if isinstance(read, InputFile)}
    changes = {name: change_since(data, read) for name, read in files.items()}
    for name, change in changes.items():
        if change:
            yield f"{name} ({files[name].file}) {change}"
    is_known = READING in run.manifest.files and READING not in run.changed
    if is_known and len(files) == len(named) and not any(changes.values()):
        yield from _other_reading(run, data)


def read_sources(run: RunFolder) -> dict[str, Source]:
    """Return the sources that a run has read: a model may stand for its history."""
    sources = run.file.scenario.data.sources
    if "history" in run.manifest.inputs or past_of(_recorded(run)) is None:
        return sources
    return {name: source for name, source in sources.items() if name != "history"}


def _recorded(run: RunFolder) -> dict[str, Any]:
    """Return how the run says that it read its tables; nothing where that is gone."""
    try:
        record = json.loads((run.folder / READING).read_bytes())
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def change_since(data: Path, read: InputFile) -> str:
    """Return what happened to a file since the run, ``""`` for nothing."""
    path = data / read.file
    if problem := why_unreadable_table(path):
        return f"is gone from {data}: {problem}"
    return (
        ""
        if hash_of(path) == read.sha256
        else f"in {data} is another than the run read"
    )


def _other_reading(run: RunFolder, data: Path) -> Iterator[str]:
    """Yield which tables are not read as the run read them, though the files are."""
    scenario = run.file.scenario
    as_of, calendar = scenario.data.as_of, scenario.calendar
    before = _recorded(run)
    try:
        past = past_of(before)
        crm = read_crm(read_sources(run), data, as_of, calendar, past=past)[0]
    except DataError as error:
        yield f"the run's files cannot be read any more: {error.issues[0]}"
        return
    again = json.loads(json.dumps(reading_json(crm)))
    for name in sorted(again.keys() | before.keys()):
        if again.get(name) != before.get(name):
            yield f"{name} is not read as {READING} says that the run read it"

"""Files of a CRM recognised: the tables they are, and how each is to be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from crm.calendar import Calendar
from crm.issues import DataError, Issue
from crm.reading.mapping import mapped, reps_to_match
from crm.reading.tables import read_crm
from crm.recognition.decisions import Decisions, Question
from crm.recognition.entry import Entry, as_keys, source_of
from crm.recognition.layouts import Laid
from crm.recognition.lead_records import LeadRecords, records_of
from crm.recognition.leads_and_history import leads_and_history
from crm.recognition.local_times import is_local, zone_of_times
from crm.recognition.missing_words import emptied, words_found
from crm.recognition.moment_needed import later_day
from crm.recognition.roles import RECORDS, export_of, kind_of, unknown_kind
from crm.recognition.sources import (
    Setting,
    joined_source,
    reps_source,
)
from crm.source import Source
from crm.systems.export import Export
from crm.table import Table


@dataclass(frozen=True)
class Recognition:
    """What files were recognised as.

    Attributes
    ----------
    tables
        Table name -> the lines of its source.
    seen
        File -> what it was recognised as, in words.
    questions
        What could not be decided.
    issues
        What the reader says of the tables so read.
    cells
        Table name -> its columns, as its source describes them; all text.
    time_zone
        The company's zone as answered; "" where all times tell theirs.
    as_of
        The newest date of all, where it is later than the newest lead; else None.
    """

    tables: Mapping[str, tuple[Entry, ...]]
    seen: Mapping[str, str]
    questions: tuple[Question, ...]
    issues: tuple[Issue, ...]
    cells: Mapping[str, Table]
    time_zone: str
    as_of: date | None


@dataclass
class _Files:
    """The files by what they are of."""

    exports: dict[str, Export | None] = field(default_factory=dict)
    by_kind: dict[str, list[Laid]] = field(default_factory=dict)

    def one(self, kind: str) -> Laid | None:
        """Return the only file of a kind, None where there is none."""
        files = self.by_kind.get(kind, [])
        if len(files) > 1:
            names = " and ".join(laid.file for laid in files)
            message = f"{names} are both {kind}: give one of them"
            raise DataError([Issue(files[1].file, message)])
        return files[0] if files else None


def recognise(
    files: Sequence[Laid], folder: Path, answers: Mapping[str, str] | None = None
) -> Recognition:
    """Return the tables that files are, and how each is to be read.

    Parameters
    ----------
    files
        The files, named relative to `folder`.
    folder
        Where the scenario will be.
    answers
        Name of a question of an earlier call -> its answer.

    Raises
    ------
    DataError
        If a file is none of the tables, two are the same one, or leads or reps lack.
    """
    decisions = Decisions(answers or {})
    words = words_found([laid.table for laid in files])
    setting = Setting(decisions, words, {laid.file: laid.table for laid in files})
    files = [emptied(laid, words) for laid in files]
    _refuse_the_same(files)
    sorted_files = _sorted(files)
    reps = sorted_files.one("reps")
    if reps is None:
        raise _lacking("reps", "users", files)
    if not sorted_files.by_kind.get(RECORDS):
        raise _lacking("leads", "leads or deals", files)
    tables: dict[str, list[Entry]] = {}
    export = sorted_files.exports[reps.file]
    aside = replace(setting, decisions=Decisions({}))
    provisional = reps_source(reps, export, 0, aside)
    theirs = _reps_frame(reps, provisional)
    records = [
        records_of(laid, sorted_files.exports[laid.file], theirs, decisions)
        for laid in sorted_files.by_kind[RECORDS]
    ]
    tables |= leads_and_history(records, setting)
    n_leads = _n_leads(tables, records)
    tables["reps"] = reps_source(reps, export, n_leads, setting)
    for kind in ("accounts", "absences"):
        if laid := sorted_files.one(kind):
            told = sorted_files.exports[laid.file]
            tables[kind] = joined_source(kind, laid, told, theirs, setting)
    order = ("leads", "reps", "history", "accounts", "absences")
    proposed = {name: tuple(tables[name]) for name in order if name in tables}
    by_file = {laid.file: laid for laid in files}
    zoned = {
        name: _zoned(entries, sorted_files, by_file)
        for name, entries in proposed.items()
    }
    sources = {name: source_of(entries) for name, entries in zoned.items()}
    cells = _cells_of(sources, by_file)
    zone = zone_of_times(records, zoned, decisions)
    as_of = later_day(cells)
    return Recognition(
        zoned,
        {laid.file: _told(laid, sorted_files, zoned) for laid in files},
        tuple(decisions.questions),
        _said(sources, folder, zone, as_of),
        cells,
        zone,
        as_of,
    )


def _refuse_the_same(files: Sequence[Laid]) -> None:
    """Raise where two files hold the same rows, whatever they are called."""
    for place, laid in enumerate(files):
        for other in files[:place]:
            if laid.table.frame.equals(other.table.frame):
                message = f"holds the same rows as {other.file}: give one of them"
                if laid.file == other.file:
                    message = "is named twice: name it once"
                raise DataError([Issue(laid.file, message)])


def _sorted(files: Sequence[Laid]) -> _Files:
    found = _Files()
    for laid in files:
        headers = laid.table.names
        found.exports[laid.file] = export_of(headers)
        kind = kind_of(laid.table, found.exports[laid.file])
        if not kind:
            raise unknown_kind(laid.file, headers)
        found.by_kind.setdefault(kind, []).append(laid)
    return found


def _lacking(table: str, of_system: str, files: Sequence[Laid]) -> DataError:
    names = ", ".join(laid.file for laid in files)
    message = f"none of the files has {table}: give the export of {of_system} as well"
    return DataError([Issue(names, message)])


def _reps_frame(laid: Laid, entries: Sequence[Entry]) -> pd.DataFrame:
    """Return the reps as the reader has them when it looks for owners."""
    source = source_of(entries)
    table, _ = mapped("reps", source, laid.table)
    frame = reps_to_match({"reps": source}, laid.table, table)
    assert frame is not None
    return frame


def _n_leads(tables: Mapping[str, list[Entry]], records: Sequence[LeadRecords]) -> int:
    source = source_of(tables["leads"])
    laid = next(one.laid for one in records if one.laid.file == source.file)
    try:
        return len(mapped("leads", source, laid.table)[0].rows)
    except DataError:
        return len(laid.table.rows)


def _zoned(
    entries: tuple[Entry, ...], files: _Files, by_file: Mapping[str, Laid]
) -> tuple[Entry, ...]:
    """Return the source with the zone that a system writes its times in."""
    file = str(as_keys(entries)["file"])
    export = files.exports[file]
    if export is None or not export.time_zone:
        return entries
    if not is_local(source_of(entries), by_file[file]):
        return entries
    why = f"times of {export.system} are in {export.time_zone}"
    return (*entries, Entry("time_zone", export.time_zone, why))


def _told(laid: Laid, files: _Files, tables: Mapping[str, tuple[Entry, ...]]) -> str:
    roles = [
        name for name, told in tables.items() if as_keys(told)["file"] == laid.file
    ]
    export = files.exports[laid.file]
    system = f"{export.system} {export.name}" if export else "no known system"
    return f"{' and '.join(roles)} ({system}, {len(laid.table.rows):,} rows)"


def _said(
    sources: Mapping[str, Source], folder: Path, zone: str, as_of: date | None
) -> tuple[Issue, ...]:
    """Return what the reader says of the tables."""
    calendar = Calendar(time_zone=zone) if zone else None
    try:
        return read_crm(sources, folder, as_of, calendar)[1]
    except DataError as error:
        return error.issues


def _cells_of(
    sources: Mapping[str, Source], by_file: Mapping[str, Laid]
) -> dict[str, Table]:
    cells = {}
    for name, source in sources.items():
        try:
            cells[name] = mapped(name, source, by_file[str(source.file)].table)[0]
        except DataError:
            continue
    return cells

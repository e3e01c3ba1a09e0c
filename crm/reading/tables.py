"""Reading the tables of one day: files and sources in, typed and checked tables out."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, tzinfo
from pathlib import Path

import numpy as np
import pandas as pd

from crm.calendar import Calendar
from crm.checks import table_issues
from crm.data import CrmData
from crm.databases.reading import Databases, headless
from crm.formats import read_table
from crm.issues import DataError, Issue, Severity, suggestion
from crm.past_columns import PastColumns
from crm.past_owners import without_placeholders
from crm.reading.departed import without_departed
from crm.reading.expected_dates import without_expected_dates
from crm.reading.features import feature_columns, feature_warnings, unknown_columns
from crm.reading.header_names import as_in_file
from crm.reading.mapping import mapped, reps_to_match
from crm.reading.moment import Guess, guessed_moment
from crm.reading.new_words import new_words, past_words, words_of_today
from crm.reading.raw_cells import RawCells, raw_cells
from crm.reading.recorded import readings
from crm.reading.truth_words import with_one_spelling
from crm.reading.typed_columns import typed
from crm.schema import REQUIRED_TABLES, TABLES, Column
from crm.source import Source
from crm.table import Table, text_frame

EMPTY = {
    "absences": ", so nobody is away",
    "accounts": ", so no account has an owner",
}
"""Table -> what it means that it has no rows."""


def read_crm(
    sources: Mapping[str, Source | str],
    folder: str | Path = ".",
    as_of: datetime | date | None = None,
    calendar: Calendar | None = None,
    with_rows: Collection[str] = REQUIRED_TABLES,
    needed: Collection[str] = REQUIRED_TABLES,
    past: PastColumns | None = None,
) -> tuple[CrmData, tuple[Issue, ...]]:
    """Return the typed, checked tables, and warnings about them.

    Parameters
    ----------
    sources
        Table name -> where it comes from, or the name of its file. Leads and reps
        are needed; the others are empty where absent.
    folder
        The folder that file names are relative to.
    as_of
        The moment of the allocation, in the calendar's zone where it has no offset; a
        date means the end of that day. Without it, the newest ``created_at`` among the
        leads, as :func:`crm.reading.moment.guessed_moment` has it; where nobody works
        on its day, the end of the next working day.
    calendar
        In which zone days and times without an offset are; UTC by default.
    with_rows
        Tables that must have rows; of the others a warning says so.
    needed
        Tables that must be there.
    past
        What stands for the history, where that is none of the sources.

    Raises
    ------
    DataError
        With the issues of all tables, warnings included, if any is an error.
    """
    calendar = calendar or Calendar()
    issues = [*_misnamed(sources, needed), *_untimely(as_of, calendar)]
    known = {
        name: Source.model_validate(source)
        for name, source in sources.items()
        if name in TABLES
    }
    with Databases(Path(folder)) as databases:
        raw, cells = _mapped_tables(
            known, Path(folder), issues, databases, calendar.zone
        )
    for name, table in raw.items():
        issues += _emptiness(name, known[name], table, with_rows)
    raw, told = with_one_spelling(raw, past)
    issues += [*told, *feature_warnings(raw, known, past)]
    features = feature_columns(raw, past)
    tables: dict[str, Table] = {}
    for name, table in raw.items():
        columns = _columns(name, table, features)
        tables[name], told = typed(table, columns, name, known[name], calendar.zone)
        issues += told
    file_columns = {name: frozenset(table.names) for name, table in raw.items()}
    raw.clear()  # Texts of a million times and amounts are large.
    before = past_words(tables, past)
    words = words_of_today(tables, before)
    issues += new_words(tables, words, before)
    for settled in (without_placeholders, without_expected_dates, without_departed):
        tables, told = settled(tables)
        issues += told
    guess = guessed_moment(tables) if as_of is None else None
    moment = _moment(as_of, guess, calendar)
    issues += table_issues(tables, moment, n_far=guess.n_far if guess else 0)
    issues = list(dict.fromkeys(map(headless, issues)))
    if moment is None or any(issue.severity == "error" for issue in issues):
        raise DataError(issues)
    frames = {name: _frame(name, tables, calendar.zone) for name in TABLES}
    crm = CrmData(
        **frames,
        as_of=moment,
        file_columns=file_columns,
        queries=databases.records,
        calendar=calendar,
        readings=readings(cells, tables, words, calendar.zone),
        sources=known,
        past=past,
    )
    return crm, tuple(issues)


def _misnamed(
    sources: Mapping[str, Source | str], needed: Collection[str]
) -> list[Issue]:
    unknown = [name for name in sources if name not in TABLES]
    absent = [name for name in needed if name not in sources]
    return [
        Issue("data", f"not a table{suggestion(name, TABLES)}", column=name)
        for name in unknown
    ] + [Issue("data", "this table is needed", column=name) for name in absent]


def _mapped_tables(
    sources: dict[str, Source],
    folder: Path,
    issues: list[Issue],
    databases: Databases,
    zone: tzinfo,
) -> tuple[dict[str, Table], dict[str, RawCells]]:
    """Return the tables that could be read, and rows of their files.

    Adds to `issues` why others could not. The reps come first: other tables may
    name them otherwise. Sources get the names that their files have for columns.
    """
    files: dict[str, Table] = {}
    tables: dict[str, Table] = {}
    cells: dict[str, RawCells] = {}
    reps = None
    for name in sorted(sources, key=lambda name: name != "reps"):
        source = sources[name]
        try:
            if source.file is None:
                table = databases.table(name, source)
            else:
                key = source.layout.model_dump_json()
                if key not in files:
                    path = folder / source.file
                    files[key] = read_table(path, source.file, source.layout)
                table = files[key]
                table = replace(table, file=_shown(name, source.file, sources))
            issues += [note for note in table.notes if note.column not in source.drop]
            sources[name], told = as_in_file(name, source, table)
            issues += told
            source = sources[name]
            tables[name], told = mapped(name, source, table, reps, zone)
            issues += told
            cells[name] = raw_cells(source, table, tables[name])
            if name == "reps":
                reps = reps_to_match(sources, table, tables[name])
        except DataError as error:
            issues += error.issues
    return {name: tables[name] for name in sources if name in tables}, cells


def _shown(name: str, file: str, sources: Mapping[str, Source]) -> str:
    """Return what messages call a file: with the table, where it holds several."""
    files = [source.file for source in sources.values()]
    return f"{file} ({name})" if files.count(file) > 1 else file


def _emptiness(
    name: str, source: Source, table: Table, with_rows: Collection[str]
) -> list[Issue]:
    """Return an error for a needed table without rows, a warning for another."""
    if len(table.frame):
        return []
    message = "no row satisfies `where`" if source.where else "the table has no rows"
    message += EMPTY.get(name, "")
    severity: Severity = "error" if name in with_rows else "warning"
    return [Issue(table.file, f"{name}: {message}", severity=severity)]


def _columns(
    name: str, table: Table, features: Mapping[str, Column]
) -> dict[str, Column]:
    """Return the schema's columns, then the table's own."""
    own = unknown_columns(name, table)
    has_features = name in ("leads", "history")
    return {
        **TABLES[name],
        **{c: features[c] if has_features else Column("text") for c in own},
    }


def _untimely(as_of: datetime | date | None, calendar: Calendar) -> list[Issue]:
    """Return an error where `as_of` is a local time that is none, or two."""
    if as_of is None or not (problem := calendar.problem_of(as_of)):
        return []
    return [Issue("data", problem, column="as_of", value=as_of.isoformat())]


def _moment(
    as_of: datetime | date | None, guess: Guess | None, calendar: Calendar
) -> pd.Timestamp | None:
    if as_of is not None:
        return calendar.span(as_of)[1]
    if guess is None:
        return None
    today = calendar.date_of(guess.moment)
    if calendar.works_on(today) or (later := calendar.next_working_day(today)) is None:
        return guess.moment
    return calendar.span(later)[1]


def _frame(name: str, tables: Mapping[str, Table], zone: tzinfo) -> pd.DataFrame:
    if name in tables:
        return tables[name].frame
    empty = Table(name, text_frame([], []), np.empty(0, dtype=np.int64))
    return typed(empty, TABLES[name], zone=zone)[0].frame

"""The source of each table as a scenario has it, every guess with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from crm.issues import DataError, Issue
from crm.recognition.activity import active_entries, fits
from crm.recognition.columns import dropped, named_columns, people
from crm.recognition.date_formats import DateColumn, date_column, date_entries
from crm.recognition.date_orders import Orders, orders_in
from crm.recognition.decisions import Decisions
from crm.recognition.entry import Entry
from crm.recognition.layouts import Laid
from crm.recognition.lead_records import LeadRecords
from crm.recognition.list_separators import split_entries
from crm.recognition.missing_words import missing_entries
from crm.recognition.named import Named
from crm.recognition.number_signs import is_amounts, rate_entries, sign_entries
from crm.recognition.rep_columns import owner_headers, reps_found
from crm.schema import TABLES
from crm.systems.export import Export
from crm.table import Table

_NUMBERS = ("number", "integer")


@dataclass(frozen=True)
class Setting:
    """What is known beyond a file itself.

    Attributes
    ----------
    decisions
        Where questions go.
    missing
        Words that mean empty.
    written
        File -> its table, in which they still stand.
    """

    decisions: Decisions
    missing: Sequence[str]
    written: Mapping[str, Table]


def reps_source(
    laid: Laid, export: Export | None, n_leads: int, setting: Setting
) -> list[Entry]:
    """Return the source of the reps."""
    frame = laid.table.frame
    named = named_columns("reps", laid.table, export)
    named["rep_id"] = _rep_id(named, frame, laid.file)
    if "active" in named and not fits(frame[named["active"].parts[0]]):
        del named["active"]
    entries = _first(laid, named, "reps")
    entries += _cells(laid, "reps", named, setting)
    if "active" in named:
        words = active_entries(frame[named["active"].parts[0]], setting.decisions)
        entries += [Entry("values", (Entry("active", words),))] if words else []
    if "daily_capacity" not in named:
        entries.append(_capacity(laid, n_leads, setting.decisions))
    return entries


def _rep_id(named: Mapping[str, Named], frame: pd.DataFrame, file: str) -> Named:
    """Return the column that names a rep: filled and different in each row."""
    for ours in ("rep_id", "email", "name"):
        if ours in named and len(named[ours].parts) == 1:
            cells = frame[named[ours].parts[0]]
            if cells.is_unique and (cells != "").all():
                why = named[ours].why if ours == "rep_id" else "no two reps share one"
                return Named(named[ours].origin, named[ours].parts, why)
    if "rep_id" in named:
        return named["rep_id"]
    message = "no column tells one rep from another; call one of them rep_id"
    raise DataError([Issue(file, message, 1)])


def _capacity(laid: Laid, n_leads: int, decisions: Decisions) -> Entry:
    n_reps = len(laid.table.rows)
    fair = str(max(1, -(-n_leads // n_reps)))
    text = f"No column of {laid.file} says how many leads a rep gets a day; how many?"
    answer = decisions.choose("daily_capacity", text, default=fair)
    told = answer if answer.isdigit() else fair
    why = f"undecided, fill it in: {n_leads:,} leads by {n_reps:,} reps is {fair} each"
    return Entry("constants", {"daily_capacity": int(told)}, why)


def leads_source(
    records: LeadRecords, setting: Setting, where: Any, why: str
) -> list[Entry]:
    """Return the source of the day's leads."""
    named = named_columns("leads", records.laid.table, records.export)
    if records.rep is not None:
        named["current_rep_id"] = _rep(records)
    return _of_records("leads", records, named, setting, where, why)


def history_source(
    records: LeadRecords, setting: Setting, where: Any, why: str
) -> list[Entry]:
    """Return the source of the history."""
    named = named_columns("history", records.laid.table, records.export)
    named["assigned_at"] = _first_part(named["assigned_at"], records.laid)
    if records.rep is not None:
        named["rep_id"] = _rep(records)
    if records.outcome is not None:
        outcome = records.outcome
        named["outcome"] = Named(outcome.origin, _parts(outcome.origin), outcome.why)
    if records.closing:
        several = len(records.closing) > 1
        origin = records.closing if several else records.closing[0]
        told = "the first that is filled; the last is a guess" if several else ""
        named["closed_at"] = Named(origin, tuple(records.closing), told)
    return _of_records("history", records, named, setting, where, why)


def _first_part(named: Named, laid: Laid) -> Named:
    """Return the first column alone where it has no empty cell to be filled."""
    first = named.parts[0]
    if len(named.parts) == 1 or (laid.table.frame[first] == "").any():
        return named
    return Named(first, (first,))


def _rep(records: LeadRecords) -> Named:
    rep = records.rep
    assert rep is not None
    return Named(rep.origin, (rep.header,), rep.why)


def _parts(origin: Any) -> tuple[str, ...]:
    if isinstance(origin, str):
        return (origin,)
    return tuple(dict.fromkeys(name for where in origin.values() for name in where))


def _of_records(
    table: str,
    records: LeadRecords,
    named: dict[str, Named],
    setting: Setting,
    where: Any,
    why: str,
) -> list[Entry]:
    laid, export = records.laid, records.export
    consumed = {part for one in named.values() for part in one.parts}
    owners = owner_headers(laid.table.names, export)
    stages = [records.outcome.stage] if records.outcome else []
    drop = dropped(table, laid.table, export, consumed, owners, stages)
    entries = _first(laid, named, table)
    left_out = set(drop[0].value) if drop else set()
    entries += _cells(laid, table, named, setting, left_out | consumed)
    if table == "history" and records.outcome and records.outcome.values:
        entries.append(Entry("values", records.outcome.values))
    if table == "history" and records.outcome:
        entries += records.outcome.fill
    if where:
        entries.append(Entry("where", where, why))
    return entries + drop


def joined_source(
    table: str, laid: Laid, export: Export | None, reps: pd.DataFrame, setting: Setting
) -> list[Entry]:
    """Return the source of accounts or absences, who name a rep."""
    headers = laid.table.names
    named = named_columns(table, laid.table, export)
    ours = "owner_rep_id" if table == "accounts" else "rep_id"
    if found := reps_found(laid.table.frame, _owners(table, headers, export), reps):
        named[ours] = Named(found.origin, (found.header,), found.why)
    if table == "absences":
        used = {named[c].parts[0] for c in ("from", "to") if c in named}
        named = {c: n for c, n in named.items() if c == ours or set(n.parts) <= used}
    return [*_first(laid, named, table), *_cells(laid, table, named, setting)]


def _owners(table: str, headers: Sequence[str], export: Export | None) -> list[str]:
    if table == "accounts":
        return owner_headers(headers, export)
    return [h for h in headers if h not in TABLES[table] or h == "rep_id"]


def _first(laid: Laid, named: Mapping[str, Named], table: str) -> list[Entry]:
    """Return the file, its layout, and its columns."""
    entries = [Entry("file", laid.file)]
    entries += [Entry(key, laid.keys[key], laid.whys[key]) for key in laid.keys]
    told = tuple(
        Entry(ours, named[ours].origin, named[ours].why)
        for ours in TABLES[table]
        if ours in named and named[ours].origin != ours
    )
    if told:
        names = people(laid.table.names)
        why = f"never features, as names of people: {', '.join(names)}" if names else ""
        entries.append(Entry("columns", told, why))
    return entries


def _cells(
    laid: Laid,
    table: str,
    named: Mapping[str, Named],
    setting: Setting,
    used: set[str] | None = None,
) -> list[Entry]:
    """Return the keys that say how cells are written."""
    frame = laid.table.frame
    nothing = set(setting.missing)

    def texts(headers: Sequence[str]) -> list[list[str]]:
        return [
            [t for t in frame[h].unique() if t and t not in nothing] for h in headers
        ]

    kinds = {ours: TABLES[table][ours].kind for ours in named}
    dates: dict[str, DateColumn] = {
        ours: date_column(texts(one.parts))
        for ours, one in named.items()
        if kinds[ours] == "timestamp"
    }
    amounts = {
        ours: texts(one.parts)[0]
        for ours, one in named.items()
        if kinds[ours] in _NUMBERS and one.parts[0] not in laid.table.number_columns
    }
    features = _features(laid, table, named, used or set())
    amounts |= {f: texts([f])[0] for f in features if is_amounts(texts([f])[0])}
    lists = {o: texts(n.parts)[0] for o, n in named.items() if kinds[o] == "list"}
    entries = missing_entries(setting.written[laid.file], setting.missing)
    ambiguous = any(len(column.forms) > 1 for column in dates.values())
    orders = orders_in(laid.table) if ambiguous else Orders({})
    entries += date_entries(laid.file, dates, orders, setting.decisions)
    entries += sign_entries(table, amounts, laid.file, setting.decisions)
    for ours in ("deal_value", "won_value"):
        entries += rate_entries(amounts.get(ours, []), setting.decisions, laid.file)
    return entries + split_entries(lists)


def _features(
    laid: Laid, table: str, named: Mapping[str, Named], used: set[str]
) -> list[str]:
    if table not in ("leads", "history"):
        return []
    parts = {part for one in named.values() for part in one.parts}
    names = set(laid.table.names) - parts - used - laid.table.number_columns
    return [name for name in laid.table.names if name in names]

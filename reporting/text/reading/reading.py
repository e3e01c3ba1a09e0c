"""How the tables were read, as text: what to look at before trusting them."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from crm import CrmData, listed, shorten
from crm.file_form import FileForm
from crm.table_reading import ColumnReading, OwnersReading, TableReading
from crm.zones import moment_text
from reporting.text.layout.layout import counted, table

CELL, SOURCE = 25, 34
"""Characters of a cell and of a source that a line shows."""
NAMED = 4
"""Values and names in a line before the rest is counted."""
COLUMNS = 60
"""Columns of a table that are shown before the rest is counted."""
_SEPARATORS = {"\t": "tab", ",": "comma", ";": "semicolon"}


def reading_text(crm: CrmData) -> str:
    """Return a block per table: its file, its columns, and who its reps are."""
    blocks = ["\n".join(_block(name, told)) for name, told in crm.readings.items()]
    return "\n\n".join(blocks)


def window_text(crm: CrmData) -> str:
    """Return the moments between which the day lies, and the one of the allocation."""
    first, last = map(moment_text, crm.calendar.span(crm.today))
    return f"{first} to {last}, allocated as of {moment_text(crm.as_of)}"


def _block(name: str, reading: TableReading) -> Iterator[str]:
    yield f"{name}: {file_words(reading)}"
    if reading.columns:
        yield table(pd.DataFrame(map(_row, reading.columns[:COLUMNS])))
    if (n_more := len(reading.columns) - COLUMNS) > 0:
        yield f"and {counted(n_more, 'more column')}; --json has all"
    for label, sentence in table_facts(reading):
        yield f"{label}: {sentence}"


def _row(column: ColumnReading) -> dict[str, str]:
    pairs = [pair_text(raw, read) for raw, read in column.pairs]
    return {
        "column": shorten(column.name, CELL),
        "from": shorten(column.source, SOURCE),
        "filled": filled_text(column),
        "holds": holds_text(column),
        "cells, as read": "; ".join(pairs),
    }


def pair_text(raw: str, read: str) -> str:
    """Return a cell of the file and what it is read as, where that differs."""
    if raw in (read, _short(read)):
        return shorten(raw, CELL)
    return f"{shorten(raw, CELL)} -> {shorten(_short(read), CELL) or 'empty'}"


def filled_text(column: ColumnReading) -> str:
    """Return the share of filled cells; never 0 % or 100 % by rounding."""
    if not column.n_rows:
        return "-"
    share = column.n_filled / column.n_rows
    if 0 < share < 0.01 or 0.99 < share < 1:
        return f"{100 * share:.4g} %"
    return f"{share:.0%}".replace("%", " %")


def holds_text(column: ColumnReading) -> str:
    """Return the range of a column, its words, or how many different values it has."""
    if not column.n_filled:
        return "nothing"
    if column.lowest is not None and column.highest is not None:
        ends = dict.fromkeys([_short(column.lowest), _short(column.highest)])
        return " to ".join(ends)
    if column.words:
        return _words(column.words)
    if column.n_distinct is None:
        return f"over {column.n_distinct_at_least:,} different"
    return f"{column.n_distinct:,} different"


def _short(text: str) -> str:
    """Return the first moment of a day as its date."""
    return text.removesuffix("T00:00:00Z")


def _words(words: Sequence[tuple[str, int]]) -> str:
    return listed([f"{shorten(word, CELL)} {n:,}" for word, n in words], NAMED)


def file_words(reading: TableReading) -> str:
    """Return the file of a table, how it was read, and its rows."""
    rows = counted(reading.n_rows, "row")
    n_left = reading.n_file_rows - reading.n_rows
    if n_left:
        rows = f"{reading.n_rows:,} of {counted(reading.n_file_rows, 'row')}, the "
        rows += "others left out by where or made one per id"
    form = ", ".join(form_words(reading.form))
    return f"{reading.file} ({form}): {rows}" if form else f"{reading.file}: {rows}"


def form_words(form: FileForm) -> Iterator[str]:
    """Yield how the rows of a file were found."""
    if form.format:
        yield form.format
    if form.encoding:
        yield form.encoding
    if form.separator:
        shown = _SEPARATORS.get(form.separator, form.separator)
        yield f"separated by {shown}"
    if form.sheet:
        yield f"sheet {form.sheet}"
    if form.header_row:
        yield f"header in row {form.header_row}"
    if form.n_footer_rows:
        yield f"{counted(form.n_footer_rows, 'row')} of footer left out"
    if form.n_hidden_rows:
        yield f"{counted(form.n_hidden_rows, 'hidden row')} read like the others"
    if form.hidden_columns:
        yield f"hidden columns read: {listed(form.hidden_columns, NAMED)}"


def table_facts(reading: TableReading) -> Iterator[tuple[str, str]]:
    """Yield label and sentence of what is known of a table beside its columns."""
    for column in reading.columns:
        if column.name == "outcome":
            yield "outcome", ", ".join(f"{n:,} {word}" for word, n in column.words)
    for owners in reading.owners:
        yield owners.column, owners_text(owners)
    for column in reading.columns:
        if column.new_words:
            yield column.name, f"history never had {_named(column.new_words)}"
    if reading.currency:
        yield "currency", rates_text(reading.currency, reading.rates)
    if reading.unused:
        yield "not used", listed(reading.unused, 2 * NAMED)
    if any(column.kind == "timestamp" for column in reading.columns):
        yield "times", f"those without an offset are of {reading.time_zone}"


def owners_text(owners: OwnersReading) -> str:
    """Return how many names are reps of the day, and who is none."""
    text = f"{owners.n_matched:,} of {counted(owners.n_owners, 'owner')} found among "
    text += "the reps"
    if owners.unmatched:
        text += f", not {_named(owners.unmatched)}"
    if owners.n_without:
        text += f"; {counted(owners.n_without, 'row')} without an owner"
    return text


def rates_text(currency: str, rates: Mapping[str, float]) -> str:
    """Return the currency of the amounts, and the factors that make it."""
    factors = [f"{name} x {factor:g}" for name, factor in rates.items()]
    return ", ".join([f"all amounts in {currency}", *factors])


def _named(words: Sequence[tuple[str, int]]) -> str:
    told = [f"{shorten(word)!r} (rows: {n:,})" for word, n in words]
    return listed(told, NAMED)

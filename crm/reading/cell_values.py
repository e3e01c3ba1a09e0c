"""Cells as the source says they are written, made plain: ISO dates, numbers, lists."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from crm.cells import are_iso, cell_text, numbers
from crm.issues import Issue, listed, shorten
from crm.reading.amounts import Signs, amount
from crm.reading.dates import iso_texts
from crm.reading.features import MOST_TEXT, NAMED
from crm.reading.mending import first_of, mending_keys
from crm.reading.money import MONEY, converted, unit_issues
from crm.schema import ALL_TABLES, Column
from crm.source import Source
from crm.table import Table, text_frame
from crm.value_keys import of_column

_OWN = Column("text")


@dataclass
class _Texts:
    """The distinct texts of a column as they become.

    Attributes
    ----------
    codes
        Row -> its text, shape (n_rows,).
    before, after
        The texts, as the file has them and made plain, shape (n_texts,).
    fixed
        Whether `values` translated a text, or it is empty: it stays, shape (n_texts,).
    numeric
        Whether the file holds it as a number, and not as a text: a number has a
        decimal point, shape (n_texts,).
    bad
        Whether a text is not written as the source says, shape (n_texts,).
    units
        Unit of each amount, shape (n_texts,).
    """

    codes: np.ndarray
    before: np.ndarray
    after: np.ndarray
    fixed: np.ndarray
    numeric: np.ndarray
    bad: np.ndarray
    units: np.ndarray
    expected: str = ""
    mended: str = ""
    note: str = ""

    @property
    def open(self) -> list[str]:
        """The filled texts that `values` did not translate."""
        return self.before[~self.fixed].tolist()

    def become(self, plain: Sequence[str]) -> None:
        """Let the open texts become these."""
        self.after[~self.fixed] = np.array(plain, dtype=object)


def with_plain_cells(
    name: str, source: Source, table: Table, file: Table
) -> tuple[Table, list[Issue]]:
    """Return the table with cells made plain, and an issue for each that cannot be.

    Dates become ISO 8601, numbers get a decimal point and lose units, lists are
    separated by ``|``; `values` are translated first, empty cells filled last.

    Parameters
    ----------
    name
        One of :data:`crm.schema.ALL_TABLES`.
    source
        How the cells are written.
    table
        Our columns, as the file has them.
    file
        The file's columns, row by row the same.
    """
    frame, unreadable, issues = {}, {}, []
    for column in table.names:
        frame[column] = table.frame[column]
        if column in source.constants or not _concerns(name, source, column):
            continue
        texts = _texts(table, source, column)
        _make_plain(texts, ALL_TABLES[name].get(column), source, column)
        issues += _bad_cells(table, column, texts)
        if texts.note:
            issues.append(
                Issue(table.file, texts.note, None, column, severity="warning")
            )
        if texts.bad.any():
            unreadable[column] = texts.bad[texts.codes]
            texts.after[texts.bad] = ""
        if any(texts.units):
            issues += unit_issues(source, table, column, texts.codes, texts.units)
        cells = texts.after[texts.codes]
        if source.rates and column in MONEY:
            units = texts.units[texts.codes]
            cells, told = converted(source.rates, table, file, column, cells, units)
            issues += told
        frame[column] = pd.Series(cells, dtype=object)
    for column, value in source.fill.items():
        frame[column] = frame[column].mask(frame[column] == "", cell_text(value))
    shown = text_frame(table.names, [cells.to_numpy() for cells in frame.values()])
    return replace(table, frame=shown, unreadable=unreadable), issues


def _concerns(name: str, source: Source, column: str) -> bool:
    """Tell whether the source says anything of how this column is written."""
    known = ALL_TABLES[name].get(column)
    kind = known.kind if known else "feature"
    told = [
        column in source.values,
        column in (source.split if isinstance(source.split, dict) else ()),
    ]
    if kind in ("timestamp", "feature"):
        told.append(bool(source.formats(column)))
    if kind in ("number", "integer", "feature"):
        told.append(bool(source.decimal_of(column)))
    if kind == "list":
        told.append(of_column(source.split, column) is not None)
    return any(told) or bool(source.rates and column in MONEY)


def _texts(table: Table, source: Source, column: str) -> _Texts:
    cells = table.frame[column].to_numpy()
    codes, before = pd.factorize(cells, use_na_sentinel=False)
    numeric = np.zeros(len(before), dtype=bool)
    if column in table.numeric:
        both = 2 * codes + table.numeric[column]
        codes, distinct = pd.factorize(both)
        before, numeric = before[distinct // 2], distinct % 2 == 1
    meanings = source.values.get(column, {})
    words = {text.strip(): cell_text(value) for text, value in meanings.items()}
    after = np.array([words.get(text, text) for text in before], dtype=object)
    fixed = np.array([t in words or t == "" for t in before], dtype=bool)
    nothing = np.full(len(before), "", dtype=object)
    bad = np.zeros(len(before), dtype=bool)
    return _Texts(codes, before, after, fixed, numeric, bad, nothing)


def _make_plain(
    texts: _Texts, column: Column | None, source: Source, name: str
) -> None:
    """Make the texts plain, those of a feature where all of them are written so."""
    kind = column.kind if column else None
    if kind == "list" or (isinstance(source.split, dict) and name in source.split):
        if split := of_column(source.split, name):
            texts.fixed = texts.fixed | texts.numeric
            texts.become([text.replace(split, "|") for text in texts.open])
    elif kind == "timestamp":
        if source.formats(name):
            _read_dates(texts, column or _OWN, source, name)
    elif kind in ("number", "integer"):
        _read_amounts(texts, column or _OWN, source, name)
    elif kind is None:
        _read_feature(texts, source, name)


def _read_feature(texts: _Texts, source: Source, name: str) -> None:
    before = replace(texts, after=texts.after.copy())
    if source.decimal_of(name):
        _read_amounts(texts, Column("number"), source, name)
        declared = isinstance(source.decimal or source.thousands, dict)
        if declared or not texts.bad.any():
            return
        texts.note = _nearly_numbers(texts)
    _forget(texts, before)
    if source.formats(name):
        declared = isinstance(source.dates, dict)
        if not declared and _may_be_numbers(texts.open):
            return
        _read_dates(texts, Column("timestamp"), source, name)
        if texts.bad.any() and not declared:
            _forget(texts, before)


def _nearly_numbers(texts: _Texts) -> str:
    """Return a warning where most cells are numbers of the keys, and no plain ones."""
    n_rows = np.bincount(texts.codes, minlength=len(texts.before))
    n_filled = n_rows[texts.before != ""].sum()
    n_bad = n_rows[texts.bad].sum()
    is_plain = ~np.isnan(numbers(texts.before))
    if n_bad >= MOST_TEXT * n_filled or n_rows[is_plain].sum() > MOST_TEXT * n_filled:
        return ""
    words = texts.before[texts.bad].tolist()
    told = listed([repr(shorten(word)) for word in words], NAMED)
    return (
        f"{n_bad:,} of {n_filled:,} cells are {texts.expected}, so all count as text: "
        f"{told}; translate it under `values`, or say missing: [{words[0]!r}]"
    )


def _forget(texts: _Texts, before: _Texts) -> None:
    texts.after, texts.fixed = before.after.copy(), before.fixed
    texts.bad = np.zeros(len(texts.bad), dtype=bool)
    texts.units = np.full(len(texts.bad), "", dtype=object)
    texts.expected = texts.mended = ""


def _may_be_numbers(texts: list[str]) -> bool:
    return not np.isnan(numbers(texts)).any()


def _read_dates(texts: _Texts, column: Column, source: Source, name: str) -> None:
    forms = source.formats(name)
    told = " or ".join(f'"{form}"' for form in forms)
    readings = [
        texts.open if form == "iso" else iso_texts(texts.open, form) for form in forms
    ]
    plain = []
    for given in zip(*readings, strict=True):
        different = list(dict.fromkeys(filter(None, given)))
        plain.append(different[0] if len(different) == 1 else "")
    texts.become(plain)
    texts.bad = ~texts.fixed & (texts.after == "")
    if texts.bad.any():
        texts.expected = f"not one date of `dates: {told}`"
        if are_iso(texts.open):
            texts.mended = "all are ISO 8601: leave `dates` out, or say iso"
        else:
            texts.mended = mending_keys(column, name, texts.open, source)


def _read_amounts(texts: _Texts, column: Column, source: Source, name: str) -> None:
    sign = source.decimal_of(name)
    units_only = bool(source.rates and name in MONEY)
    if not sign and not units_only:
        return
    texts.fixed = texts.fixed | texts.numeric
    signs = Signs(sign or ".", source.thousands_of(name))
    read = [amount(text, signs) for text in texts.open]
    texts.become([one.text for one in read])
    texts.bad = ~texts.fixed & (texts.after == "")
    texts.units[~texts.fixed] = np.array([one.unit for one in read], dtype=object)
    if texts.bad.any():
        texts.expected = f"not a number of `{signs.key()}`"
        texts.mended = mending_keys(column, name, texts.open, source)


def _bad_cells(table: Table, column: str, texts: _Texts) -> list[Issue]:
    """Return an error per text, or one for all where a key would mend them."""
    bad = texts.bad[texts.codes]
    if texts.mended:
        message = f"{texts.expected}; {texts.mended}"
        return [first_of(table, column, texts.before[texts.codes], bad, message)]
    return table.issues(bad, column, texts.expected) if texts.expected else []

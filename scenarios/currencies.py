"""Amounts of several currencies, which no objective can add up."""

from collections.abc import Iterable, Iterator

import pandas as pd

from crm import TABLES, CrmData, Issue, listed
from crm.currencies import CODES, currency_code
from crm.spelling import folded
from scenarios.validation import ScenarioFile

NAMED = 6
"""Currencies that are named before the rest is counted."""
_TABLES = ("leads", "history")
_WORDS = ("currency", "wahrung", "devise", "divisa", "moneda", "valuta")


def currency_issues(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    """Yield an error where amounts are of several currencies, by a column of them."""
    sources = file.scenario.data.sources
    given = {t: sources[t].rates for t in _TABLES if t in sources}
    targets = {currency_code(rates.to) for rates in given.values() if rates}
    columns: dict[str, set[str]] = {}
    for table in _TABLES:
        if not given.get(table):
            for name, codes in _currencies(crm, table).items():
                columns.setdefault(name, set()).update(codes)
    keys = ("objective", "maximise")
    if len(targets) > 1 and not columns:
        text = f"rates make {listed(sorted(targets), NAMED)}: "
        yield file.issue(
            keys, text + "amounts of several currencies cannot be added up"
        )
    for name, codes in columns.items():
        if len(codes | targets) > 1:
            text = (
                f"{name} holds {listed(sorted(codes | targets), NAMED)}: amounts of "
                "several currencies cannot be added up; give their source rates, such "
                f"as rates: {{to: EUR, column: {name}, GBP: 1.17}}, or map an amount "
                f"in one currency and drop: [{name}]"
            )
            yield file.issue(keys, text)


def _currencies(crm: CrmData, table: str) -> dict[str, set[str]]:
    """Return each column of currencies -> those it holds."""
    found = {}
    for name, words in _words(crm, table).items():
        codes = {currency_code(text) for text in words if text}
        told = any(word in folded(name) for word in _WORDS)
        if codes and (codes <= CODES or (told and all(map(_is_short, codes)))):
            found[name] = codes
    return found


def _words(crm: CrmData, table: str) -> dict[str, Iterable[str]]:
    """Return each feature of texts -> its different texts."""
    names = sorted(crm.columns_of(table) - TABLES[table].keys())
    if table == "history" and crm.past is not None:
        return {name: crm.past.words.get(name, ()) for name in names}
    cells: dict[str, pd.Series] = {name: getattr(crm, table)[name] for name in names}
    return {name: c.unique() for name, c in cells.items() if c.dtype == object}


def _is_short(code: str) -> bool:
    return len(code) <= 3

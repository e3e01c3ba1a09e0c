"""Amounts of several currencies are no revenue until they are one."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from crm import Source
from scenarios.currencies import currency_issues


def issues_of(leads, history, /, name="Currency", **sources: Any):
    """Return what is said of columns of these cells."""
    frames = {
        table: pd.DataFrame({name: pd.Series(cells, dtype=object)})
        for table, cells in (("leads", leads), ("history", history))
    }
    crm = SimpleNamespace(
        **frames, past=None, columns_of=lambda table: frozenset([name])
    )
    known = {
        table: Source.model_validate({"file": "a.csv"} | sources.get(table, {}))
        for table in frames
    }
    data = SimpleNamespace(sources=known)
    file = SimpleNamespace(
        scenario=SimpleNamespace(data=data), issue=lambda keys, text: text
    )
    return list(currency_issues(file, crm))


TO_EUR = {"rates": {"to": "EUR", "GBP": 1.2}}


@pytest.mark.parametrize(
    ("leads", "history"),
    [(["EUR", "GBP"], ["EUR"]), (["EUR"], ["GBP"]), (["€", ""], ["£", "EUR"])],
)
def test_two_currencies_are_an_error(leads, history):
    """In one table or in both, as codes or signs; the keys that mend it are named."""
    [said] = issues_of(leads, history)
    assert "EUR, GBP" in said
    assert "rates: {to: EUR, column: Currency" in said
    assert "drop: [Currency]" in said


@pytest.mark.parametrize(
    ("leads", "history", "sources"),
    [
        (["EUR"], ["EUR", "€"], {}),
        (["Web"], ["Fair"], {}),
        (["EUR", "GBP"], ["GBP"], {"leads": TO_EUR, "history": TO_EUR}),
        (["EUR", "GBP"], ["EUR"], {"leads": TO_EUR}),
    ],
)
def test_one_currency_is_fine(leads, history, sources):
    """By the cells, or once rates make it one."""
    assert issues_of(leads, history, **sources) == []


def test_rates_of_one_table_do_not_make_those_of_the_other():
    """Leads in euros and history in pounds stay two."""
    assert issues_of(["EUR", "GBP"], ["GBP"], leads=TO_EUR)
    to_gbp = {"rates": {"to": "GBP", "EUR": 0.8}}
    assert issues_of(["EUR"], ["GBP"], leads=TO_EUR, history=to_gbp)

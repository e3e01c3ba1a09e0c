"""Words of today's leads that the history never had."""

from collections.abc import Mapping

import pandas as pd

from crm.issues import Issue, listed
from crm.past_columns import PastColumns, category_words
from crm.spelling import Spellings
from crm.table import Table

NAMED = 6


def past_words(
    tables: Mapping[str, Table], past: PastColumns | None
) -> Mapping[str, tuple[str, ...]]:
    """Return category -> the words that history had.

    Parameters
    ----------
    tables
        Table name -> typed table.
    past
        What stands for the history, where that is none of the tables.
    """
    if "history" in tables:
        return category_words(tables["history"].frame)
    return past.words if past is not None else {}


def new_words(
    tables: Mapping[str, Table],
    words: Mapping[str, pd.Series],
    past: Mapping[str, tuple[str, ...]],
) -> list[Issue]:
    """Return a warning per category with the words that history never had.

    Parameters
    ----------
    tables
        Table name -> typed table.
    words
        What :func:`words_of_today` returns of them.
    past
        Category -> the words that history had.
    """
    issues = []
    for column, counts in words.items():
        spellings = Spellings(list(past[column]), are_names=True)
        told = [
            f"{w!r} (leads: {n:,}{_near(spellings, str(w))})" for w, n in counts.items()
        ]
        message = f"history never had: {listed(told, NAMED)}; the model knows nothing "
        message += "of it"
        file = tables["leads"].file
        issues.append(Issue(file, message, None, column, severity="warning"))
    return issues


def words_of_today(
    tables: Mapping[str, Table], past: Mapping[str, tuple[str, ...]]
) -> dict[str, pd.Series]:
    """Return category -> words of the leads that history never had, and their leads."""
    if "leads" not in tables:
        return {}
    leads = tables["leads"].frame
    found = {}
    for column in map(str, leads.columns):
        if column not in past or leads[column].dtype != object:
            continue
        today = leads[column]
        new = today[(today != "") & ~today.isin(past[column])].value_counts()
        if len(new):
            found[column] = new
    return found


def _near(spellings: Spellings, word: str) -> str:
    near = spellings.near(word)
    return f", history has {near!r}" if near else ""

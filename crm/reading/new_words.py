"""Words of today's leads that the history never had."""

from collections.abc import Mapping

import pandas as pd

from crm.issues import Issue, listed
from crm.schema import TABLES
from crm.spelling import Spellings
from crm.table import Table

MOST_WORDS = 50
"""Different words of a category in history; a column of more holds names or texts."""
MOST_LOOKED = 1000
"""Rows whose words tell that they are too many, if they are."""
FEWEST_ROWS = 2
"""Rows of history that a word of a category has on average, at least."""
NAMED = 6
_CATEGORIES = ("territory", "product", "language", "source", "priority")


def new_words(
    tables: Mapping[str, Table], words: Mapping[str, pd.Series]
) -> list[Issue]:
    """Return a warning per category with the words that history never had.

    Parameters
    ----------
    tables
        Table name -> typed table.
    words
        What :func:`words_of_today` returns of them.
    """
    issues = []
    for column, counts in words.items():
        past = tables["history"].frame[column]
        spellings = Spellings(past[past != ""].unique().tolist(), are_names=True)
        told = [
            f"{w!r} (leads: {n:,}{_near(spellings, str(w))})" for w, n in counts.items()
        ]
        message = f"history never had: {listed(told, NAMED)}; the model knows nothing "
        message += "of it"
        file = tables["leads"].file
        issues.append(Issue(file, message, None, column, severity="warning"))
    return issues


def words_of_today(tables: Mapping[str, Table]) -> dict[str, pd.Series]:
    """Return category -> words of the leads that history never had, and their leads."""
    if not {"leads", "history"} <= tables.keys():
        return {}
    leads, history = tables["leads"].frame, tables["history"].frame
    found = {}
    for column in map(str, leads.columns):
        if column in TABLES["leads"] and column not in _CATEGORIES:
            continue
        if column not in history or leads[column].dtype != object:
            continue
        if len(counts := _new(leads[column], history[column])):
            found[column] = counts
    return found


def _new(today: pd.Series, past: pd.Series) -> pd.Series:
    nothing = pd.Series(dtype=int)
    if past.iloc[:MOST_LOOKED].nunique() > MOST_WORDS + 1:
        return nothing
    words = past[past != ""].value_counts()
    if words.empty or len(words) > MOST_WORDS:
        return nothing
    if words.sum() < FEWEST_ROWS * len(words):
        return nothing
    return today[(today != "") & ~today.isin(words.index)].value_counts()


def _near(spellings: Spellings, word: str) -> str:
    near = spellings.near(word)
    return f", history has {near!r}" if near else ""

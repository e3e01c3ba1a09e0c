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


def new_words(tables: Mapping[str, Table]) -> list[Issue]:
    """Return a warning per category with the words that history never had."""
    if not {"leads", "history"} <= tables.keys():
        return []
    leads, history = tables["leads"], tables["history"]
    issues = []
    for column in leads.frame.columns:
        if column in TABLES["leads"] and column not in _CATEGORIES:
            continue
        if column not in history.frame or leads.frame[column].dtype != object:
            continue
        issues += _new(leads, column, history.frame[column])
    return issues


def _new(leads: Table, column: str, past: pd.Series) -> list[Issue]:
    if past.iloc[:MOST_LOOKED].nunique() > MOST_WORDS + 1:
        return []
    words = past[past != ""].value_counts()
    if words.empty or len(words) > MOST_WORDS:
        return []
    if words.sum() < FEWEST_ROWS * len(words):
        return []
    today = leads.frame[column]
    counts = today[(today != "") & ~today.isin(words.index)].value_counts()
    if counts.empty:
        return []
    spellings = Spellings(words.index, are_names=True)
    told = [
        f"{w!r} (leads: {n:,}{_near(spellings, str(w))})" for w, n in counts.items()
    ]
    message = f"history never had: {listed(told, NAMED)}; the model knows nothing of it"
    return [Issue(leads.file, message, None, column, severity="warning")]


def _near(spellings: Spellings, word: str) -> str:
    near = spellings.near(word)
    return f", history has {near!r}" if near else ""

"""Words for true and false: ``TRUE`` in one table and ``True`` in another are one."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from crm.cells import TRUTHS
from crm.issues import Issue
from crm.past_columns import PastColumns
from crm.schema import TABLES
from crm.table import Table

MOST_LOOKED, MOST_WORDS = 1000, 9
"""Rows whose words tell that a column is none of true and false, if so many differ."""
_FEATURED = ("leads", "history")
_SPELLINGS = {"1.0": "1", "0.0": "0"}


def with_one_spelling(
    tables: Mapping[str, Table], past: PastColumns | None = None
) -> tuple[dict[str, Table], list[Issue]]:
    """Return the tables with one spelling of true and of false in each feature.

    A feature of nothing but a pair such as ``TRUE`` and ``FALSE`` in the leads, and of
    the same or another pair in history, is spelt as in the leads; where a model stands
    for the history, as that has it.
    """
    if past is not None and "leads" in tables and "history" not in tables:
        return {**tables, "leads": _spelt_as_before(tables["leads"], past)}, []
    if not set(_FEATURED) <= tables.keys():
        return dict(tables), []
    leads, history = (tables[name] for name in _FEATURED)
    issues = []
    for column in history.names:
        if column in TABLES["history"] or column not in leads.frame:
            continue
        ours, theirs = _filled(leads, column), _filled(history, column)
        if not _is_truth(ours, theirs):
            continue
        spelling = {_truth(word): word for word in [*sorted(theirs), *sorted(ours)]}
        words = {word: spelling[_truth(word)] for word in ours | theirs}
        leads = _respelt(leads, column, words)
        history = _respelt(history, column, words)
        others = {word for word in theirs if _folded(word) != _folded(words[word])}
        if others:
            told = ", ".join(f"{word!r} is {words[word]!r}" for word in sorted(others))
            message = f"read as in the leads: {told}"
            issues.append(Issue(history.file, message, 1, column, severity="warning"))
    return {**tables, "leads": leads, "history": history}, issues


def _spelt_as_before(leads: Table, past: PastColumns) -> Table:
    """Return the leads with the words for true and false that history had."""
    for column, words in past.words.items():
        if column in TABLES["leads"] or column not in leads.frame:
            continue
        ours, theirs = _filled(leads, column), set(words)
        if _is_truth(ours, theirs):
            spelling = {_truth(word): word for word in [*sorted(ours), *sorted(theirs)]}
            leads = _respelt(leads, column, {w: spelling[_truth(w)] for w in ours})
    return leads


def _respelt(table: Table, column: str, words: Mapping[str, str]) -> Table:
    changed = {word: spelt for word, spelt in words.items() if word != spelt}
    if not changed:
        return table
    cells = table.frame[column].replace(changed)
    return replace(table, frame=table.frame.assign(**{column: cells}))


def _filled(table: Table, column: str) -> set[str]:
    """Return the different filled texts of a column, none where they are many."""
    cells = table.frame[column]
    if cells.iloc[:MOST_LOOKED].nunique() > MOST_WORDS:
        return set()
    return set(cells.unique()) - {""}


def _folded(word: str) -> str:
    return _SPELLINGS.get(word, word.casefold())


def _truth(word: str) -> int:
    return TRUTHS[_folded(word)]


def _is_truth(ours: set[str], theirs: set[str]) -> bool:
    """Tell whether both columns hold words for true and false, and nothing else."""
    folded = [{_folded(word) for word in words} for words in (ours, theirs)]
    if not all(words and words <= TRUTHS.keys() for words in folded):
        return False
    values = [[TRUTHS[word] for word in words] for words in folded]
    is_pair = all(len(np.unique(v)) == len(v) for v in values)
    return is_pair and len({v for value in values for v in value}) == 2

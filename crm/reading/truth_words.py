"""Words for true and false: ``TRUE`` in one table and ``True`` in another are one."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from crm.cells import TRUTHS
from crm.issues import Issue
from crm.schema import TABLES
from crm.table import Table

_FEATURED = ("leads", "history")
_SPELLINGS = {"1.0": "1", "0.0": "0"}


def with_one_spelling(
    tables: Mapping[str, Table],
) -> tuple[dict[str, Table], list[Issue]]:
    """Return the tables with one spelling of true and of false in each feature.

    A feature of nothing but a pair such as ``TRUE`` and ``FALSE`` in the leads, and of
    the same or another pair in history, is spelt as in the leads.
    """
    if not set(_FEATURED) <= tables.keys():
        return dict(tables), []
    leads, history = (tables[name] for name in _FEATURED)
    frame, issues = history.frame, []
    for column in history.names:
        if column in TABLES["history"] or column not in leads.frame:
            continue
        ours = _filled(leads, column)
        theirs = _filled(history, column)
        if not _is_truth(ours, theirs) or theirs <= ours:
            continue
        spelling = {TRUTHS[_folded(word)]: word for word in sorted(theirs)}
        spelling |= {TRUTHS[_folded(word)]: word for word in sorted(ours)}
        words = {word: spelling[TRUTHS[_folded(word)]] for word in theirs}
        frame = frame.assign(**{column: frame[column].replace(words)})
        changed = sorted(f"{a!r} is {b!r}" for a, b in words.items() if a != b)
        if changed and {_folded(w) for w in theirs} - {
            _folded(w) for w in words.values()
        }:
            message = f"read as in the leads: {', '.join(changed)}"
            issues.append(Issue(history.file, message, 1, column, severity="warning"))
    return {**tables, "history": replace(history, frame=frame)}, issues


def _filled(table: Table, column: str) -> set[str]:
    words = table.frame[column].iloc[:MOST_LOOKED].unique()
    return (
        set() if len(words) > MOST_WORDS else set(table.frame[column].unique()) - {""}
    )


MOST_LOOKED, MOST_WORDS = 1000, 9
"""Rows whose words tell that a column is none of true and false, if so many differ."""


def _folded(word: str) -> str:
    return _SPELLINGS.get(word, word.casefold())


def _is_truth(ours: set[str], theirs: set[str]) -> bool:
    """Tell whether both columns hold words for true and false, and nothing else."""
    folded = [{_folded(word) for word in words} for words in (ours, theirs)]
    if not all(words and words <= TRUTHS.keys() for words in folded):
        return False
    values = [[TRUTHS[word] for word in words] for words in folded]
    is_pair = all(len(np.unique(v)) == len(v) for v in values)
    return is_pair and len({v for value in values for v in value}) == 2

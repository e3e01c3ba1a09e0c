"""Words in cells that mean empty: emptied where no text means them, else named."""

from dataclasses import replace

import pandas as pd

from crm.column_origin import columns_of
from crm.issues import LISTED, Issue, listed
from crm.source import Source
from crm.table import Table, text_frame

_EMPTY = r"""
\N NULL null (null) <null> NaN nan NaT <NA> (blank) (leer) (vide)
#N/A #REF! #DIV/0! #VALUE! #NAME? #NUM! #NULL! #ERROR! #SPILL! #CALC!
#NV #BEZUG! #WERT! #ZAHL! #VALEUR! #NOM? #NOMBRE! #N/D #VALOR!
"""
_DOUBTFUL = "None none N/A n/a NA N.A. n.a. k.A. - -- --- \u2013 \u2014 ? nil"
EMPTY_WORDS = frozenset(_EMPTY.split())
"""What databases, pandas and spreadsheets write for nothing or for an error."""
DOUBTFUL_WORDS = frozenset(_DOUBTFUL.split())
"""What often means empty, and may be a text."""


def without_missing(source: Source, table: Table) -> tuple[Table, list[Issue]]:
    """Return the file's table with cells emptied that mean so, and what was done.

    Each word is said once per column, with the number of its rows. Words that
    `values` translates stay.
    """
    empty = EMPTY_WORDS if source.missing is None else frozenset(source.missing)
    doubtful = frozenset[str]()
    if source.missing != []:
        doubtful = (EMPTY_WORDS | DOUBTFUL_WORDS) - empty
    words = empty | doubtful
    frame, issues = {}, []
    for column in table.names:
        cells = table.frame[column]
        frame[column] = cells
        if column in source.drop or words.isdisjoint(cells.to_numpy()):
            continue
        translated = _translated(source, column)
        counts = cells.value_counts()
        is_empty = cells.isin(empty - translated)
        if is_empty.any():
            frame[column] = cells.mask(is_empty, "")
            if source.missing is None:
                told = _told(counts, empty - translated)
                message = f"read as empty: {told}; `missing: []` keeps such words"
                issues.append(_said(table, column, message))
        told = _told(counts, doubtful - translated)
        if told:
            unclear = [word for word in counts.index if word in doubtful - translated]
            message = f"read as text: {told}; if it means empty, say so: missing: "
            message += f"[{', '.join(map(repr, [*(source.missing or []), *unclear]))}]"
            issues.append(_said(table, column, message))
    shown = text_frame(table.names, [cells.to_numpy() for cells in frame.values()])
    return replace(table, frame=shown), issues


def _translated(source: Source, column: str) -> frozenset[str]:
    """Return the words that `values` translates in columns made of this one."""
    ours = {our for our, o in source.columns.items() if column in columns_of(o)}
    ours.add(column)
    words = (source.values.get(our, {}) for our in ours)
    return frozenset(word.strip() for meanings in words for word in meanings)


def _told(counts: pd.Series, words: frozenset[str]) -> str:
    found = [f"{w!r} (rows: {n:,})" for w, n in counts.items() if w in words]
    return listed(found, LISTED)


def _said(table: Table, column: str, message: str) -> Issue:
    return Issue(table.file, message, None, column, severity="warning")

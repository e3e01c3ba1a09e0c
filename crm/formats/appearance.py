"""Cells as they look: what nobody sees in them is removed, and said."""

from dataclasses import replace

import numpy as np
import pandas as pd

from crm.characters import are_plain, cleaned, invisible
from crm.issues import Issue, listed
from crm.table import Table, text_frame

_NAMED = 3
"""Characters that are named; further ones are counted."""


def as_it_looks(table: Table) -> Table:
    """Return the table with all cells cleaned, and a note for each column it matters.

    Composing accents and white space of another kind are no matter of note.
    """
    columns = {name: table.frame[name].to_numpy() for name in table.names}
    odd = {name: cells for name, cells in columns.items() if not are_plain(cells)}
    if not odd:
        return table
    notes: list[Issue] = []
    for name, cells in odd.items():
        codes, distinct = pd.factorize(cells)
        texts = [cleaned(text) for text in distinct]
        changed = [t != before for t, before in zip(texts, distinct, strict=True)]
        if any(changed):
            notes += _notes(table, name, codes, distinct, changed)
        columns[name] = np.array(texts, dtype=object)[codes]
    frame = text_frame(table.names, columns.values())
    return replace(table, frame=frame, notes=(*table.notes, *notes))


def _notes(
    table: Table, name: str, codes: np.ndarray, texts: np.ndarray, changed: list[bool]
) -> list[Issue]:
    """Return a warning where cells of a column held characters that nobody sees."""
    held = {
        place: invisible(texts[place])
        for place in np.flatnonzero(changed).tolist()
        if invisible(texts[place])
    }
    if not held:
        return []
    rows = table.rows[np.isin(codes, list(held))]
    characters = dict.fromkeys(sign for signs in held.values() for sign in signs)
    removed = (
        f"characters that nobody sees ({listed(characters, _NAMED)}) were removed "
        f"(rows: {len(rows)})"
    )
    first = texts[next(iter(held))]
    return [Issue(table.file, removed, int(rows[0]), name, first, "warning")]

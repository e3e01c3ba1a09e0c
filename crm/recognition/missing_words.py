"""Words in cells that mean empty: which ones the tables have."""

from collections.abc import Sequence
from dataclasses import replace

from crm.issues import listed
from crm.reading.missing import DOUBTFUL_WORDS, EMPTY_WORDS
from crm.recognition.entry import Entry
from crm.recognition.layouts import Laid
from crm.table import Table

NAMED = 12


def words_found(tables: Sequence[Table]) -> list[str]:
    """Return the words that mean empty in any column, where `missing` has to say so.

    None where all of them are read as empty without a word.
    """
    found = dict.fromkeys(
        cell
        for table in tables
        for name in table.names
        for cell in table.frame[name].unique()
        if cell in EMPTY_WORDS | DOUBTFUL_WORDS
    )
    return sorted(found) if set(found) & DOUBTFUL_WORDS else []


def emptied(laid: Laid, words: Sequence[str]) -> Laid:
    """Return the file as the reader has it: cells that mean empty are.

    Parameters
    ----------
    laid
        The file.
    words
        What `missing` will say, none where it says nothing.
    """
    frame = laid.table.frame
    table = replace(laid.table, frame=frame.mask(frame.isin(words or EMPTY_WORDS), ""))
    return replace(laid, table=table)


def missing_entries(table: Table, words: Sequence[str]) -> list[Entry]:
    """Return the key `missing`, with how often each word is in the file."""
    if not words:
        return []
    counts = {
        word: sum(int((table.frame[name] == word).sum()) for name in table.names)
        for word in words
    }
    told = listed([f"{w!r} {n:,} cells" for w, n in counts.items() if n], NAMED)
    why = f"a guess: {told or 'as in other files'}"
    return [Entry("missing", list(words), why)]

"""Words by which a list of users says who is at work."""

import pandas as pd

from crm.cells import TRUTHS
from crm.recognition.decisions import Decisions
from crm.recognition.entry import Entry
from crm.spelling import folded

_AT_WORK = frozenset(
    [
        *("active", "aktiv", "actif", "enabled", "aktiviert", "activated"),
        *("activo", "activa", "actief", "aktywny"),
    ]
)
_GONE_WORDS = """
inactive deactivated disabled deleted suspended closed inaktiv deaktiviert gesperrt
geloscht inactif desactive supprime inactivo inactief nieaktywny left terminated
"""
_GONE = frozenset(_GONE_WORDS.split())
YES, NO = "true", "false"


def active_entries(cells: pd.Series, decisions: Decisions) -> tuple[Entry, ...]:
    """Return the lines that translate words for being at work.

    Parameters
    ----------
    cells
        The column, all text.
    decisions
        Where unknown words are asked about.
    """
    lines = []
    for word, n in cells[cells != ""].value_counts().items():
        if str(word).lower() in TRUTHS:
            continue
        known = _meaning(str(word))
        told = known or decisions.choose(
            f"active {word}",
            f"{word!r} ({n:,} reps): are they at work, so true or false?",
            (YES, NO),
        )
        why = f"reps: {n:,}" + ("" if told else "; undecided: true or false")
        lines.append(Entry(str(word), told != NO, why, bool(told)))
    return tuple(lines)


def _meaning(word: str) -> str:
    name = folded(word)
    if name in _GONE:
        return NO
    return YES if name in _AT_WORK else ""


def fits(cells: pd.Series) -> bool:
    """Tell whether a column may say who is at work: it has few words."""
    return cells.nunique() <= 6

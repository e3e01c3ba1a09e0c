"""What each rule reached, as columns of text."""

import pandas as pd

from reporting.text.layout.layout import table

HEADINGS = {
    "rule": "rule",
    "leads": "leads",
    "reps": "reps",
    "pairs_removed": "removed",
    "pairs_charged": "charged",
    "pairs_bounded": "bounded",
    "unmet": "never met",
}
UNKNOWN = "?"
"""Stands for what is known once leads are scored."""


def reach_text(reach: pd.DataFrame) -> str:
    """Return one line per rule: leads, reps and pairs it reached, what never met."""
    shown = reach[list(HEADINGS)].rename(columns=HEADINGS)
    counts = list(HEADINGS.values())[1:-1]
    words = {name: [_count(value) for value in shown[name]] for name in counts}
    unmet = [UNKNOWN if pd.isna(text) else text or "-" for text in shown["never met"]]
    return table(shown.assign(**words, **{"never met": unmet}))


def _count(value: float) -> str:
    return UNKNOWN if pd.isna(value) else f"{int(value):,}"

"""Which cells tell most of how a column was read: raw beside read."""

from collections import Counter

import numpy as np
import pandas as pd

from crm.cells import cell_text
from crm.zones import moment_text

PAIRS = 3
CANDIDATES = 40
"""Texts of each sort among which those that changed most are looked for."""


def telling_pairs(raw: np.ndarray, read: pd.Series) -> tuple[tuple[str, str], ...]:
    """Return the most frequent, the longest and the most changed cell, raw and read.

    Parameters
    ----------
    raw
        Cells of the file, shape (n_sampled,) object of ``str``.
    read
        What they became, the same rows.
    """
    codes, distinct = pd.factorize(raw)
    texts = list(map(str, distinct))
    if not len(texts):
        return ()
    first = np.unique(codes, return_index=True)[1]
    frequent = np.argsort(-np.bincount(codes), kind="stable")
    longest = np.argsort([-len(text) for text in texts], kind="stable")
    places = [*frequent[:CANDIDATES], *longest[:CANDIDATES]]
    places = [*places, *np.arange(len(texts))[:CANDIDATES]]
    candidates = [place for place in dict.fromkeys(map(int, places)) if texts[place]]
    cells = map(read_text, read.iloc[first[candidates]].tolist())
    became = dict(zip(candidates, cells, strict=True))
    changed = sorted(candidates, key=lambda p: -_change(texts[p], became[p]))
    filled = [[p for p in ranked if p in became] for ranked in (frequent, longest)]
    best = [ranked[0] for ranked in (*filled, changed) if ranked]
    told = {became[p] for p in best}
    others = sorted(candidates, key=lambda p: became[p] in told)
    chosen = list(dict.fromkeys([*best, *others]))[:PAIRS]
    return tuple((texts[p], became[p]) for p in chosen)


def read_text(value: object) -> str:
    """Return a typed value as text, times with their offset."""
    if isinstance(value, pd.Timestamp):
        return moment_text(value)
    return cell_text(value)


def _change(raw: str, read: str) -> int:
    """Return how many characters were lost or came."""
    before, after = Counter(raw), Counter(read)
    return (before - after).total() + (after - before).total()

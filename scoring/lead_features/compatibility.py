"""Whether leads have the columns that a model was taught to judge them by."""

from collections.abc import Collection

import pandas as pd

from scoring.lead_features.features import Features
from scoring.lead_features.selection import has_value, kind
from scoring.lead_features.values import codes


def missing_columns(
    features: Features, leads: pd.DataFrame, given: Collection[str]
) -> list[str]:
    """Return the columns the model needs that no file gave, by name.

    Parameters
    ----------
    features
        What the model was taught.
    leads
        Leads to be scored, (n_leads,).
    given
        Columns that their file had; others are there, but empty.
    """
    return [
        name
        for name in needed_columns(features)
        if name not in given and not has_value(leads, name)
    ]


def altered_columns(features: Features, leads: pd.DataFrame) -> dict[str, str]:
    """Return the columns that hold something else than what the model was taught.

    Empty columns hold nothing, so nothing else. Numbers may be codes: they are
    something else only where none of them was among the texts of history.

    Parameters
    ----------
    features, leads
        As for :func:`missing_columns`.

    Returns
    -------
    dict of str to str
        Column -> what it was taught, and what it holds.
    """
    found = {}
    for name, taught in needed_columns(features).items():
        if has_value(leads, name):
            holds = kind(leads[name])
            if holds != taught and not are_codes(features, leads, name, holds):
                found[name] = f"{taught} when the model was taught, now {holds}"
    return found


def needed_columns(features: Features) -> dict[str, str]:
    """Return each column of leads that features are made of -> what it holds."""
    texts = [*features.categorical, *features.encoded]
    numbers = [name for name in features.numeric if name not in features.ages]
    needed = dict.fromkeys(texts, "text") | dict.fromkeys(numbers, "numbers")
    needed |= dict.fromkeys(features.ages.values(), "times")
    return dict(sorted(needed.items()))


def are_codes(features: Features, leads: pd.DataFrame, name: str, holds: str) -> bool:
    """Tell whether numbers stand where history had texts, and it had some of them."""
    levels = {**features.categorical, **features.encoded}.get(name)
    if levels is None or holds != "numbers":
        return False
    filled = leads[leads[name].notna()]
    return bool((codes(filled, name, levels) >= 0).any())

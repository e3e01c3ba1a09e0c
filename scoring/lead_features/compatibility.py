"""Whether tables have the columns that a user named, or that a model was fitted on."""

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from crm import suggestion
from scoring.history.cells import codes, has_value, kind
from scoring.lead_features.features import MAX_LEVELS, Features


class ColumnError(ValueError):
    """A named column does not exist, or cannot be used as asked."""


def check_known(
    named: Mapping[str, Collection[str]],
    history: pd.DataFrame,
    leads: pd.DataFrame | None,
) -> None:
    """Raise unless history or the leads have every column named.

    Parameters
    ----------
    named
        Option -> the columns it names.
    history, leads
        The tables.

    Raises
    ------
    ColumnError
        Says which is not there, and the nearest that is.
    """
    existing = set(history.columns) | set([] if leads is None else leads.columns)
    unknown = [
        f"{option}: neither history nor leads have a column {name!r}"
        f"{suggestion(name, sorted(existing))}"
        for option, names in named.items()
        for name in names
        if name not in existing
    ]
    if unknown:
        raise ColumnError("; ".join(unknown))


def check_interaction_features(names: Collection[str], features: Features) -> None:
    """Raise unless every one of these columns can interact with the rep.

    Raises
    ------
    ColumnError
        Says which cannot, and why.
    """
    problems = list(interaction_problems(names, features))
    if problems:
        raise ColumnError(f"interaction_features: {'; '.join(problems)}")


def interaction_problems(names: Collection[str], features: Features) -> Iterator[str]:
    """Yield why a named column cannot interact with the rep, for each such column."""
    usable = {*features.numeric, *features.categorical, *features.ages.values()}
    for name in names:
        if name in features.dropped:
            yield f"{name!r} is left out: {features.dropped[name]}"
        elif name in features.encoded:
            yield f"{name!r} has more than {MAX_LEVELS} different values"
        elif name not in usable:
            yield f"{name!r} is empty, or no feature of a lead"


def missing_columns(
    features: Features, leads: pd.DataFrame, file_columns: Collection[str]
) -> list[str]:
    """Return the columns the model needs that no file had, by name.

    Parameters
    ----------
    features
        What the model was fitted on.
    leads
        Leads to be scored, (n_leads,).
    file_columns
        Columns that their file had; others are there, but empty.
    """
    return [
        name
        for name in needed_columns(features)
        if name not in file_columns and not has_value(leads, name)
    ]


def altered_columns(features: Features, leads: pd.DataFrame) -> dict[str, str]:
    """Return the columns whose kind is not the one the model was fitted on.

    Empty columns count as unchanged. Numbers may be codes: they count as changed only
    where none of them was among the texts of history.

    Parameters
    ----------
    features, leads
        As for :func:`missing_columns`.

    Returns
    -------
    dict of str to str
        Column -> what it held, and what it holds.
    """
    altered = {}
    for name, held in needed_columns(features).items():
        if has_value(leads, name):
            holds = kind(leads[name])
            if holds != held and not are_codes(features, leads, name, holds):
                altered[name] = f"{held} when the model was fitted, now {holds}"
    return altered


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

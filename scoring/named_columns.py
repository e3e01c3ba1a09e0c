"""Columns that a user names must be there, and be of use."""

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from crm import suggestion
from scoring.lead_features.features import Features
from scoring.lead_features.freezing import MAX_LEVELS


class ColumnError(ValueError):
    """A column was named that is not there, or cannot do what was asked of it."""


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
    here = set(history.columns) | set([] if leads is None else leads.columns)
    unknown = [
        f"{option}: neither history nor leads have a column {name!r}"
        f"{suggestion(name, sorted(here))}"
        for option, names in named.items()
        for name in names
        if name not in here
    ]
    if unknown:
        raise ColumnError("; ".join(unknown))


def check_match_features(names: Collection[str], features: Features) -> None:
    """Raise unless reps can be held apart in every one of these columns.

    Raises
    ------
    ColumnError
        Says which cannot, and why.
    """
    problems = list(match_problems(names, features))
    if problems:
        raise ColumnError(f"match_features: {'; '.join(problems)}")


def match_problems(names: Collection[str], features: Features) -> Iterator[str]:
    """Yield why reps cannot be held apart in a column, for each that is named."""
    usable = {*features.numeric, *features.categorical, *features.ages.values()}
    for name in names:
        if name in features.dropped:
            yield f"{name!r} is not learnt from: {features.dropped[name]}"
        elif name in features.encoded:
            yield f"{name!r} has more than {MAX_LEVELS} different values"
        elif name not in usable:
            yield f"{name!r} is empty, or no feature of a lead"

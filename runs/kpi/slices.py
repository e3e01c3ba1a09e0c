"""Leads in slices: by a column of theirs, or by what became of them."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from crm import DataError, Issue
from crm.issues import suggestion
from ledger.measures.lives import COMPANY, known_columns
from runs.kpi.lives import Lives

BANDS = (0.05, 0.1, 0.2, 0.4)
"""Where bands of P(convert) begin."""
SLABS = 4
"""Slabs of equally many leads, of a number with many values."""
MOST_VALUES = 12
"""A number with more values than that is cut into slabs."""
MOST_GROUPS = 30
"""Slices that are shown; the smallest ones are taken together."""
NONE, OTHERS = "(none)", "(others)"
NOBODY = "(nobody)"
VALUE_SLAB, VALUE = "value_slab", "deal_value"
TEAMS = {"team", "unit"}


def check_slices(connection: Connection, by: Sequence[str]) -> None:
    """Raise where leads cannot be sliced so.

    Raises
    ------
    DataError
        Naming what there is.
    """
    rows = connection.scalars(known_columns()).all()
    known = {str(name) for row in rows for name in row} | {COMPANY}
    allowed = sorted(known | TEAMS | set(OWN) | {VALUE_SLAB})
    for name in by:
        if name not in allowed:
            near = suggestion(name, allowed)
            expected = f"leads cannot be sliced by {name}{near}; {', '.join(allowed)}"
            raise DataError([Issue("--by", expected)])


def columns_for(by: Sequence[str]) -> list[str]:
    """Return the columns of leads that these slices need."""
    named = [VALUE if name == VALUE_SLAB else name for name in by]
    return [n for n in dict.fromkeys(named) if n not in TEAMS and n not in OWN]


def slices_of(lives: Lives, by: Sequence[str], teams: pd.Series) -> pd.DataFrame:
    """Return the slices of each lead, a column for each way to slice.

    Parameters
    ----------
    by
        Names of columns of leads, or: owner, team or unit (of the owner), score_band
        (of P(convert) when first assigned), value_slab (quarters of deal_value),
        period (when first assigned).
    teams
        rep -> team.
    """
    cut = {name: _slice(lives, name, teams) for name in by}
    return pd.DataFrame(cut, index=lives.leads.index)


def _slice(lives: Lives, name: str, teams: pd.Series) -> pd.Series:
    if name in TEAMS:
        return _few(_team(lives, teams))
    if name in OWN:
        return OWN[name](lives)
    column = VALUE if name == VALUE_SLAB else name
    cells = lives.leads[f"column {column}"]
    numbers = pd.to_numeric(cells.replace("", None), errors="coerce")
    is_number = len(cells) > 0 and bool((numbers.notna() | (cells == "")).all())
    if is_number and (name == VALUE_SLAB or numbers.nunique() > MOST_VALUES):
        return slabs(numbers)
    if is_number:
        cells = numbers.map(lambda x: "" if pd.isna(x) else f"{x:g}")
    return _few(cells.fillna("").astype(str).replace("", NONE))


def slabs(numbers: pd.Series) -> pd.Series:
    """Return slabs of equally many leads: each from a quantile up to the next."""
    edges = np.unique(numbers.quantile(np.linspace(0, 1, SLABS + 1)).dropna())
    if len(edges) < 2:
        return numbers.map(lambda x: NONE if pd.isna(x) else f"{x:g}")
    inner = edges[1:-1]
    ends = [f"{edge:,.0f}" if abs(edge) >= 10 else f"{edge:g}" for edge in edges]
    labels = [f"{a} to {b}" for a, b in pairwise(ends)]
    return _ordered(np.searchsorted(inner, numbers, side="right"), labels, numbers)


def _bands(lives: Lives) -> pd.Series:
    expected = lives.leads["p_convert"]
    ends = [f"{100 * edge:g} %" for edge in BANDS]
    labels = [f"below {ends[0]}"]
    labels += [f"{a} to {b}" for a, b in pairwise(ends)]
    labels += [f"{ends[-1]} or more"]
    return _ordered(np.searchsorted(BANDS, expected, side="right"), labels, expected)


def _ordered(place: np.ndarray, labels: list[str], numbers: pd.Series) -> pd.Series:
    known = np.minimum(place, len(labels) - 1)
    codes = np.where(numbers.isna(), len(labels), known).astype("int64")
    names = pd.Index([*labels, NONE])
    kind = pd.CategoricalDtype(names, ordered=True)
    return pd.Series(names.to_numpy()[codes], index=numbers.index).astype(kind)


def _owner(lives: Lives) -> pd.Series:
    return _few(lives.leads["rep_id"].replace("", NOBODY))


def _team(lives: Lives, teams: pd.Series) -> pd.Series:
    owner = lives.leads["rep_id"]
    team = owner.map(teams.to_dict()).fillna("").replace("", NONE)
    return team.mask(owner == "", NOBODY)


def _period(lives: Lives) -> pd.Series:
    window = lives.window
    days = window.periods_of(window.days_of(lives.leads["distributed"]))
    texts = pd.Series(pd.DatetimeIndex(days).strftime("%Y-%m-%d"), lives.leads.index)
    return texts.fillna(NONE)


def _few(labels: pd.Series) -> pd.Series:
    """Return the labels, of which those of the fewest leads are taken together."""
    sizes = labels.value_counts()
    if len(sizes) <= MOST_GROUPS:
        return labels
    return labels.where(labels.isin(sizes.index[: MOST_GROUPS - 1]), OTHERS)


OWN: dict[str, Callable[[Lives], pd.Series]] = {
    "owner": _owner,
    "score_band": _bands,
    "period": _period,
}

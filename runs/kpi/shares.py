"""How evenly the days up to the end of a window shared leads among reps."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from evaluation.fairness.inequality import gini, min_max_ratio
from ledger.measures.numbers import columns_of
from ledger.measures.people import assigned_to_reps
from runs.kpi.window import Window

ROLLING_DAYS = 28


@dataclass(frozen=True, eq=False)
class Shares:
    """What reps were assigned in the days up to the end of a window.

    Attributes
    ----------
    first, last
        The days.
    by_rep
        One row per rep: ``rep_id``, ``n_assigned``, ``expectation`` (sum of P(convert)
        when assigned: the model's), ``n_scored``.
    """

    first: date
    last: date
    by_rep: pd.DataFrame

    @property
    def gini(self) -> float:
        """Gini coefficient of leads per rep."""
        return gini(self.by_rep["n_assigned"].to_numpy(np.float64))

    @property
    def min_max(self) -> float:
        """Fewest leads of a rep as a share of the most."""
        return min_max_ratio(self.by_rep["n_assigned"].to_numpy(np.float64))

    @property
    def gini_of_expectation(self) -> float:
        """Gini coefficient of the model expectation per rep."""
        return gini(self.by_rep["expectation"].to_numpy(np.float64))


def shares_of(connection: Connection, window: Window, rep_ids: list[str]) -> Shares:
    """Return what reps were assigned in the last four weeks of a window.

    Parameters
    ----------
    rep_ids
        Active reps, who are there also without a lead.
    """
    first = max(window.first, window.last - timedelta(days=ROLLING_DAYS - 1))
    columns = columns_of(connection, assigned_to_reps(first, window.last))
    names = "rep_id", "n_assigned", "expectation", "n_scored"
    cells = zip(names, columns, strict=True)
    table = pd.DataFrame({name: list(column) for name, column in cells})
    table = table.set_index("rep_id")
    everyone = [*table.index, *(rep for rep in rep_ids if rep not in table.index)]
    table = table.reindex(everyone).fillna(0.0).sort_index()
    counts = table[["n_assigned", "n_scored"]].astype("int64")
    expectation = table["expectation"].astype("float64")
    shared = counts.assign(expectation=expectation).reset_index()
    return Shares(first, window.last, shared)

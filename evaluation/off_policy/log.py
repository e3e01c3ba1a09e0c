"""Leads that were given out with known propensities, and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.off_policy.pairs import Pairs

Value = Literal["conversions", "revenue"]
LOGGED = "logged propensities"
"""Where propensities come from if they were written down as the lead was given."""


@dataclass(frozen=True, eq=False)
class Log:
    """Leads in order of time, each with its rep, propensity and final outcome.

    Attributes
    ----------
    lead_id, rep_id
        Ids, (n_leads,) object; each lead once.
    outcome
        What each lead brought within the horizon, (n_leads,) float64: 1 or 0
        conversions, or revenue.
    propensity
        How likely the lead was given to that very rep, (n_leads,), above 0.
    cluster
        Number of its day and territory, (n_leads,): leads of one share their luck.
    day
        Number of its day, (n_leads,), rising.
    table
        The rows of history, (n_leads,); ``outcome`` is won or lost.
    value
        What outcomes count.
    horizon
        Days after which an outcome no longer counts; `None` where every row closed.
    source
        Where propensities come from.
    left_out
        Why rows of history do not count -> how many.
    """

    lead_id: NDArray[np.object_]
    rep_id: NDArray[np.object_]
    outcome: NDArray[np.float64]
    propensity: NDArray[np.float64]
    cluster: NDArray[np.intp]
    day: NDArray[np.intp]
    table: pd.DataFrame
    value: Value
    horizon: float | None
    source: str
    left_out: Mapping[str, int]

    @property
    def n_leads(self) -> int:
        """How many leads."""
        return len(self.lead_id)

    @property
    def n_days(self) -> int:
        """On how many days they were given out."""
        return int(self.day[-1]) + 1

    @property
    def n_clusters(self) -> int:
        """How many clusters of day and territory."""
        return int(self.cluster.max()) + 1

    @cached_property
    def rep_ids(self) -> NDArray[np.object_]:
        """The reps who were given leads, (n_reps,) sorted."""
        return np.unique(self.rep_id)

    @cached_property
    def given(self) -> Pairs:
        """Each lead with the rep it went to, (n_leads,) pairs."""
        rep = np.searchsorted(self.rep_ids, self.rep_id)
        lead = np.arange(self.n_leads)
        return Pairs.from_positions(lead, rep, self.n_leads, list(self.rep_ids))

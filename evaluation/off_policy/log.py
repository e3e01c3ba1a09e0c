"""Leads that were assigned with known propensities, and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.off_policy.pairs import Pairs

Value = Literal["conversions", "revenue"]
Source = Literal["logged_propensities", "random_queues"]
LOGGED: Source = "logged_propensities"
"""Propensities were written down as the lead was assigned."""
QUEUES: Source = "random_queues"
"""Propensities are inferred from queues that look random: an assumption."""
LeftOut = Literal[
    "self_generated",
    "before_propensities",
    "after_propensities",
    "after_as_of",
    "outcome_not_final",
]
"""Why a row of history is not in a log."""


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
        Probability with which the lead was assigned to that very rep, (n_leads,),
        above 0.
    cluster
        Number of its day and territory, (n_leads,): outcomes of one may depend on each
        other.
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
        Why rows of history are not in the log -> how many.
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
    source: Source
    left_out: Mapping[LeftOut, int]

    @property
    def n_leads(self) -> int:
        """How many leads."""
        return len(self.lead_id)

    @property
    def n_days(self) -> int:
        """On how many days they were assigned."""
        return int(self.day[-1]) + 1

    @property
    def n_clusters(self) -> int:
        """How many clusters of day and territory."""
        return int(self.cluster.max()) + 1

    @cached_property
    def rep_ids(self) -> NDArray[np.object_]:
        """The reps who were assigned leads, (n_reps,) sorted."""
        return np.unique(self.rep_id)

    @cached_property
    def assigned(self) -> Pairs:
        """Each lead with the rep it was assigned to, (n_leads,) pairs."""
        rep = np.searchsorted(self.rep_ids, self.rep_id)
        lead = np.arange(self.n_leads)
        return Pairs.from_positions(lead, rep, self.n_leads, list(self.rep_ids))

"""What the scorers of a benchmark are fitted on, and what they score."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from evaluation import WorldSpec

TEXT = ["territory", "product", "source"]
Matrix = NDArray[np.float64]
Table = NDArray[np.float64]
"""P(convert), shape (n_leads, n_reps)."""


@dataclass(frozen=True)
class ScoringTask:
    """What a scorer is fitted on, and what it scores.

    Attributes
    ----------
    history, leads, reps
        Tables of a world.
    spec
        Of the world: for the scorer that is given it.
    """

    history: pd.DataFrame
    leads: pd.DataFrame
    reps: pd.DataFrame
    spec: WorldSpec

    @cached_property
    def closed(self) -> pd.DataFrame:
        """History's won and lost rows."""
        return self.history[self.history["outcome"] != "open"]

    @cached_property
    def won(self) -> NDArray[np.bool_]:
        """Which of them were won, (n_closed,)."""
        return (self.closed["outcome"] == "won").to_numpy()

    @cached_property
    def rep(self) -> NDArray[np.intp]:
        """The position of their reps, (n_closed,)."""
        ids = pd.Index(self.reps["rep_id"], dtype=object)
        return ids.get_indexer(pd.Index(self.closed["rep_id"], dtype=object))

    @property
    def numeric(self) -> list[str]:
        """The leads' numeric columns."""
        return self.leads.select_dtypes("number").columns.tolist()

    @property
    def signals(self) -> list[str]:
        """Those that the interaction of a world can read."""
        return [name for name in self.numeric if name.startswith("signal")]

    def encoded(self, numeric: list[str]) -> tuple[Matrix, Matrix]:
        """Return history's rows and the leads, numbers scaled and a column per text."""
        scaler = StandardScaler().fit(self.closed[numeric])
        encoder = OneHotEncoder(sparse_output=False, handle_unknown="ignore")
        encoder.fit(self.closed[TEXT])
        train, test = (
            np.hstack([scaler.transform(rows[numeric]), encoder.transform(rows[TEXT])])
            for rows in (self.closed, self.leads)
        )
        return train, test

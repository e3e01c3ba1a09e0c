"""Values of pairs from what leads and reps add to the log odds of a win."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring import PairScores


@dataclass(frozen=True, eq=False)
class ScoredPairs:
    """The value of any pair before penalties, in the objective's unit.

    Attributes
    ----------
    scores
        Log odds of every pair.
    amount
        Shape (n_leads,); what each lead counts for once won: 1 where conversions
        count.
    step
        What reps add to log odds counts in whole steps of so much: all within half a
        step of the average rep are equal. 0 for no steps.
    """

    scores: PairScores
    amount: NDArray[np.float64]
    step: float = 0.0

    def __call__(
        self, lead: NDArray[np.int64], rep: NDArray[np.int32]
    ) -> NDArray[np.float64]:
        """Return the values of pairs by positions, all of shape (n_pairs,)."""
        if self.step:
            return self.scores.stepped(lead, rep, self.step) * self.amount[lead]
        return self.scores.probability(lead, rep) * self.amount[lead]

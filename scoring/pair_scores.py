"""Probabilities of lead-rep pairs, stored as one number per lead and per rep."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit


@dataclass(frozen=True)
class PairScores:
    """Log odds of a win, split into what the lead and what the rep adds.

    Attributes
    ----------
    lead
        Logit of each lead with an average rep, (n_leads,) float64.
    rep
        What each rep adds, (n_reps,) float64.
    """

    lead: np.ndarray
    rep: np.ndarray

    def with_average_rep(self) -> np.ndarray:
        """Return P(convert) of each lead with an average rep, (n_leads,) float64."""
        return expit(self.lead)

    def probability(self, lead: np.ndarray, rep: np.ndarray) -> np.ndarray:
        """Return P(convert) of each pair, (n_pairs,) float64.

        Parameters
        ----------
        lead, rep
            Positions of the pair's lead and rep, (n_pairs,) int.
        """
        return expit(self.lead[lead] + self.rep[rep])

"""Probabilities of lead-rep pairs, stored as a few numbers per lead and per rep."""

from dataclasses import dataclass, field

import numpy as np
from scipy.special import expit

BLOCK = 1 << 18


def _nothing() -> np.ndarray:
    return np.empty((0, 0))


@dataclass(frozen=True)
class PairScores:
    """Log odds of a win, split into what lead, rep and their interaction add.

    Attributes
    ----------
    lead
        Logit of each lead with an average rep, (n_leads,) float64.
    rep
        What each rep adds to every lead, (n_reps,) float64.
    lead_factors, rep_factors
        Their interaction is the inner product of a row of each, (n_leads, k) and
        (n_reps, k) float64; empty without interactions.
    """

    lead: np.ndarray
    rep: np.ndarray
    lead_factors: np.ndarray = field(default_factory=_nothing)
    rep_factors: np.ndarray = field(default_factory=_nothing)

    def with_average_rep(self) -> np.ndarray:
        """Return P(convert) of each lead with an average rep, (n_leads,) float64."""
        return expit(self.lead)

    def interaction(self, lead: np.ndarray, rep: np.ndarray) -> np.ndarray:
        """Return what the interaction adds to each pair's logit, (n_pairs,) float64.

        Parameters
        ----------
        lead, rep
            Positions of the pair's lead and rep, (n_pairs,) int.
        """
        added = np.zeros(len(lead))
        if not self.rep_factors.size:
            return added
        for start in range(0, len(lead), BLOCK):
            block = slice(start, start + BLOCK)
            factors = self.lead_factors[lead[block]], self.rep_factors[rep[block]]
            added[block] = np.einsum("ik,ik->i", *factors)
        return added

    def logit(self, lead: np.ndarray, rep: np.ndarray) -> np.ndarray:
        """Return the log odds of each pair, (n_pairs,) float64.

        Parameters
        ----------
        lead, rep
            Positions of the pair's lead and rep, (n_pairs,) int.
        """
        return self.lead[lead] + self.rep[rep] + self.interaction(lead, rep)

    def probability(self, lead: np.ndarray, rep: np.ndarray) -> np.ndarray:
        """Return P(convert) of each pair, (n_pairs,) float64.

        Parameters
        ----------
        lead, rep
            Positions of the pair's lead and rep, (n_pairs,) int.
        """
        return expit(self.logit(lead, rep))

    def stepped(self, lead: np.ndarray, rep: np.ndarray, step: float) -> np.ndarray:
        """Return P(convert) where what reps add counts in whole steps, (n_pairs,).

        Parameters
        ----------
        lead, rep
            Positions of the pair's lead and rep, (n_pairs,) int.
        step
            In log odds, above 0.
        """
        added = self.rep[rep] + self.interaction(lead, rep)
        return expit(self.lead[lead] + np.rint(added / step) * step)

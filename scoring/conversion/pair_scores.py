"""Probabilities of lead-rep pairs, stored as a few numbers per lead and per rep."""

from dataclasses import dataclass, field

import numpy as np
from scipy.special import expit

BLOCK = 1 << 13
"""Pairs whose factors fit into a core's cache."""


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
    rep_error
        How far what each rep adds, and each of their factors, may be off, used or not:
        standard errors, (n_reps, 1 + k) float64; empty where they are not known.
    """

    lead: np.ndarray
    rep: np.ndarray
    lead_factors: np.ndarray = field(default_factory=_nothing)
    rep_factors: np.ndarray = field(default_factory=_nothing)
    rep_error: np.ndarray = field(default_factory=_nothing)

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
            of_lead = self.lead_factors.take(lead[block], axis=0)
            of_rep = self.rep_factors.take(rep[block], axis=0)
            added[block] = np.einsum("ik,ik->i", of_lead, of_rep)
        return added

    def error(self, lead: np.ndarray, rep: np.ndarray) -> np.ndarray:
        """Return the standard error of what the rep adds to each pair's logit.

        (n_pairs,) float64, NaN where it is not known. What the rep adds to all leads
        and to the lead's features is taken as independent.

        Parameters
        ----------
        lead, rep
            Positions of the pair's lead and rep, (n_pairs,) int.
        """
        if not self.rep_error.size:
            return np.full(len(lead), np.nan)
        variance = self.rep_error[rep, 0] ** 2
        if self.rep_factors.size:
            parts = self.lead_factors[lead] * self.rep_error[rep, 1:]
            variance = variance + np.sum(parts**2, axis=1)
        return np.sqrt(variance)

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

"""Ground truth of a synthetic world: the conversion probability of every pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.labels import TRUTH


@dataclass(frozen=True)
class Truth:
    """Ground truth: the conversion probability of every lead-rep pair.

    The logit of a pair is the lead's, plus the rep effect, plus the interaction: the
    inner product of the lead's and the rep's factors.

    Attributes
    ----------
    leads, reps
        Unique ids, ``(n_leads,)`` and ``(n_reps,)``.
    lead_logit, rep_effect
        Logits, ``(n_leads,)`` and ``(n_reps,)`` float64.
    lead_factors, rep_factors
        ``(n_leads, k)`` and ``(n_reps, k)`` float64; their products are logits.
    """

    leads: pd.Index
    reps: pd.Index
    lead_logit: NDArray[np.float64]
    rep_effect: NDArray[np.float64]
    lead_factors: NDArray[np.float64]
    rep_factors: NDArray[np.float64]

    def probability(
        self, lead_ids: Sequence[str], rep_ids: Sequence[str]
    ) -> NDArray[np.float64]:
        """Return P(convert) of each lead with the rep beside it.

        Parameters
        ----------
        lead_ids, rep_ids
            Ids, ``(n,)`` each; the k-th pair is ``lead_ids[k], rep_ids[k]``.

        Returns
        -------
        Probabilities, ``(n,)`` float64.

        Raises
        ------
        ValueError
            If an id is unknown, or the two differ in length.
        """
        if len(lead_ids) != len(rep_ids):
            raise ValueError(f"{len(lead_ids)} leads for {len(rep_ids)} reps")
        lead = _positions("lead", self.leads, lead_ids)
        rep = _positions("rep", self.reps, rep_ids)
        return self.at(lead, rep)

    def at(
        self, lead: NDArray[np.integer[Any]], rep: NDArray[np.integer[Any]]
    ) -> NDArray[np.float64]:
        """Return P(convert) of each lead with the rep beside it, (n,) float64.

        Parameters
        ----------
        lead, rep
            Positions among `leads` and `reps`, ``(n,)`` each.
        """
        factors = self.lead_factors[lead], self.rep_factors[rep]
        interaction = np.einsum("nk,nk->n", *factors)
        return logistic(self.lead_logit[lead] + self.rep_effect[rep] + interaction)

    def pairs(self, eligible: NDArray[np.bool_]) -> pd.DataFrame:
        """Return P(convert) of each eligible pair, lead by lead.

        Parameters
        ----------
        eligible
            Whether each rep may serve each lead, ``(n_leads, n_reps)``.

        Returns
        -------
        ``lead_id``, ``rep_id`` and :data:`evaluation.labels.TRUTH`.
        """
        lead, rep = np.nonzero(eligible)
        ids = {"lead_id": self.leads[lead], "rep_id": self.reps[rep]}
        return pd.DataFrame({**ids, TRUTH: self.at(lead, rep)})


def logistic(logit: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probabilities that have these logits, same shape."""
    return 1.0 / (1.0 + np.exp(-logit))


def _positions(what: str, known: pd.Index, ids: Sequence[str]) -> NDArray[np.intp]:
    positions = known.get_indexer(pd.Index(ids, dtype=object))
    if (positions < 0).any():
        missing = ids[int(np.argmax(positions < 0))]
        raise ValueError(f"{what} {missing!r} is not in this world")
    return positions

"""Side constraints: limits on pairs, groups with one owner, shares of the value."""

from dataclasses import dataclass, replace
from math import inf, isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

TOLERANCE = 1e-9
"""Relative slack for sums of floats."""


@dataclass(frozen=True, eq=False)
class Limit:
    """What a rule allows of some pairs together: leads, or hours.

    Attributes
    ----------
    rule
        Name of the rule.
    what
        What is limited, as in ``prices.csv``: ``rep_slot``, ``team_slot``...
    key
        Whose: a rep's id, a team's name.
    pair
        Shape (k,); the pairs that count, increasing.
    weight
        Shape (k,); how much each counts, in leads or hours, not negative.
    lower, upper
        Bounds of the sum of the chosen pairs' weights.
    penalty
        What one unit outside the bounds costs, in the objective's unit; infinite
        for a hard limit.
    """

    rule: str
    what: str
    key: str
    pair: NDArray[np.int64]
    weight: NDArray[np.float64]
    lower: float = 0.0
    upper: float = inf
    penalty: float = inf

    @property
    def is_hard(self) -> bool:
        """Whether the bounds must hold."""
        return not isfinite(self.penalty)

    @property
    def counts_leads(self) -> bool:
        """Whether every pair counts as one, and the bounds are whole numbers."""
        bounds = [bound for bound in (self.lower, self.upper) if isfinite(bound)]
        whole = all(bound == round(bound) for bound in bounds)
        return whole and bool(np.all(self.weight == 1))

    def restricted(
        self, kept: NDArray[np.bool_], position: NDArray[np.int64]
    ) -> "Limit":
        """Return the limit over the kept pairs, at their new positions.

        Parameters
        ----------
        kept
            Shape (n_pairs,).
        position
            Shape (n_pairs + 1,); the kept pairs before each one.
        """
        still = kept[self.pair]
        pair, weight = position[self.pair[still]], self.weight[still]
        return replace(self, pair=pair, weight=weight)

    def amount(self, chosen: NDArray[np.bool_]) -> float:
        """Return the sum over the chosen pairs, `chosen` of shape (n_pairs,)."""
        return float(self.weight @ chosen[self.pair])

    def outside(self, chosen: NDArray[np.bool_]) -> float:
        """Return by how much the chosen pairs break the bounds; 0 if they hold."""
        return outside(self.amount(chosen), self.lower, self.upper)

    def sentence(self, chosen: NDArray[np.bool_]) -> str:
        """Return the sum over the chosen pairs beside its bounds, in words."""
        return f"{self.key}: {self.amount(chosen):g}, {self.bounds}"

    @property
    def bounds(self) -> str:
        """The bounds in words."""
        least = [f"at least {self.lower:g}"] if self.lower > 0 else []
        most = [f"at most {self.upper:g}"] if isfinite(self.upper) else []
        return " and ".join([*least, *most])


def outside(amount: Any, lower: Any, upper: Any) -> Any:
    """Return by how much an amount is outside its bounds, rounding errors forgiven.

    Numbers or arrays of one shape; infinite bounds are none.
    """
    slack = TOLERANCE * np.maximum(1.0, np.abs(amount))
    beyond = np.maximum(np.maximum(lower - amount, amount - upper), 0.0)
    return np.where(beyond > slack, beyond, 0.0)[()]


@dataclass(frozen=True, eq=False)
class Group:
    """Leads of which the assigned ones have the same rep.

    Attributes
    ----------
    rule
        Name of the rule.
    key
        What the leads have in common: an account, a company.
    lead
        Shape (k,); positions of the leads, at least two.
    penalty
        What each owner beyond the first costs; infinite if hard.
    """

    rule: str
    key: str
    lead: NDArray[np.int64]
    penalty: float = inf

    @property
    def is_hard(self) -> bool:
        """Whether there must be one owner only."""
        return not isfinite(self.penalty)

    def outside(self, rep_of: NDArray[np.int32]) -> int:
        """Return the owners beyond the first.

        Parameters
        ----------
        rep_of
            Shape (n_leads,); position of each lead's rep, or -1.
        """
        owners = rep_of[self.lead]
        return max(len(np.unique(owners[owners >= 0])) - 1, 0)


@dataclass(frozen=True, eq=False)
class Share:
    """Bounds on each rep's part of the weight that is assigned.

    Rep ``j`` gets ``W[j]``, all together ``T``; ``W[j]`` lies between ``lower[j]`` and
    ``upper[j]`` times ``fair[j] * T``. Reps with no fair part have no bounds.

    Attributes
    ----------
    rule
        Name of the rule.
    weight
        Shape (n_leads,); what each lead counts, not negative.
    fair
        Shape (n_reps,); each rep's fair part; sums to one, or is all zero.
    lower, upper
        Shape (n_reps,), or one number for all; bounds as multiples of the fair part.
    penalty
        What one unit of weight outside the bounds costs; infinite if hard.
    """

    rule: str
    weight: NDArray[np.float64]
    fair: NDArray[np.float64]
    lower: NDArray[np.float64] | float
    upper: NDArray[np.float64] | float
    penalty: float = inf

    @property
    def is_hard(self) -> bool:
        """Whether the bounds must hold."""
        return not isfinite(self.penalty)

    @property
    def least(self) -> NDArray[np.float64]:
        """The least part of the total for each rep, shape (n_reps,)."""
        return self.lower * self.fair

    @property
    def most(self) -> NDArray[np.float64]:
        """The largest part of the total for each rep, infinite without, (n_reps,)."""
        bounded = (self.fair > 0) & np.isfinite(self.upper)
        return np.where(bounded, np.where(bounded, self.upper, 0.0) * self.fair, inf)

    def weight_of(self, rep_of: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return the weight each rep gets, shape (n_reps,).

        Parameters
        ----------
        rep_of
            Shape (n_leads,); position of each lead's rep, or -1.
        """
        held = rep_of >= 0
        weight = self.weight[held]
        return np.bincount(rep_of[held], weight, len(self.fair)).astype(float)

    def outside(self, rep_of: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return by how much each rep is outside the bounds, shape (n_reps,)."""
        weight = self.weight_of(rep_of)
        beyond = outside(weight, *self.bounds(float(weight.sum())))
        return np.asarray(beyond, dtype=float)

    def bounds(self, total: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the least and the most of a total for each rep, each (n_reps,)."""
        bounded = np.isfinite(self.most)
        most = np.where(bounded, np.where(bounded, self.most, 0.0) * total, inf)
        return self.least * total, most

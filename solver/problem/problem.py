"""Everything needed to decide the day, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from solver.problem.constraints import Group, Limit, Share


class ProblemError(ValueError):
    """The arrays given do not describe an allocation problem."""


@dataclass(frozen=True, eq=False)
class Problem:
    """Leads, reps, eligible pairs and their values, and the limits.

    Pairs are stored lead-major and sparse: lead ``i`` owns the pairs
    ``indptr[i]:indptr[i + 1]``. A pair that is not stored is not eligible.

    Attributes
    ----------
    lead_ids, rep_ids
        Shape (n_leads,) and (n_reps,); unique text.
    indptr
        Shape (n_leads + 1,); first pair of each lead, and the end.
    rep
        Shape (n_pairs,); position of the pair's rep, increasing within a lead.
    value
        Shape (n_pairs,); what the pair adds to the objective, in its unit,
        after soft penalties.
    capacity
        Shape (n_reps,); slots per rep.
    arrival
        Shape (n_leads,); rank of the lead's arrival, equal where simultaneous.
    must
        Shape (n_leads,); whether leaving the lead unassigned is forbidden.
    uses_slot
        Shape (n_pairs,); whether the pair takes one of the rep's slots.
    skip_cost
        Shape (n_leads,); what leaving the lead unassigned costs, not negative.
    limits
        Bounds on sums over pairs.
    shares
        Bounds on each rep's part of what is assigned.
    groups
        Leads that share one owner.
    turn
        Shape (n_reps,); which turn each rep had last, less where longer ago and equal
        where not known; `None`: known of nobody.

    Raises
    ------
    ProblemError
        Where shapes, ranges or order do not fit.
    """

    lead_ids: NDArray[Any]
    rep_ids: NDArray[Any]
    indptr: NDArray[np.int64]
    rep: NDArray[np.int32]
    value: NDArray[np.float64]
    capacity: NDArray[np.int64]
    arrival: NDArray[np.int64]
    must: NDArray[np.bool_]
    uses_slot: NDArray[np.bool_]
    skip_cost: NDArray[np.float64]
    limits: tuple[Limit, ...] = ()
    shares: tuple[Share, ...] = ()
    groups: tuple[Group, ...] = ()
    turn: NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        self._check_shapes()
        self._check_values()
        for array in (self.indptr, self.rep, self.value, self.capacity):
            array.setflags(write=False)

    @property
    def unassigned_value(self) -> NDArray[np.float64]:
        """What each lead brings unassigned; -inf where it must be assigned."""
        return np.where(self.must, -np.inf, -self.skip_cost)

    @property
    def n_leads(self) -> int:
        """Number of leads."""
        return len(self.lead_ids)

    @property
    def n_reps(self) -> int:
        """Number of reps."""
        return len(self.rep_ids)

    @property
    def n_pairs(self) -> int:
        """Number of eligible pairs."""
        return len(self.rep)

    @cached_property
    def lead(self) -> NDArray[np.int64]:
        """Position of each pair's lead, shape (n_pairs,)."""
        return np.repeat(np.arange(self.n_leads), np.diff(self.indptr))

    def highest(self, of_pair: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
        """Return the highest number among each lead's pairs, -inf where it has none.

        Shape (n_leads,), of the same type.

        Parameters
        ----------
        of_pair
            Shape (n_pairs,).
        """
        highest = np.full(self.n_leads, -np.inf, dtype=of_pair.dtype)
        filled = np.flatnonzero(np.diff(self.indptr))
        if len(filled):
            highest[filled] = np.maximum.reduceat(of_pair, self.indptr[filled])
        return highest

    def replace(self, **changes: Any) -> Self:
        """Return a copy with these fields changed."""
        return replace(self, **changes)

    def restricted(self, kept: NDArray[np.bool_]) -> Self:
        """Return the problem in which only these pairs are eligible.

        Parameters
        ----------
        kept
            Shape (n_pairs,).
        """
        position = np.concatenate([[0], np.cumsum(kept)])
        return self.replace(
            indptr=position[self.indptr],
            rep=self.rep[kept],
            value=self.value[kept],
            uses_slot=self.uses_slot[kept],
            limits=tuple(limit.restricted(kept, position) for limit in self.limits),
        )

    def _check_shapes(self) -> None:
        expected = {
            "indptr": self.n_leads + 1,
            "value": self.n_pairs,
            "uses_slot": self.n_pairs,
            "capacity": self.n_reps,
            "arrival": self.n_leads,
            "must": self.n_leads,
            "skip_cost": self.n_leads,
        }
        check_lengths(self, expected)
        if self.turn is not None and self.turn.shape != (self.n_reps,):
            shape = self.turn.shape
            raise ProblemError(f"turn has shape {shape}, expected ({self.n_reps},)")
        for limit in self.limits:
            if limit.pair.shape != limit.weight.shape:
                raise ProblemError(f"{limit.rule}: a weight for each pair")
        if len(set(self.lead_ids)) < self.n_leads:
            raise ProblemError("lead_ids are not unique")
        if len(set(self.rep_ids)) < self.n_reps:
            raise ProblemError("rep_ids are not unique")

    def _check_values(self) -> None:
        ends = self.indptr[0] == 0 and self.indptr[-1] == self.n_pairs
        if not ends or np.any(np.diff(self.indptr) < 0):
            raise ProblemError("indptr must rise from 0 to n_pairs")
        if np.any((self.rep < 0) | (self.rep >= self.n_reps)):
            raise ProblemError(f"rep must lie in 0..{self.n_reps - 1}")
        within = np.diff(self.lead) == 0
        if np.any(np.diff(self.rep)[within] <= 0):
            raise ProblemError("reps of a lead must increase, each named once")
        check_numbers(self, finite=("value", "skip_cost"))
        for limit in self.limits:
            if np.any(limit.weight < 0):
                raise ProblemError(f"{limit.rule}: a weight is negative")
            if np.any(np.diff(limit.pair) <= 0):
                raise ProblemError(f"{limit.rule}: its pairs must increase")


def check_lengths(problem: object, expected: Mapping[str, int]) -> None:
    """Raise where an array of a problem has another shape than (length,).

    Parameters
    ----------
    expected
        Name of the array -> its length.

    Raises
    ------
    ProblemError
        With the shape it has.
    """
    for name, length in expected.items():
        shape = getattr(problem, name).shape
        if shape != (length,):
            raise ProblemError(f"{name} has shape {shape}, expected ({length},)")


def check_numbers(problem: object, *, finite: Sequence[str]) -> None:
    """Raise where one of these is not finite, or capacity or skip cost is negative.

    Raises
    ------
    ProblemError
        With the array's name.
    """
    for name in finite:
        if not np.all(np.isfinite(getattr(problem, name))):
            raise ProblemError(f"{name} must be finite")
    for name in ("capacity", "skip_cost"):
        if np.any(getattr(problem, name) < 0):
            raise ProblemError(f"{name} must not be negative")


def random_ranks(ids: NDArray[Any], rng: np.random.Generator) -> NDArray[np.int64]:
    """Return a random rank 0..n-1 per id, the same however the ids are ordered.

    Shape (n,), as `ids`, which must be unique text.
    """
    rank = np.empty(len(ids), dtype=np.int64)
    rank[np.argsort(ids.astype(str))] = rng.permutation(len(ids))
    return rank

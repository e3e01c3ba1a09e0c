"""Upper bounds that close pairs as they fill up."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from solver.problem.constraints import TOLERANCE
from solver.problem.problem import Problem


@dataclass(frozen=True, eq=False)
class BoundEntries:
    """How much each pair counts towards each bound, in sparse form.

    Attributes
    ----------
    bound, pair, weight
        Shape (n_entries,); weights are not negative.
    upper
        Shape (n_bounds,); what the weights of a bound's chosen pairs may sum to.
    """

    bound: NDArray[np.int64]
    pair: NDArray[np.int64]
    weight: NDArray[np.float64]
    upper: NDArray[np.float64]

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """Return all hard upper bounds that are known before any lead is assigned."""
        parts = [*_slots(problem), *_limits(problem), *_shares(problem)]
        size = [len(part.upper) for part in parts]
        first = np.cumsum(size) - size
        bound = [part.bound + n for part, n in zip(parts, first, strict=True)]
        return cls(
            np.concatenate(bound),
            np.concatenate([part.pair for part in parts]),
            np.concatenate([part.weight for part in parts]),
            np.concatenate([part.upper for part in parts]),
        )


class OpenBounds:
    """What remains of every bound, and the pairs that no longer fit.

    A bound's pairs lie in falling order of weight, so that those that no longer fit
    are always the next ones: over all leads, each pair is looked at once per bound.
    """

    def __init__(self, entries: BoundEntries, n_pairs: int) -> None:
        upper = entries.upper
        n_bounds = len(upper)
        # Half of what `outside` forgives: sums in another order stay within it.
        self._remaining = upper + TOLERANCE / 2 * np.maximum(1.0, upper)
        heaviest_first = np.lexsort((-entries.weight, entries.bound))
        self._pair = entries.pair[heaviest_first]
        self._minus_weight = -entries.weight[heaviest_first]
        ends = np.cumsum(np.bincount(entries.bound, minlength=n_bounds))
        self._next = np.append(0, ends[:-1])
        self._end = ends
        by_pair = np.argsort(entries.pair, kind="stable")
        self._bound_of = entries.bound[by_pair]
        self._weight_of = entries.weight[by_pair]
        counts = np.bincount(entries.pair, minlength=n_pairs)
        self._first_of = np.append(0, np.cumsum(counts))

    def too_small(self) -> Iterator[NDArray[np.int64]]:
        """Yield the pairs that do not fit even into an empty allocation."""
        for bound in range(len(self._remaining)):
            yield self._closed_by(bound)

    def take(self, pair: int) -> Iterator[NDArray[np.int64]]:
        """Count a pair and yield those that no longer fit."""
        for entry in range(self._first_of[pair], self._first_of[pair + 1]):
            bound = self._bound_of[entry]
            self._remaining[bound] -= self._weight_of[entry]
            yield self._closed_by(bound)

    def _closed_by(self, bound: int) -> NDArray[np.int64]:
        start, end = self._next[bound], self._end[bound]
        minus_remaining = -self._remaining[bound]
        if start == end or self._minus_weight[start] >= minus_remaining:
            return self._pair[:0]
        after = start + np.searchsorted(self._minus_weight[start:end], minus_remaining)
        self._next[bound] = after
        return self._pair[start:after]


def _slots(problem: Problem) -> Iterator[BoundEntries]:
    pair = np.flatnonzero(problem.uses_slot)
    bound = problem.rep[pair].astype(np.int64)
    yield BoundEntries(bound, pair, np.ones(len(pair)), problem.capacity.astype(float))


def _limits(problem: Problem) -> Iterator[BoundEntries]:
    for limit in problem.limits:
        if limit.is_hard and math.isfinite(limit.upper):
            bound = np.zeros(len(limit.pair), dtype=np.int64)
            yield BoundEntries(bound, limit.pair, limit.weight, np.array([limit.upper]))


def _shares(problem: Problem) -> Iterator[BoundEntries]:
    """Yield each rep's largest part if every lead were assigned."""
    servable = np.diff(problem.indptr) > 0
    for share in problem.shares:
        if share.is_hard:
            _, most = share.bounds(math.fsum(share.weight[servable]))
            pair = np.flatnonzero(np.isfinite(most)[problem.rep])
            bound = problem.rep[pair].astype(np.int64)
            yield BoundEntries(bound, pair, share.weight[problem.lead[pair]], most)

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
        if len(parts) == 1:
            return cls(**vars(parts[0]))
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
        remaining = upper + TOLERANCE / 2 * np.maximum(1.0, upper)
        self._remaining = remaining.tolist()
        heaviest_first = _heaviest_first(entries)
        self._pair = entries.pair[heaviest_first]
        self._minus_weight = -entries.weight[heaviest_first]
        ends = np.cumsum(np.bincount(entries.bound, minlength=n_bounds))
        self._next = np.append(0, ends[:-1]).tolist()
        self._end = ends.tolist()
        self._bound_of, self._weight_of = entries.bound, entries.weight
        if np.any(entries.pair[1:] < entries.pair[:-1]):
            by_pair = np.argsort(entries.pair, kind="stable")
            self._bound_of = entries.bound[by_pair]
            self._weight_of = entries.weight[by_pair]
        counts = np.bincount(entries.pair, minlength=n_pairs)
        self._first_of = np.append(0, np.cumsum(counts))

    def too_small(self) -> Iterator[NDArray[np.int64]]:
        """Yield the pairs that do not fit even into an empty allocation."""
        for bound in range(len(self._remaining)):
            yield from self._closed_by(bound)

    def take(self, pair: int) -> Iterator[NDArray[np.int64]]:
        """Count a pair and yield those that no longer fit."""
        first, end = self._first_of[pair : pair + 2].tolist()
        bounds = self._bound_of[first:end].tolist()
        weights = self._weight_of[first:end].tolist()
        for bound, weight in zip(bounds, weights, strict=True):
            self._remaining[bound] -= weight
            yield from self._closed_by(bound)

    def _closed_by(self, bound: int) -> Iterator[NDArray[np.int64]]:
        """Yield the pairs that no longer fit, if there are any."""
        start, end = self._next[bound], self._end[bound]
        minus_remaining = -self._remaining[bound]
        if start == end or self._minus_weight[start] >= minus_remaining:
            return
        after = start + self._minus_weight[start:end].searchsorted(minus_remaining)
        self._next[bound] = int(after)
        yield self._pair[start:after]


def _heaviest_first(entries: BoundEntries) -> NDArray[np.int64]:
    """Return the order by bound, then by falling weight, then as they are."""
    bound, weight = entries.bound, entries.weight
    if len(entries.upper) < 1 << 16:
        # So short numbers are sorted without a comparison.
        bound = bound.astype(np.uint16)
    if np.all(weight[1:] == weight[:-1]):
        return np.argsort(bound, kind="stable")
    order = np.argsort(-weight, kind="stable")
    return order[np.argsort(bound[order], kind="stable")]


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

"""Allocations made at once: rounded, trimmed to what shares allow, filled."""

from math import inf
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from solver.engines.mip.duality import LinearRelaxation
from solver.engines.mip.model import FORGIVEN, Model, Point, point_of

WHOLE = 1 - 1e-6
"""Value in the relaxation from which a pair counts as chosen."""
STEPS = 300
"""Turns in which all leads could be dropped."""


def rounded(model: Model, relaxed: LinearRelaxation) -> Point:
    """Return an allocation near the relaxed point; it may break binding rules.

    Fractional leads get the pair that loses least among those with room, in order of
    what leaving them unassigned loses.
    """
    problem = model.problem
    filling = _Filling(model)
    fractional = np.ones(problem.n_leads, dtype=bool)
    for pair in np.flatnonzero(relaxed.point[: problem.n_pairs] >= WHOLE).tolist():
        filling.take(pair)
        fractional[problem.lead[pair]] = False
    leads = np.flatnonzero(fractional)
    for lead in leads[np.argsort(-relaxed.skipped[leads], kind="stable")].tolist():
        first, last = problem.indptr[lead : lead + 2]
        lost = relaxed.lost[first:last]
        may = filling.has_room(lead) & (lost <= relaxed.skipped[lead])
        if may.any():
            filling.take(int(first + np.where(may, lost, np.inf).argmin()))
    return point_of(model, filling.pair)


def filled(model: Model, point: Point, end: float = inf) -> Point:
    """Return the point with unassigned leads where there is room and something to gain.

    Leads that gain most come first, until `end` by the monotonic clock; each has the
    pair that gains most.
    """
    problem, gain = model.problem, model.program.gain
    filling = _Filling(model)
    for pair in point.pair[point.pair >= 0].tolist():
        filling.take(pair)
    best = np.zeros(problem.n_leads)
    np.maximum.at(best, problem.lead, gain[: problem.n_pairs])
    leads = np.flatnonzero((point.pair < 0) & (best > 0))
    for lead in leads[np.argsort(-best[leads], kind="stable")].tolist():
        if monotonic() > end:
            break
        first, last = problem.indptr[lead : lead + 2]
        may = filling.has_room(lead) & (gain[first:last] > 0)
        if may.any():
            filling.take(int(first + np.where(may, gain[first:last], -1.0).argmax()))
    return point_of(model, filling.pair)


def trimmed(model: Model, point: Point) -> Point:
    """Return the point with leads dropped until the shares of all reps are allowed.

    Each turn drops the leads of least value from the rep with most for their part.
    """
    problem = model.problem
    hard = [share for share in problem.shares if share.is_hard]
    pair = point.pair.copy()
    at_once = problem.n_leads // STEPS + 1
    while True:
        rep_of = np.where(pair >= 0, problem.rep[pair], -1).astype(np.int32)
        broken = [share for share in hard if share.outside(rep_of).any()]
        if not broken or not np.any(pair >= 0):
            return point_of(model, pair)
        held, fair = broken[0].weight_of(rep_of), broken[0].fair
        rep = int(np.argmax(np.divide(held, fair, where=fair > 0, out=0.0 * held)))
        leads = np.flatnonzero((rep_of == rep) & ~problem.must)
        if len(leads) == 0:
            return point_of(model, pair)
        worst = np.argsort(model.program.gain[pair[leads]], kind="stable")
        pair[leads[worst[:at_once]]] = -1


class _Filling:
    """An allocation that grows while slots, limits and owners allow it."""

    def __init__(self, model: Model) -> None:
        self._model = model
        program = model.program
        beside = np.zeros(len(program.upper), dtype=bool)
        for entries in (model.owners, model.totals, model.slacks):
            beside[entries.row] = True
        self._room = np.where(beside, np.inf, program.upper * (1 + FORGIVEN))
        self._groups: dict[int, list[int]] = {}
        for number, group in enumerate(model.problem.groups):
            for lead in group.lead.tolist() if group.is_hard else []:
                self._groups.setdefault(lead, []).append(number)
        self._owner: dict[int, int] = {}
        self.pair: NDArray[np.int64] = np.full(model.problem.n_leads, -1)

    def has_room(self, lead: int) -> NDArray[np.bool_]:
        """Whether nothing forbids each pair of the lead now, shape (k,)."""
        problem, columns = self._model.problem, self._model.columns
        first, last = problem.indptr[lead : lead + 2]
        if first == last:
            return np.zeros(0, dtype=bool)
        starts = columns.indptr[first : last + 1]
        inside = slice(starts[0], starts[-1])
        fits = columns.data[inside] <= self._room[columns.indices[inside]]
        free = np.logical_and.reduceat(fits, starts[:-1] - starts[0])
        for group in self._groups.get(lead, []):
            if group in self._owner:
                free &= problem.rep[first:last] == self._owner[group]
        return free

    def take(self, pair: int) -> None:
        """Choose the pair."""
        rows, entries = self._rows(pair)
        problem = self._model.problem
        self._room[rows] -= entries
        lead = int(problem.lead[pair])
        self.pair[lead] = pair
        for group in self._groups.get(lead, []):
            self._owner[group] = int(problem.rep[pair])

    def _rows(self, pair: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        columns = self._model.columns
        inside = slice(*columns.indptr[pair : pair + 2])
        return columns.indices[inside], columns.data[inside]

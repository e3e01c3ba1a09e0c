"""Every rep as the owner of one lead, while all other leads stay where they are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.building.day import Day
from solver.explain.alternatives import excluded_by
from solver.explain.insertions import Insertions
from solver.problem.solution import Solution

NOTHING = 1e-12
"""Charges below this are rounding."""


@dataclass(frozen=True)
class Candidate:
    """A rep as the owner of one lead.

    Attributes
    ----------
    rep
        Position of the rep.
    is_owner
        Whether the rep has the lead.
    excluded_by
        The hard rules that forbid it, and "absence" for a rep who is not at work.
    charges
        The soft rules that it breaks, each with what it charges, also those on several
        leads; less than 0 where a sum comes nearer to its bounds.
    value
        In the objective's unit, less what is charged; of an excluded rep, too.
    obstacles
        What stands in the way while other leads stay where they are, in words.
    slots_left
        Slots that are free without this lead; NaN where no rule limits them.
    """

    rep: int
    is_owner: bool
    excluded_by: tuple[str, ...]
    charges: tuple[tuple[str, float], ...]
    value: float
    obstacles: tuple[str, ...]
    slots_left: float

    @property
    def is_free(self) -> bool:
        """Tell whether the rep could have the lead now."""
        return not self.excluded_by and not self.obstacles


def candidates(day: Day, solution: Solution, lead: int) -> list[Candidate]:
    """Return every rep as the owner of a lead, the highest value first.

    Parameters
    ----------
    solution
        Who has the other leads of the day.
    lead
        Position of the lead.
    """
    problem = day.problem
    without = Solution(problem, solution.pair.copy())
    without.pair[lead] = -1
    reps = np.arange(problem.n_reps, dtype=np.int32)
    leads = np.full(problem.n_reps, lead)
    charges = {
        rule: np.nan_to_num(charge) for rule, charge in day.charges(leads, reps).items()
    }
    value = day.pair_value(leads, reps) - sum(charges.values(), np.zeros(len(reps)))
    at = slice(*problem.indptr[lead : lead + 2])
    insertions = Insertions(without)
    joint = insertions.charges(lead)
    eligible = problem.rep[at]
    for rule, charge in joint.items():
        value[eligible] -= charge
        charges[rule] = charges.get(rule, np.zeros(problem.n_reps))
        charges[rule][eligible] += charge
    obstacles = _obstacles(insertions, lead)
    slots_left = _slots_left(day, without)
    found = [
        Candidate(
            rep,
            bool(solution.rep_of[lead] == rep),
            excluded_by(day, lead, rep),
            _charged(charges, rep),
            float(value[rep]),
            tuple(obstacles.get(rep, ())),
            float(slots_left[rep]),
        )
        for rep in reps.tolist()
    ]
    return sorted(
        found, key=lambda c: (-c.value, -np.nan_to_num(c.slots_left, nan=1e9))
    )


def _charged(
    charges: dict[str, NDArray[np.float64]], rep: int
) -> tuple[tuple[str, float], ...]:
    own = ((rule, float(charge[rep])) for rule, charge in charges.items())
    return tuple((rule, charge) for rule, charge in own if abs(charge) > NOTHING)


def _obstacles(insertions: Insertions, lead: int) -> dict[int, list[str]]:
    """Return rep -> what stands in the way of the lead's pair with the rep."""
    texts: dict[int, list[str]] = {}
    for obstacle, pairs in insertions.obstacles(lead):
        for rep in insertions.solution.problem.rep[pairs].tolist():
            texts.setdefault(rep, []).append(obstacle.text)
    return texts


def _slots_left(day: Day, solution: Solution) -> NDArray[np.float64]:
    if not day.slot_limits:
        return np.where(day.available, np.nan, 0.0)
    least = np.min(day.slot_limits, axis=0)
    return np.where(day.available, np.maximum(least - solution.slots_used, 0), 0.0)

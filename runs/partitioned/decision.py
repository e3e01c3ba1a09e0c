"""Who gets which lead on a day in partitions, before it is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from runs.job.tie_widths import tie_width
from runs.partitioned.partitioned_day import PartitionedDay
from runs.partitioned.scored_partition import ScoredPartition
from solver import Status
from solver.building import LeadParts, factorised_problem
from solver.engines.price.suitability import NAME
from solver.problem.factorised import FactorisedProblem
from solver.problem.result import gap_of


@dataclass(frozen=True, eq=False)
class Decision:
    """The owners of leads, and what proves them.

    Attributes
    ----------
    status, engine
        How the solve ended, and by what.
    rep_of
        Shape (n_leads,); position of each lead's rep, or -1.
    price
        Shape (n_reps,); dual price of a slot.
    capacity
        Shape (n_reps,); slots per rep.
    left
        Shape (n_reps,); slots that nobody took.
    objective, bound
        Of the whole day, in the objective's unit.
    """

    status: Status
    engine: str
    rep_of: NDArray[np.int32]
    price: NDArray[np.float64]
    capacity: NDArray[np.int64]
    left: NDArray[np.int64]
    objective: float
    bound: float

    @property
    def gap(self) -> float:
        """Bound less objective, as :func:`~solver.problem.result.gap_of`."""
        return gap_of(self.objective, self.bound)

    def of(self, first: int, n_leads: int) -> "Decision":
        """Return the same with the owners of some leads alone."""
        return replace(self, rep_of=self.rep_of[first : first + n_leads])


def problem_of(
    day: PartitionedDay, scored: Sequence[ScoredPartition]
) -> FactorisedProblem:
    """Return the problem of all leads; they are numbered, partition after partition."""
    reps = day.scored_reps
    parts = LeadParts.together([partition.parts for partition in scored])
    scenario = day.file.scenario
    return factorised_problem(
        parts,
        reps.crm,
        scenario.rules,
        reps.scores,
        lead_ids=np.arange(len(parts.log_odds)),
        step=tie_width(scenario.objective, day.trained.card),
    )


def decided(problem: FactorisedProblem, *, seed: int, time_limit: float) -> Decision:
    """Return the best owners of a problem's leads."""
    # Imported here, since processes that score partitions solve nothing.
    from solver.engines.price import solve_factorised

    priced = solve_factorised(problem, seed=seed, time_limit=time_limit)
    return Decision(
        priced.status,
        NAME,
        priced.rep_of,
        priced.price,
        problem.capacity,
        problem.capacity - problem.slots_used(priced.rep_of),
        priced.objective,
        priced.bound,
    )

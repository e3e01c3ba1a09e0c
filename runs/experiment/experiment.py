"""The experiment of a day: the optimum for certain, or a randomised draw."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reporting import ExperimentFigures
from runs.experiment.tables import (
    drawn_choices,
    drawn_unassigned,
    optimum_table,
    propensity_table,
)
from scenarios import ScenarioError, ScenarioFile
from scenarios.experiment import Experiment
from solver import Day, Result, Status
from solver.policies import CutShort
from solver.randomised import (
    OPTIMAL,
    Draw,
    RandomisationError,
    RandomisedAssignment,
    randomise,
    unnested_rules,
)


@dataclass(frozen=True, eq=False)
class DayExperiment:
    """How a day was assigned: as here without an experiment, or as a subclass has it.

    Attributes
    ----------
    optimum
        How the day was solved.
    """

    optimum: Result

    @property
    def result(self) -> Result:
        """What was assigned, under the optimum's bound and prices."""
        return self.optimum

    @property
    def figures(self) -> ExperimentFigures | None:
        """The experiment in figures, for reports and manifest; None without one."""
        return None

    @property
    def cut_short(self) -> list[CutShort]:
        """What the time limit kept from the control policy; empty for nothing."""
        return []

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The files that the experiment adds to the run folder: name -> table."""
        return {}

    def arm(self, pair: NDArray[np.int64]) -> NDArray[np.object_]:
        """Return the arm in which each pair was assigned, shape (n_assigned,)."""
        return np.full(len(pair), OPTIMAL, dtype=object)

    def propensity(self, pair: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the probability with which each pair was assigned, (n_assigned,)."""
        return np.ones(len(pair))

    def reasons(self, assigned: pd.DataFrame) -> NDArray[np.object_]:
        """Return why each lead has its rep, shape (n_assigned,).

        Parameters
        ----------
        assigned
            What was assigned, as :func:`solver.assigned_leads` has it.
        """
        return assigned["reason"].to_numpy(dtype=object)

    def unassigned(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return why each lead without a rep has none, its arm and its propensity.

        Parameters
        ----------
        table
            As :func:`solver.unassigned_leads` has it.
        """
        return table.assign(arm=np.full(len(table), OPTIMAL, object), propensity=1.0)


@dataclass(frozen=True, eq=False)
class RandomisedDay(DayExperiment):
    """A day whose assignment was drawn with known probabilities.

    Attributes
    ----------
    spec
        What the scenario asks for.
    randomised
        All probabilities.
    draw
        The allocation drawn, and each lead's arm.
    """

    spec: Experiment
    randomised: RandomisedAssignment
    draw: Draw

    @cached_property
    def result(self) -> Result:
        """What was assigned, under the optimum's bound and prices."""
        solution, bound = self.draw.solution, self.optimum.bound
        status = Status.proven(solution, bound)
        return replace(self.optimum, solution=solution, status=status)

    @cached_property
    def figures(self) -> ExperimentFigures:
        """The experiment in figures, for reports and manifest."""
        problem, design = self.randomised.problem, self.randomised.design
        has_pairs, best = np.diff(problem.indptr) > 0, self.optimum.objective
        tying = unnested_rules(problem) if design == "day" else []
        return ExperimentFigures(
            **self.spec.model_dump(),
            design=design,
            control_draws=len(self.randomised.control),
            n_eligible=int(has_pairs.sum()),
            n_control=int((self.draw.is_control & has_pairs).sum()),
            share_kept=self.randomised.expected_objective / best if best > 0 else None,
            tying_rules=tuple(tying),
        )

    @property
    def cut_short(self) -> list[CutShort]:
        """What the time limit kept from the control policy; empty for nothing."""
        cut = self.randomised.cut_short
        return [cut] if cut else []

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """All probabilities, and what the optimum would have assigned."""
        return {
            "propensities.csv": propensity_table(self.randomised, self.draw),
            "optimum.csv": optimum_table(self.optimum.solution),
        }

    def arm(self, pair: NDArray[np.int64]) -> NDArray[np.object_]:
        """Return the arm in which each pair was assigned, shape (n_assigned,)."""
        return self.draw.arm[self.randomised.problem.lead[pair]]

    def propensity(self, pair: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the probability with which each pair was assigned, (n_assigned,)."""
        return self.randomised.propensity[pair]

    def reasons(self, assigned: pd.DataFrame) -> NDArray[np.object_]:
        """Return why each lead has its rep, the draw told apart from the optimum."""
        lead = self.randomised.problem.lead[assigned["pair"].to_numpy()]
        return drawn_choices(
            assigned["reason"].to_numpy(dtype=object),
            self.draw.is_control[lead],
            is_random=self.randomised.optimal.is_random,
        )

    def unassigned(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return why each lead has no rep: the draw, where the optimum assigns it."""
        told = drawn_unassigned(table, self.optimum.solution.owner)
        ids = pd.Index(self.randomised.problem.lead_ids, dtype=object)
        lead = ids.get_indexer(pd.Index(told["lead_id"], dtype=object))
        left = self.randomised.left_unassigned[lead]
        return told.assign(arm=self.draw.arm[lead], propensity=left)


def conducted(
    file: ScenarioFile, day: Day, optimum: Result, time_limit: float
) -> DayExperiment:
    """Return the experiment that the scenario asks for, drawn.

    The draw follows from the scenario's seed and the moment of the allocation, so that
    days draw independently and each draw can be repeated.

    Parameters
    ----------
    time_limit
        Seconds.

    Raises
    ------
    ScenarioError
        Where the rules do not allow the experiment.
    """
    spec, solve = file.scenario.experiment, file.scenario.solve
    if spec is None or not optimum.status.has_solution:
        return DayExperiment(optimum)
    rng = np.random.default_rng(day.entropy(solve.seed))
    try:
        randomised = randomise(
            day.problem,
            optimum.solution,
            rng,
            **spec.model_dump(),
            time_limit=time_limit,
        )
    except RandomisationError as error:
        at = ("experiment", "max_pair_probability")
        raise ScenarioError([file.issue(at, str(error))]) from error
    return RandomisedDay(optimum, spec, randomised, randomised.draw(rng))

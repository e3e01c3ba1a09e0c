"""What it costs that near ties count as ties."""

from dataclasses import dataclass

from reporting import number
from runs.job.rule_costs import solve_day
from runs.job.scored import Scored
from solver import Result, Solution, build_day
from solver.building import ScoredPairs


@dataclass(frozen=True)
class NearTies:
    """What it costs that near ties count as ties.

    Attributes
    ----------
    width
        Log odds within which reps count as equal.
    best, kept
        Objective by the scores as they are: a bound of it, and of what was assigned.
    unit
        What the objective counts.
    """

    width: float
    best: float
    kept: float
    unit: str

    @property
    def sentence(self) -> str:
        """The width and the cost, in words."""
        lost = max(self.best - self.kept, 0.0)
        figures = f"at most {number(lost)} of {number(self.best)} expected {self.unit}"
        return (
            f"What reps add counts in steps of {self.width:.2g} log odds (tie_width): "
            "those in one step are equal, and leads are spread by load among them. The "
            "proof is of these values; by the scores as they are, that costs "
            f"{figures if lost else 'nothing'}."
        )


def near_ties(scored: Scored, optimum: Result, time_limit: float) -> NearTies | None:
    """Return what near ties cost, the day solved again without; None without any.

    Parameters
    ----------
    optimum
        How the day was solved, near ties counted as ties.
    time_limit
        Seconds.
    """
    if not (scored.tie_width and optimum.status.has_solution):
        return None
    scenario = scored.prepared.file.scenario
    exact = build_day(
        scored.day.crm, scored.day.rules, ScoredPairs(scored.scores, scored.value)
    )
    best = solve_day(exact, time_limit, scenario.solve)
    kept = Solution(exact.problem, optimum.solution.pair).objective
    unit = scenario.objective.maximise
    return NearTies(scored.tie_width, best.bound, kept, unit)

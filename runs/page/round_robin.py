"""The day by round robin, as the model expects it: what a run stands beside."""

import numpy as np
from numpy.typing import NDArray

from evaluation.labels import BASELINE
from reporting import Baseline, Expected
from runs.job.run import Run
from runs.page.measured import measured_sentences
from solver import POLICIES, Solution
from solver.policies import attempts
from solver.problem.deadline import Deadline

DRAWS = 5
SECONDS = 0.5
"""Time for all draws together; the first one is made however long it takes."""


def beside_round_robin(run: Run) -> Baseline | None:
    """Return what the model expects of both; None where nothing was assigned."""
    solution = run.result.solution
    if not solution.n_assigned:
        return None
    seed = run.scored.day.seed(run.file.scenario.solve.seed)
    rngs = [np.random.default_rng([seed, draw]) for draw in range(DRAWS)]
    deadline = Deadline.after(SECONDS)
    drawn = attempts(POLICIES[BASELINE], run.scored.day.problem, rngs, deadline)
    each = [_expected(run, attempt.solution) for attempt in drawn]
    conversions = [one.conversions for one in each]
    revenue = [one.revenue for one in each if one.revenue is not None]
    mean = Expected(
        float(np.mean([one.n_assigned for one in each])),
        float(np.mean(conversions)),
        float(np.mean([one.objective for one in each])),
        float(np.mean(revenue)) if revenue else None,
    )
    spread = float(np.std(conversions))
    own = _expected(run, solution)
    return Baseline(own, mean, len(each), spread, measured=[*measured_sentences(run)])


def _expected(run: Run, solution: Solution) -> Expected:
    pair = solution.pair[solution.assigned]
    problem = solution.problem
    lead = problem.lead[pair]
    p_convert: NDArray[np.float64] = run.scored.scores.probability(
        lead, problem.rep[pair]
    )
    is_revenue = run.file.scenario.objective.maximise == "revenue"
    revenue = float(p_convert @ run.scored.value[lead]) if is_revenue else None
    return Expected(
        solution.n_assigned, float(p_convert.sum()), solution.objective, revenue
    )

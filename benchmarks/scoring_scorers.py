"""Ways to score every pair of leads and reps: ours beside others."""

from collections.abc import Callable, Mapping
from inspect import signature

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from benchmarks.scoring_rivals import knowing, ridge, trees
from benchmarks.scoring_task import ScoringTask, Table
from scoring import ConversionModel, PairScores

OURS, LEAD_ONLY = "rightrep", "lead only"
TREES, RIDGE = "boosted trees", "ridge, rep x feature"
KNOWING = "given the true spreads"


def fitted(
    history: pd.DataFrame, leads: pd.DataFrame, reps: pd.DataFrame | None = None
) -> ConversionModel:
    """Return our model, fitted on the history."""
    takes_reps = "reps" in signature(ConversionModel.fit).parameters
    more = {"reps": reps} if takes_reps else {}
    return ConversionModel(seed=0).fit(history, leads, **more)


def own_scores(task: ScoringTask) -> PairScores:
    """Return what our model says of the leads and reps."""
    model = fitted(task.history, task.leads, task.reps)
    return model.score(task.leads, task.reps["rep_id"].tolist())


def ours(task: ScoringTask) -> Table:
    """Return what our model says of every pair."""
    shape = len(task.leads), len(task.reps)
    lead, rep = np.indices(shape).reshape(2, -1)
    return own_scores(task).probability(lead, rep).reshape(shape)


def lead_only(task: ScoringTask) -> Table:
    """Return what our model says of every lead with the average rep."""
    average = own_scores(task).with_average_rep()
    return np.repeat(average[:, None], len(task.reps), axis=1)


SCORERS: Mapping[str, Callable[[ScoringTask], Table]] = {
    OURS: ours,
    LEAD_ONLY: lead_only,
    TREES: trees,
    RIDGE: ridge,
    KNOWING: knowing,
}


def scored(name: str, task: ScoringTask) -> Table:
    """Return the scores of the scorer of this name, from one thread."""
    with threadpool_limits(1):
        return SCORERS[name](task)

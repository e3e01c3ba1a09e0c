"""What the best allocation by a scorer's numbers wins where the truth is known."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import ceil, nan
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from benchmarks.scoring_scorers import scored
from benchmarks.scoring_task import ScoringTask, Table
from evaluation import PRESETS, WorldSpec, draw_world
from solver import Problem, solve

OF_REPS = ("null", "mild", "strong")
OTHERS = ("confounded", "cold_start")
WORLDS: Mapping[str, WorldSpec] = {
    name: PRESETS[name] for name in (*OF_REPS, *OTHERS)
} | {
    f"{name}, often won": replace(
        PRESETS[name], base_rate=0.4, n_numeric=5, interaction_rank=5
    )
    for name in OF_REPS
}
"""Presets in which every rep may have every lead: 12 in 100 convert and the
interaction reads eight columns, so that little can be known. Often won, 40 in 100
convert and it reads five."""
MAIN = tuple(name for name in WORLDS if name not in OTHERS)
N_LEADS = 1_200
DAYS = 250
"""Working days of history: a year."""
NOTHING = 1e-9
"""Achievable uplift below which there is nothing to capture, in conversions."""


@dataclass(frozen=True)
class ScorerTrial:
    """One scorer in one world. All but the seconds are conversions of the batch.

    Attributes
    ----------
    expected, expected_at_random
        What the scorer expects of the pairs chosen by its numbers, and of a batch
        assigned at random.
    true, true_at_random, true_at_best
        What is true of the same two, and of the best allocation by the truth.
    seconds
        To train and to score.
    """

    expected: float
    expected_at_random: float
    true: float
    true_at_random: float
    true_at_best: float
    seconds: float

    @property
    def captured(self) -> float:
        """Share of the achievable uplift over round robin; NaN where there is none."""
        achievable = self.true_at_best - self.true_at_random
        if achievable < NOTHING:
            return nan
        return (self.true - self.true_at_random) / achievable

    @property
    def expected_over_true(self) -> float:
        """What the scorer expects of the chosen pairs, over what is true of them."""
        return self.expected / self.true

    @property
    def expected_uplift(self) -> float:
        """The uplift over round robin that the scorer expects, relative."""
        return self.expected / self.expected_at_random - 1

    @property
    def true_uplift(self) -> float:
        """The uplift over round robin that is true, relative."""
        return self.true / self.true_at_random - 1

    @property
    def oracle_uplift(self) -> float:
        """The uplift over round robin that knowing the truth would give, relative."""
        return self.true_at_best / self.true_at_random - 1


@cache
def trial(world: str, leads_per_rep: int, scorer: str, seed: int) -> ScorerTrial:
    """Return how a scorer does on a fresh batch, fitted on a year of history."""
    n_reps = WORLDS[world].n_reps
    n_history = leads_per_rep * n_reps
    spec = replace(WORLDS[world], leads_per_day=ceil(n_history / DAYS))
    drawn = draw_world(spec, seed)
    leads = drawn.leads(N_LEADS)
    task = ScoringTask(drawn.history(n_history), leads, drawn.reps, spec)
    lead, rep = np.divmod(np.arange(N_LEADS * n_reps), n_reps)
    truth = drawn.truth(leads).at(lead, rep).reshape(N_LEADS, n_reps)
    begin = perf_counter()
    expected = scored(scorer, task)
    seconds = perf_counter() - begin
    chosen, best = optimum(expected, seed), optimum(truth, seed)
    every = np.arange(N_LEADS)
    return ScorerTrial(
        expected=float(expected[every, chosen].sum()),
        expected_at_random=float(expected.mean(axis=1).sum()),
        true=float(truth[every, chosen].sum()),
        true_at_random=float(truth.mean(axis=1).sum()),
        true_at_best=float(truth[every, best].sum()),
        seconds=seconds,
    )


def optimum(value: Table, seed: int) -> NDArray[np.int32]:
    """Return each lead's rep in the best allocation with equal loads, (n_leads,)."""
    n_leads, n_reps = value.shape
    problem = Problem(
        lead_ids=np.array([f"L{i}" for i in range(n_leads)], dtype=object),
        rep_ids=np.array([f"R{j}" for j in range(n_reps)], dtype=object),
        indptr=np.arange(n_leads + 1) * n_reps,
        rep=np.tile(np.arange(n_reps, dtype=np.int32), n_leads),
        value=value.ravel(),
        capacity=np.full(n_reps, ceil(n_leads / n_reps)),
        arrival=np.arange(n_leads),
        must=np.zeros(n_leads, dtype=bool),
        uses_slot=np.ones(n_leads * n_reps, dtype=bool),
        skip_cost=np.zeros(n_leads),
    )
    return solve(problem, seed=seed, time_limit=60.0).solution.rep_of

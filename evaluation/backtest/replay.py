"""What each policy would have done on past days, as probabilities of pairs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.backtest.past_days import PastDay
from evaluation.comparison.decomposition import shuffled
from solver import POLICIES, Day, Problem, is_value_blind

N_DRAWS = 20
"""Draws of a policy that hangs on chance alone, from which its loads are taken."""
SHUFFLED = " (shuffled)"
"""Added to a policy's name: its leads and loads, dealt at random."""


@dataclass(frozen=True, eq=False)
class Replay:
    """What each policy would have done with the leads of past days.

    Attributes
    ----------
    targets
        Policy -> ``lead_id``, ``rep_id`` and ``probability`` of its pairs.
    expected
        ``lead_id`` and, for each policy, the model expectation of the lead, in the
        objective's unit and before penalties.
    n_pairs
        Pairs of lead and rep that no rule forbade.
    n_days
        Days replayed.
    """

    targets: Mapping[str, pd.DataFrame]
    expected: pd.DataFrame
    n_pairs: int
    n_days: int


def replay(
    days: Iterable[PastDay],
    decide: Callable[[PastDay], Day],
    policies: Sequence[str],
    seed: int,
) -> Replay:
    """Return what the policies would have done, each day with what was known then.

    A policy that looks at no value gives each lead to any eligible rep, as far as its
    loads allow: these are taken from several draws, and dealt out at random. Other
    policies decide. Beside each of these stands its shuffled self.

    Parameters
    ----------
    days
        Past days, oldest first.
    decide
        Makes a day's problem from what was known when it began.
    policies
        Names of :data:`solver.POLICIES`.
    seed
        Decides all draws.
    """
    targets: dict[str, list[pd.DataFrame]] = defaultdict(list)
    expected, n_pairs = [], 0
    for day in days:
        decided = decide(day)
        problem = decided.problem
        n_pairs += problem.n_pairs
        worth = decided.pair_value(problem.lead, problem.rep)
        believed: dict[str, NDArray[np.float64]] = {}
        for name in policies:
            rng = np.random.default_rng([seed, day.date.toordinal()])
            for called, probability in _ways(problem, name, rng):
                targets[called].append(_pairs(problem, probability))
                believed[called] = _per_lead(problem, probability * worth)
        expected.append(pd.DataFrame({"lead_id": problem.lead_ids, **believed}))
    return Replay(
        targets={name: _joined(parts) for name, parts in targets.items()},
        expected=_joined(expected),
        n_pairs=n_pairs,
        n_days=len(expected),
    )


def _ways(
    problem: Problem, policy: str, rng: np.random.Generator
) -> Iterable[tuple[str, NDArray[np.float64]]]:
    """Yield the policy's probability of each pair, and its shuffled self's."""
    if is_value_blind(POLICIES[policy]):
        draws = (POLICIES[policy](problem, rng) for _ in range(N_DRAWS))
        yield policy, np.mean([shuffled(draw) for draw in draws], axis=0)
    else:
        solution = POLICIES[policy](problem, rng)
        yield policy, solution.chosen.astype(np.float64)
        yield f"{policy}{SHUFFLED}", shuffled(solution)


def _per_lead(problem: Problem, amount: NDArray[np.float64]) -> NDArray[np.float64]:
    total: NDArray[np.float64] = np.bincount(
        problem.lead, amount, problem.n_leads
    ).astype(np.float64)
    return total


def _pairs(problem: Problem, probability: NDArray[np.float64]) -> pd.DataFrame:
    some = np.flatnonzero(probability > 0)
    return pd.DataFrame(
        {
            "lead_id": problem.lead_ids[problem.lead[some]],
            "rep_id": problem.rep_ids[problem.rep[some]],
            "probability": probability[some],
        }
    )


def _joined(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(parts, ignore_index=True)

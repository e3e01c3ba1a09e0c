"""What each policy would have done on past days, as probabilities of pairs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import CrmData
from evaluation.comparison.decomposition import shuffled
from solver import Day, Policy, Problem, is_value_blind

N_DRAWS = 20
"""Draws of a policy that looks at no value, from which its loads are taken."""
SHUFFLED = " (shuffled)"
"""Added to a policy's name: the same leads and loads, assigned at random."""


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


def replayed(
    days: Iterable[CrmData],
    build: Callable[[CrmData], Day],
    policies: Mapping[str, Policy],
    seed: int,
) -> Replay:
    """Return what the policies would have done, each day with what was known then.

    A policy that looks at no value assigns each lead to any eligible rep, as far as
    its loads allow: loads are those of several draws, and leads are assigned at random
    given them. Other policies decide; each of these has a shuffled version as well.

    Parameters
    ----------
    days
        Tables of past days, oldest first.
    build
        Builds a day's problem from what was known when it began.
    policies
        Name -> policy.
    seed
        Decides all draws.
    """
    targets: dict[str, list[pd.DataFrame]] = defaultdict(list)
    expected, n_pairs = [], 0
    for crm in days:
        day = build(crm)
        problem, date = day.problem, crm.as_of.normalize()
        n_pairs += problem.n_pairs
        value = day.pair_value(problem.lead, problem.rep)
        predicted: dict[str, NDArray[np.float64]] = {}
        for name, policy in policies.items():
            rng = np.random.default_rng([seed, date.toordinal()])
            for label, probability in _probabilities(problem, name, policy, rng):
                targets[label].append(_pairs(problem, probability))
                predicted[label] = _per_lead(problem, probability * value)
        expected.append(pd.DataFrame({"lead_id": problem.lead_ids, **predicted}))
    return Replay(
        targets={name: _joined(parts) for name, parts in targets.items()},
        expected=_joined(expected),
        n_pairs=n_pairs,
        n_days=len(expected),
    )


def _probabilities(
    problem: Problem, name: str, policy: Policy, rng: np.random.Generator
) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Yield the policy's probability of each pair, and that of its shuffled version."""
    if not is_value_blind(policy):
        solution = policy(problem, rng)
        yield name, solution.chosen.astype(np.float64)
        yield f"{name}{SHUFFLED}", shuffled(solution)
    else:
        draws = (policy(problem, rng) for _ in range(N_DRAWS))
        yield name, np.mean([shuffled(draw) for draw in draws], axis=0)


def _per_lead(problem: Problem, amount: NDArray[np.float64]) -> NDArray[np.float64]:
    total = np.bincount(problem.lead, amount, problem.n_leads)
    return total.astype(np.float64)


def _pairs(problem: Problem, probability: NDArray[np.float64]) -> pd.DataFrame:
    pairs = np.flatnonzero(probability > 0)
    return pd.DataFrame(
        {
            "lead_id": problem.lead_ids[problem.lead[pairs]],
            "rep_id": problem.rep_ids[problem.rep[pairs]],
            "probability": probability[pairs],
        }
    )


def _joined(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(parts, ignore_index=True)

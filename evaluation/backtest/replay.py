"""What each policy would have done on past days, as probabilities of pairs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from time import perf_counter

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import CrmData
from evaluation.comparison.decomposition import shuffled
from solver import Day, Policy, Problem, Solution, is_value_blind
from solver.policies import CutShort, attempts
from solver.policies.turns import turn_after
from solver.problem.deadline import Deadline

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
    cut_short
        What the time limit kept from each policy, where it did.
    """

    targets: Mapping[str, pd.DataFrame]
    expected: pd.DataFrame
    n_pairs: int
    n_days: int
    cut_short: tuple[CutShort, ...] = ()


def replayed(
    days: Iterable[CrmData],
    build: Callable[[CrmData], Day],
    policies: Mapping[str, Policy],
    seed: int,
    time_limit: float = inf,
) -> Replay:
    """Return what the policies would have done, each day with what was known then.

    A policy that looks at no value assigns each lead to any eligible rep, as far as
    its loads allow: loads are those of several draws, and leads are assigned at random
    given them. A rotation's turn carries over from the day before. Other
    policies decide; each of these has a shuffled version as well.

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
    time_limit
        Seconds that all policies may take on all days together; what `build` takes
        comes on top. Each day, and each policy on it, has an equal part of the rest.
    """
    targets: dict[str, list[pd.DataFrame]] = defaultdict(list)
    cuts: dict[str, CutShort] = {}
    turns: dict[str, pd.Series | None] = dict.fromkeys(policies)
    expected, n_pairs, seconds = [], 0, time_limit
    tables = list(days)
    for past, crm in enumerate(tables):
        day = build(crm)
        began = perf_counter()
        deadline = Deadline.after(seconds / (len(tables) - past))
        problem, date = day.problem, crm.today
        n_pairs += problem.n_pairs
        value = day.pair_value(problem.lead, problem.rep)
        predicted: dict[str, NDArray[np.float64]] = {}
        for place, (name, policy) in enumerate(policies.items()):
            rng = np.random.default_rng([seed, date.toordinal()])
            own = deadline.part(1 / (len(policies) - place))
            turned = problem.replace(turn=_of_reps(turns[name], problem))
            drawn, cut, solution = _drawn(turned, name, policy, rng, own)
            turns[name] = _by_rep(turn_after(solution), problem)
            cuts[name] = cuts[name] + cut if name in cuts else cut
            for label, probability in drawn.items():
                targets[label].append(_pairs(problem, probability))
                predicted[label] = _per_lead(problem, probability * value)
        seconds = max(seconds - (perf_counter() - began), 0.0)
        expected.append(pd.DataFrame({"lead_id": problem.lead_ids, **predicted}))
    return Replay(
        targets={name: _joined(parts) for name, parts in targets.items()},
        expected=_joined(expected) if expected else pd.DataFrame(),
        n_pairs=n_pairs,
        n_days=len(expected),
        cut_short=tuple(cut for cut in cuts.values() if cut),
    )


def _drawn(
    problem: Problem,
    name: str,
    policy: Policy,
    rng: np.random.Generator,
    deadline: Deadline,
) -> tuple[dict[str, NDArray[np.float64]], CutShort, Solution]:
    """Return the policy's probability of each pair, and that of its shuffled version.

    Beside them, what the deadline kept from it, and the first allocation, after which
    the next day's turn is.
    """
    is_blind = is_value_blind(policy)
    rngs = [rng] * (N_DRAWS if is_blind else 1)
    draws, mixed = [], []
    for drawn in attempts(policy, problem, rngs, deadline):
        draws.append(drawn)
        mixed.append(shuffled(drawn.solution))
    n_open = sum(not drawn.is_final for drawn in draws)
    cut = CutShort(name, len(draws), len(rngs), n_open)
    first = draws[0].solution
    if is_blind:
        return {name: np.mean(mixed, axis=0)}, cut, first
    chosen = first.chosen.astype(np.float64)
    return {name: chosen, f"{name}{SHUFFLED}": mixed[0]}, cut, first


def _by_rep(turn: NDArray[np.int64], problem: Problem) -> pd.Series:
    return pd.Series(turn, index=problem.rep_ids)


def _of_reps(turn: pd.Series | None, problem: Problem) -> NDArray[np.int64] | None:
    """Return the turns of a day's reps, (n_reps,); who was not there waited longest."""
    if turn is None:
        return None
    return turn.reindex(problem.rep_ids, fill_value=0).to_numpy(dtype=np.int64)


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

"""Policies within a time limit: an allocation each, as good as time allows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from time import perf_counter
from typing import NamedTuple

import numpy as np

from solver.policies.policy import AnyPolicy, Policy
from solver.problem.deadline import Deadline
from solver.problem.problem import Problem
from solver.problem.solution import Solution

PART = 0.5
"""Part of the time left that one allocation of several may take."""


class Attempt(NamedTuple):
    """What a policy allocated within a time limit.

    Attributes
    ----------
    solution
        The allocation.
    is_final
        Whether more time could not change it: the optimum is proven, and what broke
        rules was repaired to the nearest allocation.
    seconds
        How long it took.
    """

    solution: Solution
    is_final: bool
    seconds: float = 0.0


@dataclass(frozen=True)
class CutShort:
    """What a time limit kept from a policy.

    Attributes
    ----------
    policy
        Its name.
    n_drawn, n_wanted
        Allocations made, and those that were to be made.
    n_open
        Of those made, how many more time could change.
    """

    policy: str
    n_drawn: int
    n_wanted: int
    n_open: int

    def __bool__(self) -> bool:
        """Whether anything is missing."""
        return self.n_drawn < self.n_wanted or self.n_open > 0

    def __add__(self, other: "CutShort") -> "CutShort":
        """Return the same of two days together."""
        return CutShort(
            self.policy,
            self.n_drawn + other.n_drawn,
            self.n_wanted + other.n_wanted,
            self.n_open + other.n_open,
        )


LimitedPolicy = Callable[[Problem, np.random.Generator, float], Attempt]
"""A policy that also takes a time limit in seconds."""


def with_limit(policy: AnyPolicy, limited: LimitedPolicy) -> AnyPolicy:
    """Return the policy, marked with how it allocates within a time limit."""
    policy.within = limited  # type: ignore[attr-defined]
    return policy


def attempt(
    policy: Policy, problem: Problem, rng: np.random.Generator, seconds: float
) -> Attempt:
    """Return the policy's allocation, as good as so many seconds allow.

    What a policy does by itself is not interrupted: what takes long is the optimum,
    and the repair of an allocation that breaks hard rules.
    """
    began = perf_counter()
    limited: LimitedPolicy | None = getattr(policy, "within", None)
    if limited is None:
        drawn = Attempt(policy(problem, rng), True)
    else:
        drawn = limited(problem, rng, seconds)
    return drawn._replace(seconds=perf_counter() - began)


def attempts(
    policy: Policy,
    problem: Problem,
    rngs: Sequence[np.random.Generator],
    deadline: Deadline,
) -> Iterator[Attempt]:
    """Yield an allocation per generator, until there is no time for another one.

    The first is always made. Each may take half of the time left, the only one all of
    it; what is done with one before the next is made counts as well.
    """
    part, shortest = 1.0 if len(rngs) == 1 else PART, inf
    for turn, rng in enumerate(rngs):
        if turn and deadline.seconds < shortest:
            return
        began = perf_counter()
        yield attempt(policy, problem, rng, part * deadline.seconds)
        shortest = min(shortest, perf_counter() - began)

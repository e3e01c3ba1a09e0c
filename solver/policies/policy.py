"""What a policy is: a way to allocate."""

from typing import Protocol, TypeVar

import numpy as np

from solver.problem.problem import Problem
from solver.problem.solution import Solution


class Policy(Protocol):
    """A way to allocate: from a problem and a random generator to a solution."""

    def __call__(self, problem: Problem, rng: np.random.Generator, /) -> Solution:
        """Return an allocation of the problem."""


class PolicyError(TypeError):
    """A policy returned no allocation of its problem."""


AnyPolicy = TypeVar("AnyPolicy", bound=Policy)


def value_blind(policy: AnyPolicy) -> AnyPolicy:
    """Return the policy, marked as one that looks at no value.

    Its assignments depend on turns and room alone, so that its probabilities on past
    days can be computed without a model.
    """
    policy.is_value_blind = True  # type: ignore[attr-defined]
    return policy


def is_value_blind(policy: Policy) -> bool:
    """Tell whether a policy is marked as one that looks at no value."""
    return bool(getattr(policy, "is_value_blind", False))

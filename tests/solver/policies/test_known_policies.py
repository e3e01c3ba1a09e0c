"""Policies by name, and callables by their own."""

from functools import partial

import numpy as np
import pytest

from solver import (
    POLICIES,
    PolicyError,
    is_value_blind,
    named_policies,
    register_policy,
    value_blind,
)
from solver.problem.solution import Solution
from tests.solver.instances import problem_of

GREEDY = POLICIES["greedy"]


def mine(problem, rng):
    raise NotImplementedError


def test_names_and_callables_in_order():
    """Each once; a policy named and given is one."""
    chosen = named_policies([mine, "random", GREEDY, "greedy", "random"])
    assert list(chosen) == ["mine", "random", "greedy"]
    assert chosen["mine"].__wrapped__ is mine and chosen["greedy"] is GREEDY


def test_what_has_no_name_is_called_by_its_class():
    """Such as a partial; two of them cannot be told apart."""
    first, second = partial(mine, rng=0), partial(mine, rng=1)
    assert list(named_policies([first])) == ["partial"]
    with pytest.raises(ValueError, match="two policies are called 'partial'"):
        named_policies([first, second])


def test_an_unknown_name_is_refused():
    """With the nearest one, or all there are."""
    with pytest.raises(ValueError, match="no policy 'gredy'; did you mean 'greedy'"):
        named_policies(["gredy"])
    with pytest.raises(ValueError, match="no policy 'zzz'; there are optimal, "):
        named_policies(["zzz"])


def test_who_looks_at_values():
    """All but those that are marked not to; a mark survives the repair."""
    assert {name for name in POLICIES if is_value_blind(POLICIES[name])} == {
        "round_robin",
        "weighted_round_robin",
        "random",
        "load_balancing",
        "shortfall",
    }
    assert not is_value_blind(mine)
    marked = value_blind(lambda problem, rng: Solution.unassigned(problem))
    marked.__name__ = "marked"
    assert is_value_blind(named_policies([marked])["marked"])


def test_a_callable_with_the_name_of_ours_is_refused():
    """Tables would show it as ours."""

    def greedy(problem, rng):
        raise NotImplementedError

    with pytest.raises(ValueError, match="two policies are called 'greedy'"):
        named_policies([greedy])


def test_a_callable_is_held_to_every_hard_rule():
    """Both leads to one slot is repaired; no Solution at all is an error."""
    problem = problem_of(np.full((2, 2), 0.5), [1, 1])

    def everything_to_the_first(problem, rng):
        return Solution(problem, problem.indptr[:-1].copy())

    policy = named_policies([everything_to_the_first])["everything_to_the_first"]
    solution = policy(problem, np.random.default_rng(0))
    assert sorted(solution.rep_of) == [0, 1]

    def nothing(problem, rng):
        return None

    with pytest.raises(PolicyError, match="policy nothing returned no Solution"):
        named_policies([nothing])["nothing"](problem, np.random.default_rng(0))


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        ([-1, -1, -1], r"array of whole numbers, shape \(2,\)"),
        ([-1.0, -1.0], "array of whole numbers"),
        ([0, 0], "gave lead L1 the pair 0; its own are 2 to 3"),
        ([0, 99], "gave lead L1 the pair 99"),
        ([-2, -1], "gave lead L0 the pair -2"),
    ],
)
def test_what_is_no_allocation_is_refused(pair, message):
    """It is not repaired into one, since nobody knows what was meant."""
    problem = problem_of(np.full((2, 2), 0.5), [1, 1])

    def mine(problem, rng):
        return Solution(problem, np.array(pair))

    with pytest.raises(PolicyError, match=f"policy mine .*{message}"):
        named_policies([mine])["mine"](problem, np.random.default_rng(0))


def test_a_policy_is_registered_by_its_own_name_or_another(monkeypatch):
    """Both forms of the decorator leave the function as it is."""
    monkeypatch.setattr(POLICIES, "_registered", {})

    def mine_alone(problem, rng):
        return Solution.unassigned(problem)

    assert register_policy(mine_alone) is mine_alone
    assert register_policy("mine otherwise")(mine_alone) is mine_alone
    assert {"mine_alone", "mine otherwise"} <= set(POLICIES)
    with pytest.raises(TypeError, match="42 is no policy"):
        register_policy(42)

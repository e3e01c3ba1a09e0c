"""Policies by name, and callables by their own."""

from functools import partial

import pytest

from evaluation.named_policies import looks_at_values, policies_by_name
from solver import BLIND, POLICIES

GREEDY = POLICIES["greedy"]


def mine(problem, rng):
    raise NotImplementedError


def test_names_and_callables_in_order():
    """Each once; a policy named and given is one."""
    chosen = policies_by_name([mine, "random", GREEDY, "greedy", "random"])
    assert list(chosen) == ["mine", "random", "greedy"]
    assert chosen["mine"] is mine and chosen["greedy"] is GREEDY


def test_what_has_no_name_is_called_by_its_class():
    """Such as a partial; two of them cannot be told apart."""
    first, second = partial(mine, rng=0), partial(mine, rng=1)
    assert list(policies_by_name([first])) == ["partial"]
    with pytest.raises(ValueError, match="two policies are called 'partial'"):
        policies_by_name([first, second])


def test_an_unknown_name_is_refused():
    """With the nearest one, or all there are."""
    with pytest.raises(ValueError, match="no policy 'gredy'; did you mean 'greedy'"):
        policies_by_name(["gredy"])
    with pytest.raises(ValueError, match="no policy 'zzz'; there are optimal, "):
        policies_by_name(["zzz"])


def test_who_looks_at_values():
    """All but the registered ones that are known not to."""
    assert {name for name in POLICIES if not looks_at_values(name, POLICIES[name])} == {
        *BLIND
    }
    assert looks_at_values("mine", mine)
    assert looks_at_values("random", mine)

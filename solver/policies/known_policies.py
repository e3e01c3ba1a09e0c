"""The policies: the project's own, and those registered from outside."""

from collections.abc import Callable, Iterable

from solver import policies
from solver.policies.policy import AnyPolicy, Policy
from solver.registry.catalogue import Catalogue

OWN = (
    "optimal",
    "round_robin",
    "weighted_round_robin",
    "random",
    "greedy",
    "best_rep",
    "load_balancing",
    "shortfall",
    "odoo",
    "cherry_pick",
)


def _own_policy(name: str) -> Policy:
    policy: Policy = getattr(policies, name)
    return policy


POLICIES: Catalogue[Policy] = Catalogue("policy", OWN, _own_policy)
"""Name -> policy; each obeys every hard rule."""


def register_policy(name: str) -> Callable[[AnyPolicy], AnyPolicy]:
    """Return a decorator that makes a policy known by a name.

    The function itself stays as it is; under its name it is held to every hard rule,
    as :func:`solver.policies.repair.obedient` does it.

    Parameters
    ----------
    name
        What commands, scenarios and tables call it.

    Raises
    ------
    ValueError
        Where the name is one of the project's own policies.
    """

    def register(policy: AnyPolicy) -> AnyPolicy:
        POLICIES.register(name, policies.obedient(policy))
        return policy

    return register


def named_policies(asked: Iterable[str | Policy]) -> dict[str, Policy]:
    """Return name -> policy; a callable goes by its own name, held to every hard rule.

    Raises
    ------
    UnknownNameError
        Where nobody registered a name.
    ValueError
        Where two different policies share a name.
    """
    named: dict[str, Policy] = {}
    for each in asked:
        if isinstance(each, str):
            name, policy = each, POLICIES[each]
        else:
            name, policy = (
                getattr(each, "__name__", repr(each)),
                policies.obedient(each),
            )
            if name in named or name in POLICIES:
                raise ValueError(f"two policies are called {name!r}; rename yours")
        named[name] = policy
    return named

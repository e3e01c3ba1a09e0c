"""The policies: the project's own, and those registered from outside."""

from collections.abc import Callable, Iterable

from solver.policies.balance import load_balancing, shortfall
from solver.policies.claims import cherry_pick
from solver.policies.optimum import optimal
from solver.policies.policy import AnyPolicy, Policy
from solver.policies.ranking import best_rep, greedy, random
from solver.policies.repair import obedient
from solver.policies.rotation import odoo, round_robin, weighted_round_robin
from solver.registry.catalogue import Catalogue

POLICIES: Catalogue[Policy] = Catalogue(
    "policy",
    {
        "optimal": optimal,
        "round_robin": round_robin,
        "weighted_round_robin": weighted_round_robin,
        "random": random,
        "greedy": greedy,
        "best_rep": best_rep,
        "load_balancing": load_balancing,
        "shortfall": shortfall,
        "odoo": odoo,
        "cherry_pick": cherry_pick,
    },
)
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
        POLICIES.register(name, obedient(policy))
        return policy

    return register


def named_policies(policies: Iterable[str | Policy]) -> dict[str, Policy]:
    """Return name -> policy; a callable goes by its own name, held to every hard rule.

    Raises
    ------
    UnknownNameError
        Where nobody registered a name.
    ValueError
        Where two different policies share a name.
    """
    named: dict[str, Policy] = {}
    for each in policies:
        if isinstance(each, str):
            name, policy = each, POLICIES[each]
        else:
            name, policy = getattr(each, "__name__", repr(each)), obedient(each)
            if name in named or name in POLICIES:
                raise ValueError(f"two policies are called {name!r}; rename yours")
        named[name] = policy
    return named

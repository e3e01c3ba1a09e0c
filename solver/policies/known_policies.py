"""The policies: the project's own, and those registered from outside."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, overload

from solver import policies
from solver.policies.policy import AnyPolicy, Policy
from solver.registry.catalogue import Catalogue, entry_of

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


@overload
def register_policy(name: str) -> Callable[[AnyPolicy], AnyPolicy]: ...
@overload
def register_policy(name: AnyPolicy) -> AnyPolicy: ...
def register_policy(name: Any) -> Any:
    """Make a policy known by a name: ``@register_policy("mine")``.

    The function itself stays as it is; the registered policy obeys every hard rule, by
    :func:`solver.policies.repair.obedient`.

    Parameters
    ----------
    name
        What commands, scenarios and tables call it; or the policy, which then goes by
        its own name.

    Raises
    ------
    TypeError
        Where a policy without a name of its own is given.
    ValueError
        Where the name is one of the project's own policies.
    """
    if not isinstance(name, str):
        return register_policy(policy_name(name))(name)

    def register(policy: AnyPolicy) -> AnyPolicy:
        POLICIES.register(name, policies.obedient(policy, name))
        return policy

    return register


def policy_name(policy: Policy) -> str:
    """Return the own name of a callable: of the function, or of its class.

    Raises
    ------
    TypeError
        Where it cannot be called.
    """
    if not callable(policy):
        raise TypeError(f"{policy!r} is no policy: give a callable, or a name")
    return str(getattr(policy, "__name__", type(policy).__name__))


def named_policies(
    requested: Iterable[str | Policy], known: Mapping[str, Policy] = POLICIES
) -> dict[str, Policy]:
    """Return name -> policy; a callable has its own name and is made to obey the rules.

    Parameters
    ----------
    requested
        Names of `known`, or callables ``(problem, rng) -> Solution``.
    known
        Name -> policy.

    Raises
    ------
    UnknownNameError
        Where nobody registered a name.
    ValueError
        Where two different policies share a name.
    """
    chosen: dict[str, Policy] = {}
    for request in requested:
        if isinstance(request, str):
            name, policy = request, entry_of(known, "policy", request)
        else:
            name, policy = policy_name(request), request
        namesakes = (known.get(name, policy), chosen.setdefault(name, policy))
        if any(other is not policy for other in namesakes):
            raise ValueError(f"two policies are called {name!r}; rename yours")
    return {
        name: policy if name in known else policies.obedient(policy, name)
        for name, policy in chosen.items()
    }

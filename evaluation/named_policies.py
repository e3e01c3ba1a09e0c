"""Policies by name: those registered, and any callable under its own name."""

from collections.abc import Iterable, Mapping

from crm import suggestion
from solver import BLIND, POLICIES, Policy


def policies_by_name(
    policies: Iterable[str | Policy], known: Mapping[str, Policy] = POLICIES
) -> dict[str, Policy]:
    """Return name -> policy, each once, in order.

    Parameters
    ----------
    policies
        Names of `known`, or callables ``(problem, rng) -> Solution``, which are called
        by their ``__name__``.
    known
        Name -> policy.

    Raises
    ------
    ValueError
        If a name is unknown, or two policies have the same.
    """
    chosen: dict[str, Policy] = {}
    for policy in policies:
        name = policy if isinstance(policy, str) else _name_of(policy)
        own = _known(policy, known) if isinstance(policy, str) else policy
        if chosen.setdefault(name, own) is not own:
            raise ValueError(f"two policies are called {name!r}")
    return chosen


def looks_at_values(name: str, policy: Policy) -> bool:
    """Tell whether values may decide who is assigned a lead."""
    return name not in BLIND or POLICIES.get(name) is not policy


def _known(name: str, known: Mapping[str, Policy]) -> Policy:
    if name not in known:
        hint = suggestion(name, known) or f"; there are {', '.join(known)}"
        raise ValueError(f"no policy {name!r}{hint}")
    return known[name]


def _name_of(policy: Policy) -> str:
    return str(getattr(policy, "__name__", type(policy).__name__))

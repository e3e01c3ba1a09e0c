"""Names of policies, refused before time is spent where nobody knows them."""

from collections.abc import Iterable

import click


def check_policies(names: Iterable[str], also: Iterable[str] = ()) -> None:
    """Raise where a name is no policy.

    Parameters
    ----------
    names
        What was asked for.
    also
        Names that count beside :data:`solver.POLICIES`.
    """
    from crm import suggestion
    from solver import POLICIES

    known = [*POLICIES, *also]
    for name in names:
        if name not in known:
            near = suggestion(name, known)
            there = ", ".join(known)
            raise click.UsageError(f"no policy {name!r}{near}; there are {there}")

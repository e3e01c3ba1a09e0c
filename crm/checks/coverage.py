"""Needs that no rep meets."""

from collections.abc import Iterator, Mapping

from crm.issues import Issue, capped
from crm.table import Table

EVERYTHING = "*"
"""In a rep's list: covers every need."""
INSIDE = ">"
"""Between a territory and one inside it."""

_NEEDS = {"territory": "territories", "product": "products", "language": "languages"}


def coverage_issues(
    tables: Mapping[str, Table], given: Mapping[str, frozenset[str]]
) -> Iterator[Issue]:
    """Yield a warning for each territory, product and language no rep has.

    Where the leads or the reps come without the column, nothing is said.
    """
    if "leads" not in tables or "reps" not in tables:
        return
    for need, offer in _NEEDS.items():
        if need in given["leads"] and offer in given["reps"]:
            yield from _unmet(tables["leads"], need, tables["reps"], offer)


def _unmet(leads: Table, need: str, reps: Table, offer: str) -> list[Issue]:
    offered = {_spelt(part) for parts in reps.frame[offer] for part in parts} | {""}
    if EVERYTHING in offered:
        return []
    counts = leads.frame[need].value_counts(sort=False)
    said = f"in the {offer} of no rep"
    issues = [
        Issue(leads.file, f"{said} (leads: {n})", None, need, str(wanted), "warning")
        for wanted, n in counts.items()
        if not offered.intersection(_around(str(wanted)))
    ]
    return capped(issues, len(issues))


def _around(need: str) -> set[str]:
    """Return a need and what lies around it: ``France`` around ``France > Paris``."""
    parts = need.split(INSIDE)
    return {_spelt(INSIDE.join(parts[:depth])) for depth in range(1, len(parts) + 1)}


def _spelt(name: str) -> str:
    return f" {INSIDE} ".join(part.strip() for part in name.split(INSIDE))

"""Why a day is infeasible, and the relaxations that would make it feasible."""

from collections.abc import Iterator

from crm import listed
from solver import Conflict, RuleRelaxation

MANY = 5
"""Places named in a sentence before the rest is counted."""


def conflict_sentences(conflict: Conflict) -> Iterator[str]:
    """Yield the minimal conflict, then each relaxation, the least of its unit first."""
    least = "each is needed for it"
    if conflict.is_smallest:
        least = "the smallest such set"
    elif not conflict.is_complete:
        least = "the time limit passed; not all may be needed for it"
    verb = "cannot hold" if len(conflict.rules) == 1 else "cannot hold together"
    named = " and ".join(f"rule {name}" for name in conflict.rules)
    kind = "minimal conflict" if conflict.is_complete else "conflict"
    yield f"{kind}: {named} {verb} today ({least})"
    if not conflict.is_complete:
        yield "the time limit passed before all relaxations were found"
    elif not conflict.relaxations:
        yield "relaxing one rule alone would not help: more than one conflict"
    if conflict.joint_relaxation:
        joint = " and ".join(map(relaxation_text, conflict.joint_relaxation))
        yield f"a joint relaxation: {joint}"
    units = {relaxation.unit for relaxation in conflict.relaxations}
    first = "the cheapest relaxation: " if len(units) == 1 else "a relaxation: "
    for place, relaxation in enumerate(conflict.relaxations):
        order = first if place == 0 else "or: "
        yield f"{order}{relaxation_text(relaxation)}"


def relaxation_text(relaxation: RuleRelaxation) -> str:
    """Return how far a rule would have to give way, and where."""
    places = listed(relaxation.places, MANY)
    amount = f"{relaxation.amount:g}"
    unit = relaxation.unit.removesuffix("s") if amount == "1" else relaxation.unit
    by = f"{amount} {unit} ({places})"
    return f"rule {relaxation.rule} would have to give way by {by}"

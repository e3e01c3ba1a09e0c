"""Changes of one variant of which one undoes another, which is refused."""

from collections.abc import Sequence
from itertools import combinations

from scenarios.changes.change import Change, Target
from scenarios.errors import fault
from scenarios.validation import ScenarioFile


def refuse_contradictions(changes: Sequence[Change], file: ScenarioFile) -> None:
    """Raise where a change sets anew, or inside a rule that is off, what another sets.

    Raises
    ------
    ScenarioError
        At the later of the two changes.
    """
    for earlier, later in combinations(changes, 2):
        before, after = earlier.target(file), later.target(file)
        if earlier.takes_out and _is_inside(after, before):
            problem = f"{earlier.source} leaves that rule out already"
        elif later.takes_out and _is_inside(before, after):
            problem = f"leaves out the rule in which {earlier.source} sets a key"
        elif later.sets_anew and _is_inside(before, after):
            problem = f"sets anew what {earlier.source} sets: keep one of the two"
            problem += "; path=a,b makes a variant of each"
        else:
            continue
        raise fault(later.source, None, problem)


def _is_inside(target: Target, other: Target) -> bool:
    """Tell whether a target is another one, or a part of it."""
    return bool(other) and target[: len(other)] == other

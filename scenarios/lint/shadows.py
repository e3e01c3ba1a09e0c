"""Rules that can never matter, since others forbid already all that they would."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from crm import Issue
from scenarios.lint.lead_groups import LeadGroups
from scenarios.validation import ScenarioFile
from solver import Rule


def shadows(file: ScenarioFile, groups: LeadGroups) -> Iterator[Issue]:
    """Yield a warning for each rule whose every pair others forbid already.

    Of two rules that forbid the same pairs the later one is told.
    """
    told: set[str] = set()
    filters = groups.day.filters
    for place, rule in reversed(list(enumerate(file.scenario.rules))):
        if rule.name not in filters or rule.cost == 0:
            continue
        unwanted = ~groups.allowed(rule) & groups.day.available
        others = [
            other
            for other in groups.hard
            if other.name != rule.name and other.name not in told
        ]
        if not unwanted.any() or np.any(unwanted & groups.allowed_by(others)):
            continue
        told.add(rule.name)
        by = _shadowing(unwanted, others, groups)
        verb = "forbids" if rule.is_hard else "would charge for"
        n_pairs = int(unwanted.sum(axis=1) @ groups.count)
        text = (
            f"rule {rule.name} can never matter today: {by} already every pair of a "
            f"lead and a rep at work that it {verb} ({n_pairs:,}, of "
            f"{groups.looked_at}); delete it, or mend its `where`"
        )
        yield file.issue(("rules", place), text, severity="warning")


def _shadowing(
    unwanted: NDArray[np.bool_], others: list[Rule], groups: LeadGroups
) -> str:
    """Return which rule, or which together, forbid all of these pairs."""
    for other in others:
        if not np.any(unwanted & groups.allowed(other)):
            return f"rule {other.name} forbids"
    return "other hard rules together forbid"

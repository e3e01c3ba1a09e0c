"""Rules that contradict: no rep meets them all, for some leads."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from crm import Issue
from scenarios.lint.lead_groups import LeadGroups
from scenarios.validation import ScenarioFile
from solver import Rule

MOST = 5
"""Sets of rules that are told."""
LARGEST = 3
"""Rules of a set that is looked for among all sets of its size."""


def contradictions(file: ScenarioFile, groups: LeadGroups) -> Iterator[Issue]:
    """Yield a warning for each smallest set of rules that no rep meets together.

    Each of the rules by itself leaves such a lead a rep, at work or not; whoever is
    away is another matter.
    """
    position = {rule.name: i for i, rule in enumerate(file.scenario.rules)}
    sets = conflicting(groups)
    ranked = sorted(sets.items(), key=lambda entry: (-groups.leads(entry[1]), entry[0]))
    for names, stranded in ranked[:MOST]:
        n_leads = groups.leads(stranded)
        text = (
            f"rules {' and '.join(names)} contradict for {n_leads:,} of "
            f"{groups.looked_at}, such as {groups.example(stranded)}: no rep meets "
            f"{'both' if len(names) == 2 else 'all of them'}; make one of them soft, "
            "narrow its `where`, or let a rep have all that they ask for"
        )
        yield file.issue(("rules", position[names[-1]]), text, severity="warning")
    if len(ranked) > MOST:
        rest = np.any([stranded for _, stranded in ranked[MOST:]], axis=0)
        text = (
            f"{len(ranked) - MOST:,} more sets of rules contradict, for "
            f"{groups.leads(rest):,} leads"
        )
        yield file.issue(("rules",), text, severity="warning")


def conflicting(groups: LeadGroups) -> dict[tuple[str, ...], NDArray[np.bool_]]:
    """Return the smallest set of rules of each stranded group -> its groups."""
    rules = groups.hard
    left = ~groups.served(rules)
    for rule in rules:
        left &= groups.served([rule])
    sets: dict[tuple[str, ...], NDArray[np.bool_]] = {}
    for size in range(2, LARGEST + 1):
        for chosen in combinations(rules, size):
            if not left.any():
                return sets
            served = groups.served(list(chosen))
            if np.any(left & ~served):
                sets[_names(chosen)] = left & ~served
                left &= served
    if left.any():
        sets[_names(rules)] = left
    return sets


def _names(rules: tuple[Rule, ...] | list[Rule]) -> tuple[str, ...]:
    return tuple(rule.name for rule in rules)

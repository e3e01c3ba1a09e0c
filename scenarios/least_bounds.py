"""Least bounds that cannot hold on the day: whoever cannot get so much, in figures."""

from collections.abc import Iterator

import numpy as np

from crm import CrmData, Issue, listed
from scenarios.reach import needs_no_scores, unscored_day
from scenarios.validation import ScenarioFile
from solver import Day, Problem, Rule
from solver.day.scored_columns import SCORED
from solver.problem.constraints import TOLERANCE, Limit
from solver.rules.fair_share import FairShare

MANY = 5
"""Reps named before the rest is counted."""
LEAST = {"fair_share", "min_per_rep", "team_quota"}
"""Kinds with a least bound."""


def bound_issues(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    """Yield a warning for each rule that asks for more leads than somebody can get.

    Scores are not known yet: rules that ask for them are left out, so that reps can get
    at most what is said, and every lead counts the same.
    """
    rules = file.scenario.rules
    if not any(rule.kind in LEAST for rule in rules):
        return
    known = [r for r in rules if needs_no_scores(r) or _is_least(r)]
    day = unscored_day(crm, known)
    for position, rule in enumerate(rules):
        for text in _beyond_reach(day, rule):
            yield file.issue(("rules", position), text, severity="warning")


def _is_least(rule: Rule) -> bool:
    return rule.kind in LEAST and not SCORED["leads"] & set(rule.where)


def _beyond_reach(day: Day, rule: Rule) -> Iterator[str]:
    """Yield in words what a rule asks of whom that they cannot get."""
    problem = day.problem
    if isinstance(rule, FairShare):
        yield from _small_shares(day, rule)
    for limit in problem.limits:
        most = _most(problem, limit) if limit.rule == rule.name else np.inf
        if limit.lower > most:
            effect = "no allocation obeys it" if limit.is_hard else "it costs a penalty"
            yield (
                f"{limit.key} can get at most {most:,} of the leads of rule "
                f"{rule.name}, which asks for {limit.lower:g}: {effect}"
            )


def _small_shares(day: Day, rule: FairShare) -> Iterator[str]:
    """Yield who can get less than the least part that hours alone would ask for."""
    share = next((s for s in day.problem.shares if s.rule == rule.name), None)
    if share is None or not rule.min_share:
        return
    n_leads = np.count_nonzero(share.weight[np.diff(day.problem.indptr) > 0])
    asked = rule.min_share * rule.claims(day.crm, day.available)
    small = [
        f"{day.problem.rep_ids[rep]} (asks for {asked[rep] * n_leads:.3g} of "
        f"{n_leads:,} leads by hours, today for {share.least[rep] * n_leads:.3g})"
        for rep in np.flatnonzero(share.least < asked - TOLERANCE)
    ]
    if small:
        yield (
            f"rule {rule.name}: min_share {rule.min_share:g} is lower today, as slots, "
            f"limits or eligible leads do not allow it, for {listed(small, MANY)}"
        )


def _most(problem: Problem, limit: Limit) -> int:
    """Return how many of a limit's leads its reps have slots for."""
    own = np.zeros(problem.n_pairs, dtype=bool)
    own[limit.pair] = True
    slotted = np.bincount(
        problem.rep[own & problem.uses_slot], minlength=problem.n_reps
    )
    in_slots = int(np.minimum(slotted, problem.capacity).sum())
    free = int(np.count_nonzero(own & ~problem.uses_slot))
    return min(len(np.unique(problem.lead[own])), in_slots + free)

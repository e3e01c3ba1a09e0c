"""From the day's tables, rules and scores to a problem."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import CrmData
from solver.availability import at_work
from solver.draft import Draft
from solver.eligibility import Eligibility, eligible_pairs
from solver.problem import Problem, ProblemError
from solver.rules import AccountOwner, Capacity, Qualify, Rule
from solver.rules.base import PairRule

PairWorth = Callable[[NDArray[np.int64], NDArray[np.int32]], NDArray[np.float64]]
"""From lead and rep positions, each (n_pairs,), to what the pairs are worth."""


@dataclass(frozen=True, eq=False)
class Day:
    """A problem beside what it was built from, so that it can be explained.

    Attributes
    ----------
    crm, rules, worth
        The tables, the rules, and what pairs are worth before penalties.
    filters
        What each rule on pairs allows, by name.
    available
        Shape (n_reps,); reps at work.
    kept_by
        Shape (n_leads,); name of the rule that keeps the lead from
        distribution, or "".
    problem
        The problem.
    """

    crm: CrmData
    rules: tuple[Rule, ...]
    worth: PairWorth
    filters: dict[str, Eligibility]
    available: NDArray[np.bool_]
    kept_by: NDArray[np.object_]
    problem: Problem

    @property
    def hard_filters(self) -> list[PairRule]:
        """The rules that remove pairs."""
        return [r for r in self.rules if isinstance(r, PairRule) and r.is_hard]

    def rule(self, name: str) -> Rule:
        """Return the rule of this name."""
        return next(rule for rule in self.rules if rule.name == name)

    def under(self, rules: Sequence[Rule]) -> "Day":
        """Return the same day under other rules."""
        return build_day(self.crm, rules, self.worth)


def build_day(crm: CrmData, rules: Sequence[Rule], worth: PairWorth) -> Day:
    """Return the problem in which every hard rule holds for every pair and rep.

    Parameters
    ----------
    crm
        The tables; leads carry ``p_convert`` where a qualify rule asks for it.
    worth
        What pairs are worth before penalties, in the objective's unit.

    Raises
    ------
    ProblemError
        Where two rules share a name.
    """
    if len({rule.name for rule in rules}) < len(rules):
        raise ProblemError("two rules share a name")
    pair_rules = [rule for rule in rules if isinstance(rule, PairRule)]
    filters = {rule.name: rule.eligibility(crm) for rule in pair_rules}
    hard = [filters[rule.name] for rule in pair_rules if rule.is_hard]
    available, kept_by = at_work(crm), _kept_by(crm, rules)
    indptr, rep = eligible_pairs(hard, available, kept_by == "")
    lead = np.repeat(np.arange(len(crm.leads)), np.diff(indptr))
    joint = [rule for rule in rules if rule.cost > 0]
    draft = Draft(crm, available, lead, rep, ~_free(rules, filters, lead, rep))
    problem = Problem(
        lead_ids=crm.leads["lead_id"].to_numpy(dtype=object),
        rep_ids=crm.reps["rep_id"].to_numpy(dtype=object),
        indptr=indptr,
        rep=rep,
        value=worth(lead, rep) - _charges(crm, rules, filters, lead, rep),
        capacity=_slots(crm, rules),
        arrival=_arrival(crm),
        must=_must(crm, rules),
        uses_slot=draft.uses_slot,
        skip_cost=_skip_cost(crm, rules),
        limits=tuple(limit for rule in joint for limit in rule.limits(draft)),
        shares=tuple(share for rule in joint for share in rule.shares(draft)),
        groups=tuple(group for rule in joint for group in rule.groups(draft)),
    )
    return Day(crm, tuple(rules), worth, filters, available, kept_by, problem)


def _kept_by(crm: CrmData, rules: Sequence[Rule]) -> NDArray[np.object_]:
    name = np.full(len(crm.leads), "", dtype=object)
    for rule in rules:
        if isinstance(rule, Qualify) and rule.is_hard:
            name[rule.keeps(crm) & (name == "")] = rule.name
    return name


def _charges(
    crm: CrmData,
    rules: Sequence[Rule],
    filters: dict[str, Eligibility],
    lead: NDArray[np.int64],
    rep: NDArray[np.int32],
) -> NDArray[np.float64]:
    total = np.zeros(len(rep))
    for rule in rules:
        total += rule.charge(crm, lead, rep)
        if isinstance(rule, PairRule) and rule.penalty:
            total += rule.penalty * ~filters[rule.name].at(lead, rep)
    return total


def _slots(crm: CrmData, rules: Sequence[Rule]) -> NDArray[np.int64]:
    slots = np.full(len(crm.reps), len(crm.leads), dtype=np.int64)
    for rule in rules:
        if isinstance(rule, Capacity) and rule.is_plain:
            slots = np.minimum(slots, rule.slots(crm))
    return slots


def _must(crm: CrmData, rules: Sequence[Rule]) -> NDArray[np.bool_]:
    must = np.zeros(len(crm.leads), dtype=bool)
    for rule in rules:
        if rule.is_hard:
            must |= rule.wants_owner(crm)
    return must


def _skip_cost(crm: CrmData, rules: Sequence[Rule]) -> NDArray[np.float64]:
    cost = np.zeros(len(crm.leads))
    for rule in rules:
        if rule.penalty:
            cost += rule.penalty * rule.wants_owner(crm)
    return cost


def _free(
    rules: Sequence[Rule],
    filters: dict[str, Eligibility],
    lead: NDArray[np.int64],
    rep: NDArray[np.int32],
) -> NDArray[np.bool_]:
    free = np.zeros(len(rep), dtype=bool)
    for rule in rules:
        if isinstance(rule, AccountOwner) and not rule.uses_capacity:
            free |= filters[rule.name].names(lead, rep)
    return free


def _arrival(crm: CrmData) -> NDArray[np.int64]:
    return pd.factorize(crm.leads["created_at"], sort=True)[0].astype(np.int64)

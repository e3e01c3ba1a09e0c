"""From the day's tables, rules and scores to a problem."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import CrmData
from solver.building.demands import (
    Known,
    charge_of_rule,
    charges_of_pairs,
    kept_by_rule,
    must_have_owner,
    pairs_without_slot,
    rule_filters,
    skip_costs,
    slots_of_reps,
)
from solver.day.availability import at_work
from solver.day.draft import Draft
from solver.day.eligibility import Eligibility, eligible_pairs
from solver.problem.problem import Problem, ProblemError
from solver.problem.share_bounds import with_fair_bounds
from solver.rules.base import Rule

PairValue = Callable[[NDArray[np.int64], NDArray[np.int32]], NDArray[np.float64]]
"""From lead and rep positions, each (n_pairs,), to the pairs' values."""


@dataclass(frozen=True, eq=False)
class Day:
    """A day's problem with what it was built from, so that it can be explained.

    Attributes
    ----------
    crm, rules, pair_value
        The tables, the rules, and the values of pairs before penalties.
    filters
        Which reps each rule allows for which leads, by name, where it says so.
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
    pair_value: PairValue
    filters: dict[str, Eligibility]
    available: NDArray[np.bool_]
    kept_by: NDArray[np.object_]
    problem: Problem

    @property
    def known_filters(self) -> Known:
        """What its rules allow, by the identity of each."""
        return {id(rule): self.filters.get(rule.name) for rule in self.rules}

    @property
    def hard_filters(self) -> list[Rule]:
        """The rules that remove pairs."""
        return [r for r in self.rules if r.name in self.filters and r.is_hard]

    @property
    def slot_limits(self) -> list[NDArray[np.int64]]:
        """Slots per rep by each rule on all leads, hard or soft, each (n_reps,)."""
        limits = [rule.slots(self.crm) for rule in self.rules if not rule.where]
        return [limit for limit in limits if limit is not None]

    def entropy(self, seed: int) -> list[int]:
        """Return what is drawn from on this day: the seed, and the moment."""
        return [seed, int(f"{self.crm.as_of:%Y%m%d%H%M%S%f}")]

    def seed(self, seed: int) -> int:
        """Return what breaks ties on this day: another number at another moment."""
        state = np.random.SeedSequence(self.entropy(seed)).generate_state(1)
        return int(state[0] % 2**31)

    def rule(self, name: str) -> Rule:
        """Return the rule of this name."""
        return next(rule for rule in self.rules if rule.name == name)

    def charges(
        self, lead: NDArray[np.int64], rep: NDArray[np.int32]
    ) -> dict[str, NDArray[np.float64]]:
        """Return what each rule charges these pairs by themselves, each (n_pairs,).

        Parameters
        ----------
        lead, rep
            Positions, shape (n_pairs,); the pairs need not be eligible.
        """
        return {
            rule.name: charge_of_rule(self.crm, rule, self.filters, lead, rep)
            for rule in self.rules
        }

    def under(self, rules: Sequence[Rule]) -> "Day":
        """Return the same day under other rules; those it shares are not read again."""
        return build_day(self.crm, rules, self.pair_value, known=self)


def build_day(
    crm: CrmData,
    rules: Sequence[Rule],
    pair_value: PairValue,
    known: Day | None = None,
) -> Day:
    """Return the problem in which every hard rule holds for every pair and rep.

    Parameters
    ----------
    crm
        The tables; they carry the scored columns that rules ask for.
    pair_value
        Values of pairs before penalties, in the objective's unit.
    known
        A day of the same tables: what it says of the same rules still holds.

    Raises
    ------
    ProblemError
        Where two rules share a name.
    """
    if len({rule.name for rule in rules}) < len(rules):
        raise ProblemError("two rules share a name")
    filters = rule_filters(crm, rules, known.known_filters if known else {})
    hard = [filters[r.name] for r in rules if r.name in filters and r.is_hard]
    available = known.available if known else at_work(crm)
    kept_by = kept_by_rule(crm, rules)
    indptr, rep = eligible_pairs(hard, available, kept_by == "")
    lead = np.repeat(np.arange(len(crm.leads)), np.diff(indptr))
    joint = [rule for rule in rules if rule.cost > 0]
    draft = Draft(
        crm, available, lead, rep, ~pairs_without_slot(rules, filters, lead, rep)
    )
    problem = Problem(
        lead_ids=crm.leads["lead_id"].to_numpy(dtype=object),
        rep_ids=crm.reps["rep_id"].to_numpy(dtype=object),
        indptr=indptr,
        rep=rep,
        value=pair_value(lead, rep) - charges_of_pairs(crm, rules, filters, lead, rep),
        capacity=slots_of_reps(crm, rules, len(crm.leads)),
        arrival=_arrival(crm),
        must=must_have_owner(crm, rules),
        uses_slot=draft.uses_slot,
        skip_cost=skip_costs(crm, rules),
        limits=tuple(limit for rule in joint for limit in rule.limits(draft)),
        shares=tuple(share for rule in joint for share in rule.shares(draft)),
        groups=tuple(group for rule in joint for group in rule.groups(draft)),
    )
    fair = with_fair_bounds(problem)
    return Day(crm, tuple(rules), pair_value, filters, available, kept_by, fair)


def _arrival(crm: CrmData) -> NDArray[np.int64]:
    return pd.factorize(crm.leads["created_at"], sort=True)[0].astype(np.int64)

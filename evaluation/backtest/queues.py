"""Who could have had past leads, by the rules that history really followed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.backtest.past_days import PastDay
from solver.day.availability import at_work
from solver.day.eligibility import Eligibility, eligible_pairs
from solver.rules.base import Rule

MOST_BROKEN = 0.01
"""Share of leads that may break a rule which was in force."""


@dataclass(frozen=True, eq=False)
class Queues:
    """The reps each past lead could have gone to.

    Attributes
    ----------
    eligible
        ``lead_id`` and ``rep_id`` of every pair allowed by the rules in force.
    broken
        Rules that were not in force: name -> share of the leads that break them.
    """

    eligible: pd.DataFrame
    broken: Mapping[str, float]


def queues_of(
    days: Iterable[PastDay], owner: Mapping[str, str], rules: Sequence[Rule]
) -> Queues:
    """Return who could have had each lead.

    A rule of today that more leads break than `MOST_BROKEN` was not in force then.

    Parameters
    ----------
    days
        Past days with their leads.
    owner
        Lead id -> the rep it went to.
    rules
        Hard rules that say which reps may have which leads.
    """
    past = [_Day(day, owner, rules) for day in days]
    n_leads = sum(len(each.owner) for each in past)
    n_broken = sum(each.breaks.sum(axis=1) for each in past)
    share = np.broadcast_to(n_broken / max(n_leads, 1), len(rules))
    in_force = share <= MOST_BROKEN
    broken = {
        rule.name: float(part)
        for rule, part, held in zip(rules, share, in_force, strict=True)
        if not held
    }
    return Queues(pd.concat([each.pairs(in_force) for each in past]), broken)


@dataclass(frozen=True, eq=False)
class _Day:
    """A past day, what each rule allowed on it, and who got what."""

    past: PastDay
    owners: Mapping[str, str]
    rules: Sequence[Rule]

    @cached_property
    def filters(self) -> list[Eligibility]:
        crm = self.past.crm
        everyone = Eligibility.everyone(len(crm.leads), len(crm.reps))
        return [rule.eligibility(crm) or everyone for rule in self.rules]

    @cached_property
    def owner(self) -> NDArray[np.int32]:
        """Position of each lead's rep, -1 where the table of reps lacks them."""
        rep_ids = pd.Index(self.past.crm.reps["rep_id"])
        owners = self.past.crm.leads["lead_id"].map(self.owners)
        return rep_ids.get_indexer(pd.Index(owners)).astype(np.int32)

    @property
    def breaks(self) -> NDArray[np.bool_]:
        """Whether each lead's rep was not one the rule allows, (n_rules, n_leads)."""
        lead = np.flatnonzero(self.owner >= 0)
        broken = np.zeros((len(self.rules), len(self.owner)), dtype=bool)
        for place, allowed in enumerate(self.filters):
            broken[place, lead] = ~allowed.at(lead, self.owner[lead])
        return broken

    def pairs(self, in_force: NDArray[np.bool_]) -> pd.DataFrame:
        """Return the pairs that the rules in force allow."""
        crm = self.past.crm
        held = [
            allowed
            for allowed, is_held in zip(self.filters, in_force, strict=True)
            if is_held
        ]
        every = np.ones(len(crm.leads), dtype=bool)
        indptr, rep = eligible_pairs(held, at_work(crm), every)
        lead = np.repeat(np.arange(len(crm.leads)), np.diff(indptr))
        return pd.DataFrame(
            {
                "lead_id": crm.leads["lead_id"].to_numpy()[lead],
                "rep_id": crm.reps["rep_id"].to_numpy()[rep],
            }
        )

"""Pairs of a lead and a rep, named one by one."""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from crm import CrmData, suggestion
from crm.where_words import count_words
from solver.rules.base import Rule, Unit
from solver.rules.issue import RuleIssue
from solver.rules.lookup import Lookup


class NamedPair(BaseModel):
    """A lead and a rep, by their ids."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    lead_id: str = Field(description="Id of a lead, quoted if all digits.")
    rep_id: str = Field(description="Id of a rep.")


Pairs = Annotated[list[NamedPair], Field(min_length=1)]


class NamedPairsRule(Rule):
    """A rule whose pairs are named one by one."""

    pairs: Pairs

    @property
    def counted_pairs(self) -> str:
        """The number of pairs, in words."""
        n_pairs = len(self.pairs)
        return count_words(n_pairs, "pair")

    def lookups(self, crm: CrmData) -> Iterator[Lookup]:
        """Yield the leads that the pairs name."""
        yield from super().lookups(crm)
        lead_ids = frozenset(crm.leads["lead_id"])
        named = Counter(pair.lead_id for pair in self.pairs)
        yield Lookup(
            "lead_id of its pairs",
            named,
            named.keys() & lead_ids,
            lead_ids,
            "no lead of the day",
            are_names=False,
        )

    def own_issues(self, crm: CrmData, unit: Unit) -> Iterator[RuleIssue]:
        """Yield an error for each unknown rep."""
        reps = crm.reps["rep_id"].tolist()
        for place, pair in enumerate(self.pairs):
            if pair.rep_id not in reps:
                expected = f"no such rep{suggestion(pair.rep_id, reps)}"
                yield RuleIssue(expected, ("pairs", place, "rep_id"), pair.rep_id)


def named_leads(
    crm: CrmData, pairs: list[NamedPair], speaks_of: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return which leads the pairs name, and which reps each of those is named with.

    Parameters
    ----------
    speaks_of
        Shape (n_leads,); leads that the rule speaks of.

    Returns
    -------
    key
        Shape (n_leads,); row of `named` for each lead, 0 where it is not named.
    named
        Shape (n_named + 1, n_reps); row 0 is all false.
    """
    reps = pd.Index(crm.reps["rep_id"])
    row_of = {lead_id: row for row, lead_id in enumerate(_ids(pairs), start=1)}
    named: NDArray[np.bool_] = np.zeros((len(row_of) + 1, len(reps)), dtype=bool)
    for pair in pairs:
        if pair.rep_id in reps:
            named[row_of[pair.lead_id], reps.get_loc(pair.rep_id)] = True
    key = crm.leads["lead_id"].map(row_of).fillna(0)
    return np.where(speaks_of, np.asarray(key, dtype=np.int64), 0), named


def _ids(pairs: list[NamedPair]) -> dict[str, None]:
    return dict.fromkeys(pair.lead_id for pair in pairs)

"""Team quota: how many leads go to each team."""

from collections import Counter
from collections.abc import Iterator
from math import inf
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, model_validator

from crm import CrmData
from crm.where_words import count_words
from solver.day.allocation import Allocation, Violation
from solver.day.draft import Draft
from solver.problem.constraints import Limit
from solver.rules.base import Rule, Unit
from solver.rules.issue import Need, RuleIssue
from solver.rules.max_per_rep import Count
from solver.rules.team import unknown_teams


class Quota(BaseModel):
    """Least and most leads of one team."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    min: Count = Field(default=0, description="Least leads that the team must get.")
    max: Count | None = Field(
        default=None, description="Most leads that the team may get."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("give at least one of min, max")
        if self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min} is above max {self.max}")
        return self

    def __str__(self) -> str:
        least = [f"at least {count_words(self.min, 'lead')}"] if self.min else []
        most = [] if self.max is None else [f"at most {count_words(self.max, 'lead')}"]
        return " and ".join([*least, *most]) or "any number"

    @property
    def most(self) -> float:
        """The upper bound, infinite where there is none."""
        return inf if self.max is None else float(self.max)


class TeamQuota(Rule):
    """A team gets so many of these leads; soft, each one outside costs the penalty.
    Nothing is asked of a team with nobody at work.
    """

    breach: ClassVar[str] = "each lead outside"

    kind: Literal["team_quota"] = "team_quota"
    quotas: Annotated[dict[str, Quota], Field(min_length=1)] = Field(
        description="Team -> min and max; other teams have no bounds."
    )

    @property
    def needs(self) -> tuple[Need, ...]:
        """Which team each rep is in."""
        return (("reps", "team"),)

    @property
    def statement(self) -> str:
        """How many of these leads each team gets."""
        teams = [f"team {name} gets {quota}" for name, quota in self.quotas.items()]
        return f"{'; '.join(teams)}"

    def own_issues(self, crm: CrmData, unit: Unit) -> Iterator[RuleIssue]:
        """Yield an error for each team that nobody is in."""
        return unknown_teams(crm, {("quotas", team): team for team in self.quotas})

    def limits(self, draft: Draft) -> Iterator[Limit]:
        """Yield the bounds of each team with somebody at work."""
        team = pd.Index(self.quotas).get_indexer(pd.Index(draft.crm.reps["team"]))
        counts = self.speaks_of(draft.crm)[draft.lead]
        pairs = draft.pairs_by(team[draft.rep], len(self.quotas), counts)
        working = set(team[draft.available])
        for place, (name, quota) in enumerate(self.quotas.items()):
            if place in working:
                yield Limit(
                    self.name,
                    "team_slot",
                    name,
                    pairs[place],
                    np.ones(len(pairs[place])),
                    float(quota.min),
                    quota.most,
                    self.cost,
                )

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each team with too few or too many leads."""
        held = Counter(rep["team"] for _, rep in allocation.pairs(self.where))
        working = {
            rep["team"]
            for rep_id, rep in allocation.rep_rows.items()
            if rep_id not in allocation.away
        }
        for team, quota in self.quotas.items():
            if held[team] > quota.most:
                detail = f"team {team}: {held[team]} leads, at most {quota.max}"
                yield Violation(self.name, detail=detail)
            if held[team] < quota.min and team in working:
                detail = f"team {team}: {held[team]} leads, at least {quota.min}"
                yield Violation(self.name, detail=detail)

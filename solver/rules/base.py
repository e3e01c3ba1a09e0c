"""What every rule has, and the ways rules act on a day."""

from collections.abc import Iterable, Iterator
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from crm import CrmData, Where, matches
from solver.allocation import Allocation, Row, Violation
from solver.draft import Draft
from solver.eligibility import Eligibility
from solver.groups import Group
from solver.limits import Limit
from solver.reasons import Reason
from solver.shares import Share

Need = tuple[str, str]
"""A table and a column."""


class Rule(BaseModel):
    """One business rule, as an analyst writes it in a scenario file.

    Subclasses are one file each. They say how the rule shapes the problem, and
    separately, in plain Python over the rows, how to find where it is broken.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    needs: ClassVar[tuple[Need, ...]] = ()
    kind: str
    name: str = Field(
        default="", description="How reports call the rule; the kind by default."
    )
    strength: Literal["hard", "soft"] = Field(
        default="hard",
        description="hard: never broken. soft: broken where the penalty is worth it.",
    )
    penalty: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = Field(
        default=None,
        description="What breaking a soft rule costs, per lead unless the kind says "
        "otherwise, in the objective's unit: expected conversions or revenue.",
    )
    where: Where = Field(
        default={},
        description="The leads it speaks of: column -> condition; all by default.",
    )

    @model_validator(mode="before")
    @classmethod
    def _named(cls, data: object) -> object:
        if isinstance(data, dict) and "kind" in data:
            return {"name": data["kind"], **data}
        return data

    @field_validator("name")
    @classmethod
    def _one_line(cls, name: str) -> str:
        if not name.strip() or name.splitlines() != [name]:
            raise ValueError("a name is one line of text, and not empty")
        return name

    @model_validator(mode="after")
    def _penalty_with_soft(self) -> Self:
        if self.strength == "soft" and self.penalty is None:
            raise ValueError("a soft rule needs a penalty, 0 or more")
        if self.strength == "hard" and self.penalty is not None:
            raise ValueError(
                "a hard rule takes no penalty; did you mean strength: soft"
            )
        return self

    @property
    def is_hard(self) -> bool:
        """Whether the rule is never broken."""
        return self.strength == "hard"

    @property
    def cost(self) -> float:
        """What breaking the rule costs, infinite if it is hard."""
        return np.inf if self.penalty is None else self.penalty

    def softened(self, penalty: float) -> Self:
        """Return the rule as a soft one."""
        return self.model_copy(update={"strength": "soft", "penalty": penalty})

    def speaks_of(self, crm: CrmData) -> NDArray[np.bool_]:
        """Tell for each lead whether the rule speaks of it, shape (n_leads,)."""
        return matches(crm.leads, self.where)

    def wants_owner(self, crm: CrmData) -> NDArray[np.bool_]:
        """Tell for each lead whether the rule wants it assigned, shape (n_leads,)."""
        return np.zeros(len(crm.leads), dtype=bool)

    def charge(
        self, crm: CrmData, lead: NDArray[np.int64], rep: NDArray[np.int32]
    ) -> NDArray[np.float64]:
        """Return what the rule charges each pair by itself, shape (n_pairs,)."""
        return np.zeros(len(rep))

    def limits(self, draft: Draft) -> Iterable[Limit]:
        """Return the bounds the rule puts on sums over pairs."""
        return ()

    def shares(self, draft: Draft) -> Iterable[Share]:
        """Return the bounds the rule puts on each rep's part."""
        return ()

    def groups(self, draft: Draft) -> Iterable[Group]:
        """Return the leads that the rule gives one owner."""
        return ()

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield every place where an allocation breaks the rule."""
        raise NotImplementedError


class PairRule(Rule):
    """A rule that says which reps may serve which leads.

    Hard, it removes the other pairs; soft, it charges a penalty for each.
    """

    reason: ClassVar[Reason]

    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return which reps the rule allows for which leads."""
        raise NotImplementedError

    def allows(self, lead: Row, rep: Row, allocation: Allocation) -> bool:
        """Tell whether this rep may serve this lead, from their rows alone."""
        raise NotImplementedError

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each assigned lead whose rep the rule forbids."""
        for lead, rep in allocation.pairs(self.where):
            if not self.allows(lead, rep, allocation):
                yield Violation(self.name, lead["lead_id"], rep["rep_id"])

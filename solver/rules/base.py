"""What every rule has, and the two ways most rules act on the pairs."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from crm import CrmData, Where, matches
from solver.allocation import Allocation, Row, Violation
from solver.eligibility import Eligibility
from solver.reasons import Reason

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

    @model_validator(mode="before")
    @classmethod
    def _named(cls, data: object) -> object:
        if isinstance(data, dict) and "kind" in data:
            return {"name": data["kind"], **data}
        return data

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield every place where an allocation breaks the rule."""
        raise NotImplementedError


class PairRule(Rule):
    """A rule that says which reps may serve which leads."""

    reason: ClassVar[Reason]

    @property
    def is_hard(self) -> bool:
        """Whether the rule is never broken."""
        return True

    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return which reps the rule allows for which leads."""
        raise NotImplementedError


class FilterRule(PairRule):
    """A rule on pairs that may be soft, and may speak of some leads only.

    Hard, it removes the other pairs; soft, it charges a penalty for each.
    """

    strength: Literal["hard", "soft"] = Field(
        default="hard",
        description="hard: never broken. soft: broken where the penalty is worth it.",
    )
    penalty: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = Field(
        default=None,
        description="What breaking a soft rule costs per lead, in the objective's "
        "unit: expected conversions, or expected revenue.",
    )
    where: Where = Field(
        default={},
        description="The leads it speaks of: column -> condition; all by default.",
    )

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

    def speaks_of(self, crm: CrmData) -> NDArray[np.bool_]:
        """Tell for each lead whether the rule speaks of it, shape (n_leads,)."""
        return matches(crm.leads, self.where)

    def allows(self, lead: Row, rep: Row, allocation: Allocation) -> bool:
        """Tell whether this rep may serve this lead, from their rows alone."""
        raise NotImplementedError

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each assigned lead whose rep the rule forbids."""
        if not self.is_hard:
            return
        for lead, rep in allocation.pairs(self.where):
            if not self.allows(lead, rep, allocation):
                yield Violation(self.name, lead["lead_id"], rep["rep_id"])

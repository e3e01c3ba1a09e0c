"""Fair share: each rep's part of the value is near the fair one."""

from collections.abc import Iterator
from math import fsum, inf, isfinite
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from crm import CrmData
from solver.day.allocation import Allocation, Violation
from solver.day.draft import Draft
from solver.day.scored_columns import EXPECTED_VALUE
from solver.problem.constraints import Share
from solver.rules.base import Rule
from solver.rules.issue import Need


class FairShare(Rule):
    """Each rep at work gets a part of these leads' value near the fair one.

    The value of a lead is that with an average rep, whoever gets it. Fair is to divide
    every lead among the reps who may have it, by hours_per_day; a missing one counts as
    the mean of the others, and all count alike where none is given. Who is full passes
    the rest on to the others: who can get nothing today has no part to reach. Bounds
    leave room for whole leads. Soft, each unit of value outside costs the penalty.
    """

    penalty_is_per_lead: ClassVar[bool] = False
    breach: ClassVar[str] = "each unit of value outside"
    counted_in: ClassVar[str] = "expected value"

    kind: Literal["fair_share"] = "fair_share"
    min_share: Annotated[float, Field(ge=0, le=1)] | None = Field(
        default=None, description="Least part, as a multiple of the fair one, to 1."
    )
    max_share: Annotated[float, Field(ge=1, allow_inf_nan=False)] | None = Field(
        default=None, description="Largest part, as a multiple of the fair one, from 1."
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.min_share is None and self.max_share is None:
            raise ValueError("fair_share needs min_share or max_share")
        return self

    @property
    def needs(self) -> tuple[Need, ...]:
        """The value of each lead with an average rep."""
        return (("leads", EXPECTED_VALUE),)

    @property
    def statement(self) -> str:
        """Between which multiples of the fair part each rep stays."""
        least = [] if self.min_share is None else [f"at least {self.min_share:.4g}"]
        most = [] if self.max_share is None else [f"at most {self.max_share:.4g}"]
        bounds = " and ".join([*least, *most])
        these = " of them" if self.where else ""
        return (
            f"each rep at work gets {bounds} times their fair part{these}: the "
            "expected value of the leads they may have, divided by hours"
        )

    def shares(self, draft: Draft) -> Iterator[Share]:
        """Yield the bounds on every rep's part, the fair ones by hours alone."""
        value = draft.crm.leads[EXPECTED_VALUE].to_numpy(dtype=float)
        yield Share(
            self.name,
            np.where(self.speaks_of(draft.crm), value, 0.0),
            self.claims(draft.crm, draft.available),
            self.min_share or 0.0,
            inf if self.max_share is None else self.max_share,
            self.cost,
        )

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each rep whose part is too small or too large."""
        held: dict[str, list[float]] = {rep_id: [] for rep_id in allocation.rep_rows}
        for lead, rep in allocation.pairs(self.where):
            held[rep["rep_id"]].append(lead[EXPECTED_VALUE])
        total = fsum(value for values in held.values() for value in values)
        for rep_id, (least, most) in allocation.share_bounds[self.name].items():
            value = fsum(held[rep_id])
            slack = 1e-9 * max(1.0, value)
            if value < least * total - slack or value > most * total + slack:
                bounds = _bounds_text(least * total, most * total)
                detail = f"value {value:g} of {total:g}, {bounds}"
                yield Violation(self.name, rep_id=rep_id, detail=detail)

    @staticmethod
    def claims(crm: CrmData, available: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return each rep's fair part by hours alone, 0 for those away, (n_reps,)."""
        hours_of = crm.reps["hours_per_day"].where(available)
        hours = hours_of.fillna(hours_of.mean()).where(available, 0.0).to_numpy(float)
        if not np.any(hours > 0):
            hours = available.astype(float)
        return hours / (hours.sum() or 1.0)


def _bounds_text(least: float, most: float) -> str:
    """Return the bounds of a rep's value in words."""
    upper = [f"at most {most:g}"] if isfinite(most) else []
    return " and ".join([f"at least {least:g}", *upper])

"""Fair share: each rep's part of the value is near the fair one."""

from collections.abc import Iterator, Mapping
from math import fsum, inf, isnan
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from solver.day.allocation import Allocation, Violation
from solver.day.draft import Draft
from solver.day.scored_columns import EXPECTED_VALUE
from solver.problem.constraints import Share
from solver.rules.base import Rule
from solver.rules.issue import Need


class FairShare(Rule):
    """Each rep at work gets a part of these leads' value near the fair one.

    The value of a lead is that with an average rep, whoever gets it. Fair is by
    hours_per_day; a missing one counts as the mean of the others, and all count alike
    where none is given. Soft, each unit of value outside costs the penalty.
    """

    penalty_is_per_lead: ClassVar[bool] = False

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
        least = [] if self.min_share is None else [f"at least {self.min_share:g}"]
        most = [] if self.max_share is None else [f"at most {self.max_share:g}"]
        bounds = " and ".join([*least, *most])
        return (
            f"each rep at work gets {bounds} times their fair part, by hours, of the "
            "expected value"
        )

    def shares(self, draft: Draft) -> Iterator[Share]:
        """Yield the bounds on every rep's part."""
        value = draft.crm.leads[EXPECTED_VALUE].to_numpy(dtype=float)
        yield Share(
            self.name,
            np.where(self.speaks_of(draft.crm), value, 0.0),
            self._fair(draft),
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
        for rep_id, part in self._parts(allocation).items():
            value, fair = fsum(held[rep_id]), part * total
            if part and self._is_unfair(value, fair):
                detail = f"value {value:g} of {total:g}, fair would be {fair:g}"
                yield Violation(self.name, rep_id=rep_id, detail=detail)

    def _is_unfair(self, value: float, fair: float) -> bool:
        slack = 1e-9 * max(1.0, value)
        if self.max_share is not None and value > self.max_share * fair + slack:
            return True
        return self.min_share is not None and value < self.min_share * fair - slack

    @staticmethod
    def _fair(draft: Draft) -> NDArray[np.float64]:
        """Return the fair part of each rep, 0 for those away, shape (n_reps,)."""
        hours_of = draft.crm.reps["hours_per_day"].where(draft.available)
        hours = (
            hours_of.fillna(hours_of.mean()).where(draft.available, 0.0).to_numpy(float)
        )
        if not np.any(hours > 0):
            hours = draft.available.astype(float)
        return hours / (hours.sum() or 1.0)

    @staticmethod
    def _parts(allocation: Allocation) -> Mapping[str, float]:
        """Return rep id -> fair part of each rep at work, from the rows."""
        hours_of = {
            rep_id: rep["hours_per_day"]
            for rep_id, rep in allocation.rep_rows.items()
            if rep_id not in allocation.away
        }
        known = [hours for hours in hours_of.values() if not isnan(hours)]
        if not any(known):
            return {rep_id: 1 / len(hours_of) for rep_id in hours_of}
        mean = fsum(known) / len(known)
        hours = {rep_id: mean if isnan(h) else h for rep_id, h in hours_of.items()}
        return {rep_id: h / fsum(hours.values()) for rep_id, h in hours.items()}

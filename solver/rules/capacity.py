"""Capacity: a rep gets at most as many leads as slots."""

import math
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from crm import CrmData
from crm.zones import day_of
from solver.day.allocation import Allocation, Row, Violation
from solver.day.draft import Draft
from solver.problem.constraints import Limit
from solver.rules.base import Rule
from solver.rules.issue import Need

HALF = 0.5 + 1e-9
"""Added before rounding down; the rest is what a float may lack of a half."""


class RampUp(BaseModel):
    """How a newcomer grows into the daily capacity."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    days: Annotated[int, Field(ge=1)] = Field(
        description="Days from the start_date until the daily_capacity is full."
    )
    start: Annotated[float, Field(ge=0, le=1)] = Field(
        description="Share of the daily_capacity on the first day, such as 0.25."
    )


class Capacity(Rule):
    """A rep gets at most so many leads today, and so many in the open book."""

    breach: ClassVar[str] = "each lead above it"

    kind: Literal["capacity"] = "capacity"
    open_book: bool = Field(
        default=True,
        description="Whether open_capacity less open_leads limits a rep as well, "
        "where the reps table has them; an empty open_leads is 0.",
    )
    factor: Annotated[float, Field(ge=0, le=100)] = Field(
        default=1.0,
        description="What daily_capacity is multiplied by, such as 1.2; slots are "
        "rounded half up.",
    )
    ramp_up: RampUp | None = Field(
        default=None,
        description="Reps with a start_date get a share of daily_capacity that grows "
        "in a straight line, day by day; rounded half up, and at least one slot.",
    )

    @property
    def needs(self) -> tuple[Need, ...]:
        """The columns it counts slots by."""
        daily = ("reps", "daily_capacity")
        return (daily, ("reps", "start_date")) if self.ramp_up else (daily,)

    @property
    def is_plain(self) -> bool:
        """Whether the rule is hard and bounds the slots of all leads."""
        return self.is_hard and not self.where

    @property
    def is_of_pairs(self) -> bool:
        """Whether its bounds are slots."""
        return self.is_plain

    @property
    def statement(self) -> str:
        """How many leads a rep gets."""
        these = "of them" if self.where else "leads a day"
        book = ", nor more than fit in their open book" if self.open_book else ""
        times = "" if self.factor == 1 else f"{self.factor:g} times "
        text = f"no rep gets more {these} than {times}their daily capacity{book}"
        if self.ramp_up is None:
            return text
        share, days = self.ramp_up.start, self.ramp_up.days
        return f"{text}; newcomers start at {share:.0%} of it and grow for {days} days"

    def limits(self, draft: Draft) -> Iterator[Limit]:
        """Yield a limit per rep, where the rule is soft or speaks of some leads."""
        if self.is_plain:
            return
        counts = self.speaks_of(draft.crm)[draft.lead] & draft.uses_slot
        pairs = draft.pairs_by_rep(counts)
        slots = self.slots(draft.crm)
        for rep_id, pair, upper in zip(
            draft.crm.reps["rep_id"], pairs, slots, strict=True
        ):
            weight = np.ones(len(pair))
            yield Limit(
                self.name,
                "rep_slot",
                rep_id,
                pair,
                weight,
                upper=float(upper),
                penalty=self.cost,
            )

    def slots(self, crm: CrmData) -> NDArray[np.int64]:
        """Return the leads each rep can take today, shape (n_reps,)."""
        daily = self._daily(crm)
        if not self.open_book:
            return daily
        room = crm.reps["open_capacity"] - crm.reps["open_leads"].fillna(0)
        open_slots = room.fillna(np.inf).clip(lower=0).to_numpy()
        return np.minimum(daily, open_slots).astype(np.int64)

    def _daily(self, crm: CrmData) -> NDArray[np.int64]:
        full = crm.reps["daily_capacity"].to_numpy(dtype=float) * self.factor
        slots = np.floor(full + HALF).astype(np.int64)
        if self.ramp_up is None:
            return slots
        passed = pd.Timestamp(crm.today) - day_of(crm.reps["start_date"])
        days = passed.dt.days.clip(lower=0).fillna(np.inf).to_numpy(dtype=float)
        grown = np.minimum(days / self.ramp_up.days, 1.0)
        share = self.ramp_up.start + (1 - self.ramp_up.start) * grown
        grown_slots = np.floor(full * share + HALF).astype(np.int64)
        return np.maximum(grown_slots, np.minimum(slots, 1))

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each rep with more leads than slots."""
        held = allocation.held(self.where, with_slot=True)
        for rep_id, count in sorted(held.items()):
            limit = self._limit(allocation.rep_rows[rep_id], allocation.crm.as_of)
            if count > limit:
                detail = f"{count} leads, room for {limit:g}"
                yield Violation(self.name, rep_id=rep_id, detail=detail)

    def _limit(self, rep: Row, as_of: pd.Timestamp) -> float:
        full = float(rep["daily_capacity"]) * self.factor
        limit: float = math.floor(full + HALF)
        if self.ramp_up is not None:
            grown = math.floor(full * self._grown(rep, as_of) + HALF)
            limit = max(grown, min(limit, 1))
        book = rep["open_capacity"]
        if self.open_book and not np.isnan(book):
            open_leads = 0.0 if np.isnan(rep["open_leads"]) else rep["open_leads"]
            limit = min(limit, max(0.0, book - open_leads))
        return limit

    def _grown(self, rep: Row, as_of: pd.Timestamp) -> float:
        """Return the share of the daily capacity that a rep has reached."""
        if self.ramp_up is None or not rep["start_date"] <= as_of:
            return 1.0
        days = (as_of.date() - rep["start_date"].date()).days
        lacking = max(1 - days / self.ramp_up.days, 0) * (1 - self.ramp_up.start)
        return 1 - lacking

"""Capacity: nobody gets more leads than they can work."""

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from crm import CrmData
from solver.allocation import Allocation, Row, Violation
from solver.draft import Draft
from solver.limits import Limit
from solver.rules.base import Need, Rule


class Capacity(Rule):
    """A rep gets at most so many leads today, and so many in the open book."""

    kind: Literal["capacity"]
    needs: ClassVar[tuple[Need, ...]] = (("reps", "daily_capacity"),)

    open_book: bool = Field(
        default=True,
        description="Whether open_capacity less open_leads limits a rep as well, "
        "where the reps table has them; an empty open_leads is 0.",
    )

    @property
    def is_plain(self) -> bool:
        """Whether every lead takes a slot, and none is given beyond them."""
        return self.is_hard and not self.where

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
        daily = crm.reps["daily_capacity"].to_numpy(dtype=np.int64)
        if not self.open_book:
            return daily
        room = crm.reps["open_capacity"] - crm.reps["open_leads"].fillna(0)
        left = room.fillna(np.inf).clip(lower=0).to_numpy()
        return np.minimum(daily, left).astype(np.int64)

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each rep with more leads than slots."""
        held = Counter(
            rep["rep_id"]
            for lead, rep in allocation.pairs(self.where)
            if lead["lead_id"] not in allocation.slotless
        )
        for rep_id, count in sorted(held.items()):
            limit = self._limit(allocation.rep_rows.get(rep_id, {}))
            if count > limit:
                detail = f"{count} leads, room for {limit:g}"
                yield Violation(self.name, rep_id=rep_id, detail=detail)

    def _limit(self, rep: Row) -> float:
        limit = float(rep.get("daily_capacity", 0))
        book = rep.get("open_capacity", np.nan)
        if self.open_book and not np.isnan(book):
            open_leads = 0.0 if np.isnan(rep["open_leads"]) else rep["open_leads"]
            limit = min(limit, max(0.0, book - open_leads))
        return limit

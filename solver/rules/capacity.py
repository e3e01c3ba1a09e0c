"""Capacity: nobody gets more leads than they can work."""

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from crm import CrmData
from solver.allocation import Allocation, Row, Violation
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
            rep_id
            for lead_id, rep_id in allocation.owner.items()
            if lead_id not in allocation.slotless
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

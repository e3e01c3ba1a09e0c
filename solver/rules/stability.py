"""Stability: open leads stay with the rep who works them."""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field

from crm import CrmData
from solver.day.allocation import Allocation, Row, Violation
from solver.day.availability import at_work
from solver.day.draft import Draft
from solver.day.eligibility import Eligibility
from solver.problem.constraints import Limit
from solver.rules.issue import Need
from solver.rules.lookup import Lookup
from solver.rules.pair_rules import PairRule


class Stability(PairRule):
    """Leads stay with their current rep, or few of them move.

    Leads whose current rep is unknown or not at work may go to anyone. An
    unassigned lead has not moved.
    """

    breach: ClassVar[str] = "each lead that moves"

    kind: Literal["stability"] = "stability"
    max_moves: Annotated[int, Field(ge=0)] | None = Field(
        default=None,
        description="Leads that may move to another rep; soft: each further one costs "
        "the penalty. Without it none may, or each costs the penalty.",
    )

    @property
    def needs(self) -> tuple[Need, ...]:
        """Who has each lead now."""
        return (("leads", "current_rep_id"),)

    @property
    def is_of_pairs(self) -> bool:
        """Whether each move counts by itself."""
        return self.max_moves is None

    @property
    def statement(self) -> str:
        """How many leads may move."""
        if self.max_moves is None:
            return "a lead stays with the rep who has it now"
        return f"at most {self.max_moves:,} leads move from the rep who has them now"

    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return the current rep alone, unless some leads may move."""
        stays = np.eye(len(crm.reps), dtype=bool)
        allowed = np.vstack([np.ones_like(stays[:1]), stays])
        key = self._current(crm) + 1
        return Eligibility(key if self.max_moves is None else 0 * key, allowed)

    def lookups(self, crm: CrmData) -> Iterator[Lookup]:
        """Yield the current reps of the leads."""
        yield from super().lookups(crm)
        current = Counter(crm.leads.loc[self.speaks_of(crm), "current_rep_id"])
        del current[""]
        rep_ids = frozenset(crm.reps["rep_id"])
        yield Lookup(
            "current_rep_id of leads",
            current,
            current.keys() & rep_ids,
            rep_ids,
            "the rep_id of no rep",
            should_meet=True,
            are_names=False,
        )

    def limits(self, draft: Draft) -> Iterator[Limit]:
        """Yield a limit on the moves of the day, where some are allowed."""
        if self.max_moves is None:
            return
        current = self._current(draft.crm)[draft.lead]
        moves = np.flatnonzero((current >= 0) & (current != draft.rep))
        yield Limit(
            self.name,
            "day",
            "moves",
            moves,
            np.ones(len(moves)),
            upper=float(self.max_moves),
            penalty=self.cost,
        )

    @property
    def reads(self) -> tuple[str, ...]:
        """Who has the lead."""
        return ("current_rep_id",)

    def allows(self, lead: Row, rep: Row, allocation: Allocation) -> bool:
        """Tell whether the lead stays, or there is no rep at work to stay with."""
        current = lead["current_rep_id"]
        is_there = current in allocation.rep_rows and current not in allocation.away
        return not is_there or current == rep["rep_id"]

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each lead that moves, or one for too many of them."""
        moves = list(super().violations(allocation))
        if self.max_moves is None:
            yield from moves
        elif len(moves) > self.max_moves:
            detail = f"{len(moves)} leads move, at most {self.max_moves} may"
            yield Violation(self.name, detail=detail)

    def _current(self, crm: CrmData) -> NDArray[np.int64]:
        """Return the position of each lead's rep, -1 where the rule does not apply."""
        known = pd.Index(crm.reps["rep_id"]).get_indexer(crm.leads["current_rep_id"])
        speaks = self.speaks_of(crm) & np.append(at_work(crm), False)[known]
        return np.where(speaks, known, -1).astype(np.int64)

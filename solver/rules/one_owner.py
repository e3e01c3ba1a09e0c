"""One owner: leads that belong together share a rep."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, ClassVar, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field

from crm import TABLES, CrmData, alike
from crm.cells import cell_text
from crm.where_words import column_words
from solver.day.allocation import Allocation, Violation
from solver.day.draft import Draft
from solver.problem.constraints import Group
from solver.rules.base import Rule
from solver.rules.issue import Need
from solver.rules.lookup import Lookup


class OneOwner(Rule):
    """Leads that are alike in a column share an owner; soft, each owner beyond the
    first costs the penalty. Some of them may stay without one.
    """

    penalty_is_per_lead: ClassVar[bool] = False
    breach: ClassVar[str] = "each owner beyond the first"

    kind: Literal["one_owner"] = "one_owner"
    same: str = Field(
        default="account_id",
        description="Column of the leads; text is compared without regard to case, "
        "white space and form of letters, ids exactly, and empty cells are like no "
        "other.",
    )

    @property
    def needs(self) -> tuple[Need, ...]:
        """The column it compares."""
        return (("leads", self.same),)

    @property
    def statement(self) -> str:
        """Which leads share an owner."""
        return f"leads of the same {column_words(self.same)} share an owner"

    def lookups(self, crm: CrmData) -> Iterator[Lookup]:
        """Yield what the leads have in the column, which others may have as well."""
        yield from super().lookups(crm)
        texts = Counter(self._comparable(crm)[self.speaks_of(crm)])
        del texts[""]
        yield Lookup(
            f"{self.same} of leads",
            texts,
            [text for text, n_leads in texts.items() if n_leads > 1],
            list(texts),
            "of one lead only",
            are_names=False,
        )

    def groups(self, draft: Draft) -> Iterator[Group]:
        """Yield the leads of each value that two leads with an eligible rep share."""
        texts = self._comparable(draft.crm)
        placeable = np.bincount(draft.lead, minlength=len(texts)) > 0
        counts = placeable & self.speaks_of(draft.crm) & (texts != "")
        names, code = np.unique(texts[counts], return_inverse=True)
        ordered = np.flatnonzero(counts)[np.argsort(code, kind="stable")]
        ends = np.cumsum(np.bincount(code, minlength=len(names)))
        for name, leads in zip(names, np.split(ordered, ends[:-1]), strict=False):
            if len(leads) > 1:
                yield Group(self.name, f"{self.same} {name}", leads, self.cost)

    def violations(self, allocation: Allocation) -> Iterator[Violation]:
        """Yield a violation for each value whose leads have two owners or more."""
        owners: defaultdict[str, set[str]] = defaultdict(set)
        for lead, rep in allocation.pairs(self.where):
            owners[self._folded(lead[self.same])].add(rep["rep_id"])
        for value, rep_ids in sorted(owners.items()):
            if value and len(rep_ids) > 1:
                detail = f"{self.same} {value}: {', '.join(sorted(rep_ids))}"
                yield Violation(self.name, detail=detail)

    @property
    def _is_id(self) -> bool:
        column = TABLES["leads"].get(self.same)
        return column is not None and column.kind == "id"

    def _comparable(self, crm: CrmData) -> NDArray[np.object_]:
        """Return what each lead has as text, "" where it has nothing, (n_leads,)."""
        texts = crm.leads[self.same].map(cell_text).astype(object)
        if not self._is_id:
            texts = texts.map(alike)
        return texts.to_numpy(dtype=object)

    def _folded(self, cell: Any) -> str:
        """Return a cell of a row as it is compared, "" where it is missing."""
        if pd.isna(cell):
            return ""
        return str(cell) if self._is_id else alike(str(cell))

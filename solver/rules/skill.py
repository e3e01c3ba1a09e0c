"""Skill: the rep has every skill that the lead needs."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

import numpy as np
import pandas as pd
from pydantic import Field

from crm import CrmData
from crm.cells import cell_text, lists, numbers
from crm.schema import EVERYTHING
from crm.where_words import column_words
from solver.day.allocation import Allocation, Row
from solver.day.eligibility import Eligibility
from solver.rules.base import Unit
from solver.rules.issue import Need, RuleIssue
from solver.rules.lookup import Lookup, needs_and_offers
from solver.rules.pair_rules import PairRule


class Skill(PairRule):
    """The rep has every skill that the lead needs; one who has ``*`` has them all.

    Numbers count as what they are: 3 is 3.0, since a column of them alone is read
    as numbers.
    """

    reasons: ClassVar[Mapping[str, str]] = {
        "no_rep_with_skill": "no rep has every skill it needs"
    }

    kind: Literal["skill"] = "skill"
    lead_column: str = Field(
        default="skills",
        description="Column of the leads: what each needs, separated by |.",
    )
    rep_column: str = Field(
        default="skills",
        description="Column of the reps: what each can do, separated by |, * for all.",
    )

    @property
    def needs(self) -> tuple[Need, ...]:
        """The two columns."""
        return (("leads", self.lead_column), ("reps", self.rep_column))

    @property
    def statement(self) -> str:
        """What the rep must be able to do."""
        if self.lead_column == self.rep_column:
            return f"the rep has all of the lead's {column_words(self.lead_column)}"
        columns = f"{self.lead_column} of leads, {self.rep_column} of reps"
        return f"the rep has all that the lead needs ({columns})"

    def own_issues(self, crm: CrmData, unit: Unit) -> Iterator[RuleIssue]:
        """Yield an error for times."""
        if any(self.lacking(crm)):
            return
        cells = crm.leads[self.lead_column]
        if cells.dtype.kind == "M":
            expected = f"the column {self.lead_column} of leads holds times, not skills"
            yield RuleIssue(expected, ("lead_column",))

    def lookups(self, crm: CrmData) -> Iterator[Lookup]:
        """Yield the skills that leads need, and those that reps have."""
        yield from super().lookups(crm)
        cells = crm.leads.loc[self.speaks_of(crm), self.lead_column].value_counts()
        needs = Counter[str]()
        for cell, n_leads in cells.items():
            needs.update(dict.fromkeys(skills_in(cell), n_leads))
        able = Counter(s for cell in crm.reps[self.rep_column] for s in skills_in(cell))
        met = list(needs) if EVERYTHING in able else needs.keys() & able.keys()
        yield from needs_and_offers(
            (self.lead_column, self.rep_column),
            needs,
            able,
            (met, (needs.keys() | {EVERYTHING}) & able.keys()),
            (f"in {self.rep_column} of no rep", f"in {self.lead_column} of no lead"),
        )

    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return one row of reps per list of skills found among the leads."""
        code, cells = pd.factorize(crm.leads[self.lead_column], use_na_sentinel=False)
        wanted = [skills_in(cell) for cell in cells]
        needy = np.array([bool(skills) for skills in wanted], dtype=bool)
        able = [skills_in(cell) for cell in crm.reps[self.rep_column]]
        having = {
            skill: np.array(
                [skill in skills or EVERYTHING in skills for skills in able]
            )
            for skill in frozenset().union(*wanted)
        }
        allowed = np.ones((len(wanted) + 1, len(able)), dtype=bool)
        for row, skills in enumerate(wanted, start=1):
            for skill in skills:
                allowed[row] &= having[skill]
        speaks = self.speaks_of(crm) & needy[code]
        return Eligibility(np.where(speaks, code + 1, 0).astype(np.int64), allowed)

    @property
    def reads(self) -> tuple[str, ...]:
        """What the lead needs."""
        return (self.lead_column,)

    def allows(self, lead: Row, rep: Row, allocation: Allocation) -> bool:
        """Tell whether none of the lead's needs is missing from the rep's list."""
        able = _parts(rep[self.rep_column])
        return EVERYTHING in able or all(
            any(_same(need, skill) for skill in able)
            for need in _parts(lead[self.lead_column])
        )


def skills_in(cell: Any) -> frozenset[str]:
    """Return the skills in a cell, numbers in their shortest form."""
    parts = cell if isinstance(cell, tuple) else lists([cell_text(cell)])[0]
    named = zip(parts, numbers(parts).tolist(), strict=True)
    return frozenset(
        part if math.isnan(amount) else cell_text(amount) for part, amount in named
    )


def _parts(cell: Any) -> list[str]:
    if isinstance(cell, tuple):
        return list(cell)
    text = "" if cell != cell else str(cell)
    return [part for entry in text.split("|") if (part := entry.strip())]


def _same(skill: str, other: str) -> bool:
    try:
        return skill == other or float(skill) == float(other)
    except ValueError:
        return False

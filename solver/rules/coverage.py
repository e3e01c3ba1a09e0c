"""Rules of one shape: the rep's list covers what the lead needs."""

from typing import ClassVar

import numpy as np
import pandas as pd

from crm import CrmData
from solver.allocation import Allocation, Row
from solver.eligibility import Eligibility
from solver.rules.base import PairRule

ANY = "*"
"""A rep whose list holds this covers everything."""


class CoverageRule(PairRule):
    """The rep's list covers the lead's need; a lead without a need goes anywhere."""

    lead_column: ClassVar[str]
    rep_column: ClassVar[str]

    def eligibility(self, crm: CrmData) -> Eligibility:
        """Return one row of reps per need found among the leads."""
        need = crm.leads[self.lead_column].to_numpy()
        speaks = self.speaks_of(crm) & (need != "")
        code, needs = pd.factorize(need[speaks])
        key = np.zeros(len(need), dtype=np.int64)
        key[speaks] = code + 1
        allowed = np.ones((len(needs) + 1, len(crm.reps)), dtype=bool)
        row_of = {text: row for row, text in enumerate(needs, start=1)}
        allowed[1:] = False
        for rep, covered in enumerate(crm.reps[self.rep_column]):
            rows = [row_of[text] for text in covered if text in row_of]
            allowed[slice(1, None) if ANY in covered else rows, rep] = True
        return Eligibility(key, allowed)

    def allows(self, lead: Row, rep: Row, allocation: Allocation) -> bool:
        """Tell whether the rep's list holds the lead's need."""
        need, covered = lead[self.lead_column], rep[self.rep_column]
        return not need or need in covered or ANY in covered

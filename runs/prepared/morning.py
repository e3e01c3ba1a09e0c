"""What earlier runs left for today's."""

from dataclasses import dataclass, field, replace

import pandas as pd

from solver import Rule

KEPT = ("lead_id", "rep_id", "started_at", "run_id")


@dataclass(frozen=True, eq=False)
class Morning:
    """What earlier runs left for this one.

    Attributes
    ----------
    kept
        Leads of today's table that stay with the owner they have: lead_id, rep_id,
        started_at and the run_id that assigned them.
    notes
        What was found, in sentences.
    rules
        Rules that hold today on top of the scenario's, such as a rep who had a lead
        and lost it to the clock.
    supersedes
        The run that this one makes void; empty for none.
    """

    kept: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*KEPT]))
    notes: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    supersedes: str = ""

    def noting(self, *sentences: str) -> "Morning":
        """Return the morning with more sentences."""
        return replace(self, notes=(*self.notes, *sentences))

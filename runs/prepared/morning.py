"""What earlier runs left for today's."""

from dataclasses import dataclass, field, replace

import pandas as pd

from solver import Rule

KEPT = ("lead_id", "rep_id", "started_at", "run_id")
JOINED = ("lead_id", "rep_id", "other", "same", "score")
OWNED, DUPLICATE_OF = "owned", "duplicate_of"
"""Why a lead is kept: it has an owner, or is another one's duplicate."""


@dataclass(frozen=True, eq=False)
class Morning:
    """What earlier runs left for this one.

    Attributes
    ----------
    met
        The leads of today's table, as it has them.
    kept
        Leads of today's table that stay with the owner they have: lead_id, rep_id,
        started_at and the run_id that assigned them.
    joined
        Leads that go to the owner of another one and take no slot: lead_id, rep_id
        (``""`` where the other lead is one of today's, which decides), other, same
        (what they share) and score.
    notes
        What was found, in sentences.
    rules
        Rules that hold today on top of the scenario's, such as a rep who had a lead
        and lost it to the clock.
    supersedes
        The run that this one makes void; empty for none.
    """

    met: pd.DataFrame = field(default_factory=pd.DataFrame)
    kept: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*KEPT]))
    joined: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=[*JOINED])
    )
    notes: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    supersedes: str = ""

    def noting(self, *sentences: str) -> "Morning":
        """Return the morning with more sentences."""
        return replace(self, notes=(*self.notes, *sentences))

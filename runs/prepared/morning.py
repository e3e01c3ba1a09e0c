"""What earlier runs left for today's."""

from dataclasses import dataclass, field, replace

import pandas as pd

from solver import Rule

KEPT = ("lead_id", "rep_id", "started_at", "run_id")
JOINED = ("lead_id", "rep_id", "other", "same", "score")
OWNED, CLOSED, DUPLICATE_OF = "owned", "closed", "duplicate_of"
"""Why a lead takes no slot: it has an owner, is won or lost and nobody's, or is
another one's duplicate."""


@dataclass(frozen=True, eq=False)
class Morning:
    """What earlier runs left for this one.

    Attributes
    ----------
    met
        The leads of today's table, as it has them.
    kept
        Leads of today's table that stay with the owner they have, or are won or lost
        and have none (``""``): lead_id, rep_id, started_at and the run_id that assigned
        them.
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
    seen
        Number of the newest event of the ledger that was read.
    """

    met: pd.DataFrame = field(default_factory=pd.DataFrame)
    kept: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*KEPT]))
    joined: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=[*JOINED])
    )
    notes: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    supersedes: str = ""
    seen: int | None = None

    def noting(self, *sentences: str) -> "Morning":
        """Return the morning with more sentences."""
        return replace(self, notes=(*self.notes, *sentences))

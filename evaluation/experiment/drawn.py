"""Leads with the arm each was drawn for, and what became of them in that arm."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.off_policy import Log

CONTROL = "control"
LEAST_SHARED = 0.5
"""Share of control leads on days of both arms; below, arms were drawn by day."""


@dataclass(frozen=True)
class RecordGaps:
    """How the record of the draws and history differ.

    Attributes
    ----------
    moved
        Leads that have another arm in history than they were drawn for.
    n_other_rep
        Leads that another rep has in history than the one drawn.
    n_lost
        Leads that were drawn and assigned, and are not in history.
    n_not_drawn
        Leads of history with an arm that no recorded draw gave them: left out.
    """

    moved: tuple[str, ...] = ()
    n_other_rep: int = 0
    n_lost: int = 0
    n_not_drawn: int = 0


@dataclass(frozen=True, eq=False)
class DrawnLeads:
    """Leads that were drawn for an arm, in order of time.

    Attributes
    ----------
    lead_id, arm
        (n_leads,) object; the arm is ``""`` where history does not tell it.
    outcome
        What each brought in its arm, (n_leads,): nothing where it was left unassigned.
    won, is_assigned
        Whether it was won, and whether anyone had it, (n_leads,) bool.
    propensity
        With which it was assigned to its rep, (n_leads,); NaN where unassigned.
    day, cluster
        Number of its day, and of its day and territory, (n_leads,).
    control_share
        Probability with which it was drawn for the control arm, (n_leads,); NaN where
        nobody says.
    table
        What was known of each before the draw, (n_leads,); may have no columns.
    is_recorded
        Whether the leads left unassigned are among these, as run folders or a ledger
        recorded the draw; else history tells of assigned leads only.
    is_capped
        Whether a cap on pairs made the optimal arm random as well.
    gaps
        How record and history differ.
    """

    lead_id: NDArray[np.object_]
    arm: NDArray[np.object_]
    outcome: NDArray[np.float64]
    won: NDArray[np.bool_]
    is_assigned: NDArray[np.bool_]
    propensity: NDArray[np.float64]
    day: NDArray[np.intp]
    cluster: NDArray[np.intp]
    control_share: NDArray[np.float64]
    table: pd.DataFrame
    is_recorded: bool = False
    is_capped: bool = False
    gaps: RecordGaps = RecordGaps()

    @classmethod
    def of_log(
        cls, log: Log, control_share: float | None = None, *, is_capped: bool = False
    ) -> Self:
        """Return the leads of a log, of which those left unassigned are not.

        Parameters
        ----------
        log
            Leads whose table has an ``arm``.
        control_share, is_capped
            As the experiment had them; `None`: nobody says.
        """
        arm = log.table.get("arm", pd.Series("", index=log.table.index, dtype=object))
        share = np.nan if control_share is None else control_share
        return cls(
            lead_id=log.lead_id,
            arm=arm.fillna("").to_numpy(dtype=object),
            outcome=log.outcome,
            won=(log.table["outcome"] == "won").to_numpy(dtype=bool),
            is_assigned=np.full(log.n_leads, True),
            propensity=log.propensity,
            day=log.day,
            cluster=log.cluster,
            control_share=np.full(log.n_leads, share),
            table=log.table,
            is_capped=is_capped,
        )

    @property
    def n_leads(self) -> int:
        """How many leads."""
        return len(self.lead_id)

    @property
    def n_without_arm(self) -> int:
        """How many leads have no arm."""
        return int((self.arm == "").sum())

    @property
    def names(self) -> list[str]:
        """The arms there are, sorted."""
        return sorted(set(self.arm) - {""})

    @property
    def knows_share(self) -> bool:
        """Tell whether it is known with which probability every lead was drawn."""
        return bool(np.isfinite(self.control_share).all())

    @cached_property
    def is_control(self) -> NDArray[np.bool_]:
        """Whether each lead was drawn for the control arm, (n_leads,)."""
        return np.asarray(self.arm == CONTROL, dtype=bool)

    @cached_property
    def is_by_day(self) -> bool:
        """Tell whether all leads of a day share an arm."""
        if self.is_control.all() or not self.is_control.any():
            return False
        n_others = np.bincount(self.day, ~self.is_control)
        return bool((n_others[self.day][self.is_control] > 0).mean() < LEAST_SHARED)

    def of(self, rows: NDArray[np.bool_]) -> Self:
        """Return some of the leads, their days and clusters numbered anew."""
        return type(self)(
            lead_id=self.lead_id[rows],
            arm=self.arm[rows],
            outcome=self.outcome[rows],
            won=self.won[rows],
            is_assigned=self.is_assigned[rows],
            propensity=self.propensity[rows],
            day=np.unique(self.day[rows], return_inverse=True)[1],
            cluster=np.unique(self.cluster[rows], return_inverse=True)[1],
            control_share=self.control_share[rows],
            table=self.table[rows].reset_index(drop=True),
            is_recorded=self.is_recorded,
            is_capped=self.is_capped,
            gaps=self.gaps,
        )

"""One queue of leads: whether its reps took turns that nothing about a lead decided."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.identification.queue_tests import ChiSquare, Dealing
from scoring.diagnostics.multiplicity import holm
from scoring.diagnostics.quality_overlap import detectable_share

SIGNIFICANCE = 0.025
"""Of each of four tests: a queue that deals by lot passes nine times in ten."""
TELLING_SHARE = 0.02
"""Share of variance between reps that must show, were it there, before no
difference counts as none."""
MOST_INELIGIBLE = 0.01


@dataclass(frozen=True)
class Queue:
    """Leads that may have been dealt to reps in turn.

    Attributes
    ----------
    name
        The territory, in words.
    n_leads, n_reps
        Leads given out, and reps eligible for some of them.
    ineligible_share
        Share of the leads that went to a rep who was not eligible.
    detectable_share
        Share of the variance of lead quality between reps that would have shown.
    shares, periods, quality
        Tests of how many leads each rep got, in all and in each stretch of time, and
        of how good they were.
    column, column_p
        The column that differs most between reps, and how likely that is by chance
        beside all other columns (Holm).
    doubt
        What else speaks against it.
    """

    name: str
    n_leads: int
    n_reps: int
    ineligible_share: float
    detectable_share: float
    shares: ChiSquare
    periods: ChiSquare
    quality: ChiSquare
    column: str
    column_p: float
    doubt: str = ""

    @property
    def looks_random(self) -> bool:
        """Tell whether chance explains who got what, where more would have shown."""
        return not self.reason

    @property
    def reason(self) -> str:
        """Why its leads cannot be taken as dealt at random; empty if they can."""
        if self.ineligible_share > MOST_INELIGIBLE:
            return f"{self.ineligible_share:.0%} of its leads went to ineligible reps"
        if self.quality.p_value <= SIGNIFICANCE:
            return f"some reps got better leads (p = {self.quality.p_value:.2g})"
        if self.column_p <= SIGNIFICANCE:
            return f"{self.column} differs between reps (p = {self.column_p:.2g})"
        uneven = min(self.shares.p_value, self.periods.p_value)
        if uneven <= SIGNIFICANCE:
            return f"its reps did not get equal shares (p = {uneven:.2g})"
        if self.detectable_share > TELLING_SHARE:
            return f"too few leads to tell ({self.n_leads:,})"
        return self.doubt


def examine(
    name: str,
    dealing: Dealing,
    ineligible_share: float,
    quality: NDArray[np.float64],
    columns: NDArray[np.float64],
    column_names: Sequence[str],
) -> Queue:
    """Return what the leads of a queue say of how they were dealt.

    Parameters
    ----------
    name
        Of the queue.
    dealing
        Who got the leads that went to eligible reps, (n_leads,).
    ineligible_share
        Share of other leads.
    quality
        Log odds of each lead whoever gets it, (n_leads,).
    columns, column_names
        What else is known of each lead, (n_leads, n_columns).
    """
    tests = [dealing.against(centred(column)) for column in columns.T]
    adjusted = holm(np.array([test.p_value for test in tests]))
    worst = int(np.argmin(adjusted))
    shares = dealing.against(np.ones(len(dealing.got)))
    n_leads = len(dealing.got)
    telling = detectable_share(n_leads, shares.freedom) if shares.freedom else 1.0
    return Queue(
        name=name,
        n_leads=n_leads,
        n_reps=int((dealing.chance > 0).any(axis=0).sum()),
        ineligible_share=ineligible_share,
        detectable_share=telling,
        shares=shares,
        periods=dealing.by_period(),
        quality=dealing.against(centred(quality)),
        column=column_names[worst],
        column_p=float(adjusted[worst]),
    )


def centred(column: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the column less its mean, (n,)."""
    return column - column.mean()

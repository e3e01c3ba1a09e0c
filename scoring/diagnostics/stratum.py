"""Who got what in one territory or product."""

from dataclasses import dataclass

import numpy as np

from crm import listed
from scoring.diagnostics.overlap import SIGNIFICANCE, Overlap
from scoring.diagnostics.strata import Stratum

MIN_EFFECTIVE_SHARE = 0.5
TELLING_SHARE = 0.05
"""A stratum where this share of variance between reps would show can look random."""
MAX_NAMED = 5


@dataclass(frozen=True)
class ThinRep:
    """A rep whose leads tell little of how they would do with other leads.

    Attributes
    ----------
    rep_id
        The rep.
    better
        Whether their leads were better than most of the stratum.
    n_leads, effective_leads
        Leads they had, and how many leads dealt at random tell as much.
    """

    rep_id: str
    better: bool
    n_leads: int
    effective_leads: float


@dataclass(frozen=True)
class StratumBalance:
    """Who got what in one stratum.

    Attributes
    ----------
    name
        The territory and product, in words.
    n_rows, n_reps
        Leads given, and reps they went to.
    p_value, adjusted_p
        How likely such differences are if leads were dealt at random; the same
        held beside all other strata (Holm).
    share_between, detectable_share
        As in :class:`scoring.diagnostics.overlap.Overlap`.
    effective_share
        Share of the leads that as many dealt at random would have needed.
    thin
        Reps whose share of effective leads is below one half, where leads were
        not dealt at random.
    """

    name: str
    n_rows: int
    n_reps: int
    p_value: float
    adjusted_p: float
    share_between: float
    detectable_share: float
    effective_share: float
    thin: tuple[ThinRep, ...]

    @property
    def looks_random(self) -> bool:
        """Tell whether chance explains who got what, where more would have shown."""
        passed = self.p_value > SIGNIFICANCE
        return passed and self.detectable_share <= TELLING_SHARE

    @property
    def is_uneven(self) -> bool:
        """Tell whether chance does not explain who got what."""
        return self.adjusted_p <= SIGNIFICANCE

    @property
    def warning(self) -> str:
        """Say whose leads cannot be compared here; empty if all can."""
        if not self.thin:
            return ""
        n_leads = sum(rep.n_leads for rep in self.thin)
        effective = sum(rep.effective_leads for rep in self.thin)
        kinds = [("better", True), ("worse", False)]
        reps = {
            kind: [rep.rep_id for rep in self.thin if rep.better is better]
            for kind, better in kinds
        }
        got = [f"{listed(of, MAX_NAMED)} {kind}" for kind, of in reps.items() if of]
        where = f"{self.name[0].upper()}{self.name[1:]}"
        return (
            f"{where}: leads were not given out at random "
            f"(p = {self.adjusted_p:.2g}); {' and '.join(got)} ones than most. What "
            f"their {n_leads:,} leads say of them is worth {effective:,.0f} leads "
            "given at random."
        )


def balance_of(stratum: Stratum, overlap: Overlap, adjusted_p: float) -> StratumBalance:
    """Return one row of the table."""
    share = overlap.effective_leads / overlap.n_leads
    uneven = adjusted_p <= SIGNIFICANCE
    thin = np.flatnonzero(uneven & (share < MIN_EFFECTIVE_SHARE)).tolist()
    return StratumBalance(
        name=stratum.name,
        n_rows=len(stratum.rows),
        n_reps=len(stratum.rep_ids),
        p_value=overlap.p_value,
        adjusted_p=adjusted_p,
        share_between=overlap.share_between,
        detectable_share=overlap.detectable_share,
        effective_share=float(overlap.effective_leads.sum() / len(stratum.rows)),
        thin=tuple(
            ThinRep(
                rep_id=stratum.rep_ids[j],
                better=bool(overlap.mean_quality[j] > 0),
                n_leads=int(overlap.n_leads[j]),
                effective_leads=float(overlap.effective_leads[j]),
            )
            for j in thin
        ),
    )

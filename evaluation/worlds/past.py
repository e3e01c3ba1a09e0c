"""Who got which lead before the world starts."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.worlds.absence import at_work, away
from evaluation.worlds.calendar import week_of
from evaluation.worlds.chance import uniforms
from evaluation.worlds.outcomes import handed_out
from evaluation.worlds.spec import WorldSpec
from evaluation.worlds.staff import Staff


def reps_of_the_past(
    spec: WorldSpec,
    staff: Staff,
    seed: int,
    leads: pd.DataFrame,
    territory: NDArray[np.intp],
    quality: NDArray[np.float64],
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return the rep of each lead of history, and how likely that was.

    Shapes (n_leads,) each. Better leads went to favoured reps, as far as the world
    is confounded; nobody got one while away, or before they started.

    Parameters
    ----------
    spec, staff, seed
        Of the world.
    leads
        Of the past, (n_leads,).
    territory
        Place of each lead's among all, (n_leads,).
    quality
        What each lead has beyond the average one, hidden or not, (n_leads,) logits.
    """
    spread = max(np.hypot(spec.lead_sd, spec.hidden_sd), 1e-9)
    chance = uniforms(leads["lead_id"].to_numpy(), seed, "rep")
    serving, group = _serving(spec, staff, seed, leads, territory)
    hot = spec.confounding * (quality / spread)
    return handed_out(serving, group, hot, staff.favour, chance)


def _serving(
    spec: WorldSpec,
    staff: Staff,
    seed: int,
    leads: pd.DataFrame,
    territory: NDArray[np.intp],
) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Return who served each group of leads, (n_groups, n_reps), and each one's group.

    Leads of one territory are a group; where reps can be away, those of one week.
    """
    eligible = staff.serves.T & staff.experienced(spec)
    if not spec.absence_share:
        return eligible, territory
    number, weeks = pd.factorize(week_of(pd.DatetimeIndex(leads["created_at"])))
    rep_ids = staff.table["rep_id"].to_numpy(dtype=object)
    gone = away(rep_ids, pd.DatetimeIndex(weeks), spec.absence_share, seed)
    return at_work(eligible, gone), number * len(eligible) + territory

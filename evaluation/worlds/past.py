"""Who got which lead before the world starts."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.worlds.absence import at_work
from evaluation.worlds.calendar import week_of
from evaluation.worlds.chance import uniforms
from evaluation.worlds.outcomes import handed_out
from evaluation.worlds.truth import Truth

if TYPE_CHECKING:
    from evaluation.worlds.world import World


def reps_of_the_past(
    world: "World", leads: pd.DataFrame, truth: Truth
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return the rep of each lead of history, and how likely that was.

    Shapes (n_leads,) each. Better leads went to favoured reps, as far as the world
    is confounded; nobody got one while away, or before they started.

    Parameters
    ----------
    leads
        Of the past, (n_leads,).
    truth
        About them.
    """
    spec = world.spec
    spread = np.hypot(spec.lead_sd, spec.hidden_sd)
    quality = (truth.lead_part - world.demand.intercept) / max(spread, 1e-9)
    chance = uniforms(leads["lead_id"].to_numpy(), world.seed, "rep")
    serving, group = _serving(world, leads)
    hot = spec.confounding * quality
    return handed_out(serving, group, hot, world.staff.favour, chance)


def _serving(
    world: "World", leads: pd.DataFrame
) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Return who served each group of leads, (n_groups, n_reps), and each one's group.

    Leads of one territory are a group; where reps can be away, those of one week.
    """
    eligible = world.staff.serves.T & world.staff.experienced(world.spec)
    territory = world.territory(leads)
    if not world.spec.absence_share:
        return eligible, territory
    week = week_of(pd.DatetimeIndex(leads["created_at"]))
    number, weeks = pd.factorize(week)
    gone = world.away(pd.DatetimeIndex(weeks))
    return at_work(eligible, gone), number * len(eligible) + territory

"""Who was assigned which lead before the world starts."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.worlds.calendar import at_work, away, week_of
from evaluation.worlds.random_numbers import uniforms
from evaluation.worlds.spec import WorldSpec
from evaluation.worlds.staff import Staff, market_of

_ROWS_AT_ONCE = 50_000


def reps_of_the_past(
    spec: WorldSpec,
    staff: Staff,
    seed: int,
    leads: pd.DataFrame,
    quality: NDArray[np.float64],
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return the rep of each lead of history, and the propensity of that.

    Shapes (n_leads,) each. Better leads went to favoured reps, as far as the world
    is confounded; nobody was assigned one while away, or before they started.

    Parameters
    ----------
    spec, staff, seed
        Of the world.
    leads
        Of the past, (n_leads,); somebody served each.
    quality
        What each lead has beyond the average one, hidden or not, (n_leads,) logits.
    """
    spread = max(np.hypot(spec.lead_sd, spec.hidden_sd), 1e-9)
    uniform = uniforms(leads["lead_id"].to_numpy(), seed, "rep")
    serving, group = _serving(spec, staff, seed, leads)
    hot = spec.confounding * (quality / spread)
    return assigned_at_random(serving, group, hot, staff.favour, uniform)


def assigned_at_random(
    eligible: NDArray[np.bool_],
    group: NDArray[np.intp],
    hot: NDArray[np.float64],
    favour: NDArray[np.float64],
    uniform: NDArray[np.float64],
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return each lead's rep and its propensity, (n_leads,) each.

    Parameters
    ----------
    eligible
        The reps who may have the leads of each group, (n_groups, n_reps); some rep
        of every group that has leads.
    group
        Each lead's group, (n_leads,).
    hot, favour
        The log odds of a pair are their product, (n_leads,) and (n_reps,).
    uniform
        Random numbers between 0 and 1, (n_leads,).
    """
    rep = np.empty(len(hot), dtype=np.intp)
    propensity = np.empty(len(hot))
    for first in range(0, len(hot), _ROWS_AT_ONCE):
        rows = slice(first, first + _ROWS_AT_ONCE)
        odds = np.where(eligible[group[rows]], np.exp(np.outer(hot[rows], favour)), 0.0)
        reached = np.cumsum(odds, axis=1)
        total = reached[:, -1]
        rep[rows] = (reached <= (uniform[rows] * total)[:, None]).sum(axis=1)
        own = np.take_along_axis(odds, rep[rows, None], axis=1)[:, 0]
        propensity[rows] = own / total
    return rep, propensity


def is_served(staff: Staff, market: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Tell which leads of the past somebody could serve, (n_leads,)."""
    markets, group = np.unique(market, return_inverse=True)
    n_reps = (staff.eligible(markets) & staff.experienced).sum(axis=1)
    return np.asarray(n_reps[group] > 0)


def _serving(
    spec: WorldSpec, staff: Staff, seed: int, leads: pd.DataFrame
) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Return who served each group of leads, (n_groups, n_reps), and each one's group.

    Leads of one market are a group; where reps can be away, those of one week.
    """
    markets, group = np.unique(market_of(spec, leads), return_inverse=True)
    eligible = staff.eligible(markets) & staff.experienced
    if not spec.absence_share + spec.n_away:
        return eligible, group
    number, weeks = pd.factorize(week_of(pd.DatetimeIndex(leads["created_at"])))
    rep_ids = staff.table["rep_id"].to_numpy(dtype=object)
    absent = away(rep_ids, pd.DatetimeIndex(weeks), spec, seed)
    return at_work(eligible, absent), number * len(eligible) + group

"""Who the reps of a world are, and what each of them adds to a lead's log odds."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.worlds.demand import level_names, shares
from evaluation.worlds.spec import WorldSpec

_SENIORITIES = 4


@dataclass(frozen=True)
class Staff:
    """The reps and their skills.

    Attributes
    ----------
    table
        One row per rep, in the stable columns.
    serves
        Whether the rep serves the territory, (n_reps, n_territories).
    effect
        Main effect on the day the history ends, (n_reps,) logits.
    skill
        What each factor of a lead adds with the rep, (n_reps, n_factors) logits.
    drift
        How much the main effect rises in a year, (n_reps,) logits.
    favour
        How much history favoured the rep with hot leads, (n_reps,), in standard
        deviations; the senior ones somewhat more.
    """

    table: pd.DataFrame
    serves: NDArray[np.bool_]
    effect: NDArray[np.float64]
    skill: NDArray[np.float64]
    drift: NDArray[np.float64]
    favour: NDArray[np.float64]

    def experienced(self, spec: WorldSpec) -> NDArray[np.bool_]:
        """Return who was there before the history ended, (n_reps,)."""
        return np.arange(spec.n_reps) < spec.n_reps - spec.new_reps


def draw_staff(
    spec: WorldSpec, starts_at: pd.Timestamp, rng: np.random.Generator
) -> Staff:
    """Return the staff of a world; the last `new_reps` of it start at `starts_at`."""
    seniority = rng.permutation(np.arange(spec.n_reps) % _SENIORITIES)
    senior = (seniority - 1.5) / sqrt(1.25)
    talent = rng.standard_normal(spec.n_reps)
    explained = sqrt(spec.seniority_share) * senior
    effect = explained + sqrt(1 - spec.seniority_share) * talent
    serves = _served(spec)
    return Staff(
        table=_table(spec, serves, seniority + 1, starts_at),
        serves=serves,
        effect=spec.rep_sd * _centred(effect),
        skill=np.hstack([_on_directions(spec, rng), _on_products(spec, rng)]),
        drift=spec.drift_sd * _centred(rng.standard_normal(spec.n_reps)),
        favour=(senior + rng.standard_normal(spec.n_reps)) / sqrt(2),
    )


def _centred(skill: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the skills around the mean rep, who is neither good nor bad."""
    return skill - skill.mean(axis=0)


def _on_directions(spec: WorldSpec, rng: np.random.Generator) -> NDArray[np.float64]:
    sd = spec.match_sd * sqrt((1 - spec.product_share) / spec.match_rank)
    return sd * _centred(rng.standard_normal((spec.n_reps, spec.match_rank)))


def _on_products(spec: WorldSpec, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return skills that add nothing to the rep's mean over the leads."""
    share = shares(spec.n_products)
    skill = _centred(rng.standard_normal((spec.n_reps, spec.n_products)))
    skill -= (skill @ share)[:, None]
    kept = share @ (1 - share)
    return spec.match_sd * sqrt(spec.product_share / kept) * skill


def _served(spec: WorldSpec) -> NDArray[np.bool_]:
    """Return neighbouring territories of each rep; as many reps in each as can be."""
    home = np.arange(spec.n_reps) % spec.n_territories
    away = (np.arange(spec.n_territories) - home[:, None]) % spec.n_territories
    return away < spec.territories_per_rep


def _table(
    spec: WorldSpec,
    serves: NDArray[np.bool_],
    seniority: NDArray[np.int64],
    starts_at: pd.Timestamp,
) -> pd.DataFrame:
    names = level_names("territory", spec.n_territories)
    territories = [tuple(names[row]) for row in serves]
    slots = round(spec.leads_per_day / spec.load)
    place = np.arange(spec.n_reps)
    is_new = place >= spec.n_reps - spec.new_reps
    start = pd.Series(pd.NaT, index=place, dtype="datetime64[ns, UTC]")
    return pd.DataFrame(
        {
            "rep_id": pd.Series([f"R{at + 1:03d}" for at in place], dtype=object),
            "daily_capacity": (slots + place) // spec.n_reps * 1.0,
            "territories": pd.Series(territories, dtype=object),
            "seniority": seniority * 1.0,
            "start_date": start.mask(is_new, starts_at),
            "active": True,
        }
    )

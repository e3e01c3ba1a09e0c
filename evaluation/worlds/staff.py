"""The reps of a world: whom they serve, and their effects on log odds."""

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.worlds.calendar import STARTS_AT
from evaluation.worlds.demand import shares
from evaluation.worlds.names import (
    level_codes,
    level_names,
    manager_names,
    rep_names,
    text,
)
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
        Whether the rep serves the territory, (n_reps, n_territories + 1); nobody
        serves the last one.
    sells
        Whether the rep sells the product, (n_reps, n_products).
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
    sells: NDArray[np.bool_]
    effect: NDArray[np.float64]
    skill: NDArray[np.float64]
    drift: NDArray[np.float64]
    favour: NDArray[np.float64]

    @property
    def experienced(self) -> NDArray[np.bool_]:
        """Who was there before the history ended, (n_reps,)."""
        return self.table["start_date"].isna().to_numpy()

    def eligible(self, market: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return whether each rep may serve each market, (n_markets, n_reps).

        Parameters
        ----------
        market
            As from :func:`market_of`, (n_markets,).
        """
        territory, product = np.divmod(market, self.sells.shape[1])
        return self.serves.T[territory] & self.sells.T[product]


def draw_staff(spec: WorldSpec, rng: np.random.Generator) -> Staff:
    """Return the staff of a world; the last `new_reps` of it start as history ends."""
    seniority = rng.permutation(np.arange(spec.n_reps) % _SENIORITIES)
    senior = (seniority - 1.5) / sqrt(1.25)
    talent = rng.standard_normal(spec.n_reps)
    explained = sqrt(spec.seniority_share) * senior
    effect = explained + sqrt(1 - spec.seniority_share) * talent
    skill = [_on_directions(spec, rng), _on_products(spec, rng)]
    drift = rng.standard_normal(spec.n_reps)
    favour = (senior + rng.standard_normal(spec.n_reps)) / sqrt(2)
    serves = _served(spec)
    sells, speaks = _sold(spec, rng.spawn(1)[0]), _spoken(spec, rng.spawn(1)[0])
    return Staff(
        table=_table(spec, serves, sells, speaks, seniority + 1),
        serves=serves,
        sells=sells,
        effect=spec.rep_sd * _centred(effect),
        skill=np.hstack([*skill, -spec.language_loss * ~speaks]),
        drift=spec.drift_sd * _centred(drift),
        favour=favour,
    )


def market_of(spec: WorldSpec, leads: pd.DataFrame) -> NDArray[np.intp]:
    """Return the number of each lead's territory and product, (n_leads,).

    A territory that is none of the world's counts as the last, which nobody serves.
    """
    territory = level_codes(spec, leads, "territory", spec.n_territories)
    product = level_codes(spec, leads, "product", spec.n_products)
    known = np.where(territory < 0, spec.n_territories, territory)
    return known * spec.n_products + product


def _centred(skill: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the skills around the mean rep, who is neither good nor bad."""
    return skill - skill.mean(axis=0)


def _on_directions(spec: WorldSpec, rng: np.random.Generator) -> NDArray[np.float64]:
    sd = spec.interaction_sd * sqrt((1 - spec.product_share) / spec.interaction_rank)
    return sd * _centred(rng.standard_normal((spec.n_reps, spec.interaction_rank)))


def _on_products(spec: WorldSpec, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return skills that add nothing to the rep's mean over the leads."""
    share = shares(spec.n_products)
    skill = _centred(rng.standard_normal((spec.n_reps, spec.n_products)))
    skill -= (skill @ share)[:, None]
    kept = share @ (1 - share)
    return spec.interaction_sd * sqrt(spec.product_share / kept) * skill


def _served(spec: WorldSpec) -> NDArray[np.bool_]:
    """Return neighbouring territories of each rep; as many reps in each as can be."""
    distance = np.arange(spec.n_territories) - _home(spec)[:, None]
    serves = distance % spec.n_territories < spec.territories_per_rep
    return np.column_stack([serves, np.zeros(spec.n_reps, dtype=bool)])


def _home(spec: WorldSpec) -> NDArray[np.intp]:
    return np.arange(spec.n_reps) % spec.n_territories


def _sold(spec: WorldSpec, rng: np.random.Generator) -> NDArray[np.bool_]:
    n_sold = spec.products_per_rep or spec.n_products
    first = np.tile(np.arange(spec.n_products) < n_sold, (spec.n_reps, 1))
    return rng.permuted(first, axis=1)


def _spoken(spec: WorldSpec, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return who speaks which language: the first, and one of the others."""
    second = rng.integers(1, max(2, spec.n_languages), spec.n_reps)
    language = np.arange(spec.n_languages)
    return (language == 0) | (language == second[:, None])


def _table(
    spec: WorldSpec,
    serves: NDArray[np.bool_],
    sells: NDArray[np.bool_],
    speaks: NDArray[np.bool_],
    seniority: NDArray[np.int64],
) -> pd.DataFrame:
    slots = round(spec.leads_per_day / spec.load)
    place = np.arange(spec.n_reps)
    is_new = place >= spec.n_reps - spec.new_reps
    start = pd.Series(pd.NaT, index=place, dtype="datetime64[ns, UTC]")
    columns: dict[str, Any] = {
        "rep_id": text([f"R{at + 1:03d}" for at in place]),
        "daily_capacity": (slots + place) // spec.n_reps * 1.0,
        "territories": _lists(spec, "territory", serves[:, :-1]),
        "seniority": seniority * 1.0,
        "start_date": start.mask(is_new, STARTS_AT),
        "active": True,
    }
    if spec.named:
        columns["name"] = text(rep_names(spec))
    if spec.n_teams:
        team = _home(spec) * spec.n_teams // spec.n_territories
        columns["team"] = text(level_names(spec, "team", spec.n_teams)[team])
        columns["manager"] = text(manager_names(spec)[team])
    if spec.products_per_rep:
        columns["products"] = _lists(spec, "product", sells)
    if spec.n_languages:
        columns["languages"] = _lists(spec, "language", speaks)
    return pd.DataFrame(columns)


def _lists(spec: WorldSpec, column: str, serves: NDArray[np.bool_]) -> pd.Series:
    """Return each rep's levels, (n_reps,) tuples of text."""
    names = level_names(spec, column, serves.shape[1])
    return pd.Series([tuple(names[row]) for row in serves], dtype=object)

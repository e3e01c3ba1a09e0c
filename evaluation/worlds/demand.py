"""Who the leads of a world are, how good they are, and what a rep can match in them."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import NDArray
from scipy.optimize import brentq

from evaluation.worlds.spec import WorldSpec
from evaluation.worlds.truth import logistic

_SHIFT = 3.0
"""Where the polynomial of the interaction is bent; linear far above 1."""
_NODES, _WEIGHTS = hermegauss(40)
_SOUGHT = (-20.0, 20.0)


@dataclass(frozen=True)
class Demand:
    """What decides a lead's columns and quality.

    Attributes
    ----------
    spec
        Of the world.
    intercept
        Log odds of an average lead with an average rep.
    weights
        Quality that each numeric column adds, (n_numeric,) logits.
    effects
        Text column -> quality that each of its levels adds, (n_levels,) logits.
    directions
        Unit vectors that the interaction reads, (n_numeric, match_rank).
    """

    spec: WorldSpec
    intercept: float
    weights: NDArray[np.float64]
    effects: dict[str, NDArray[np.float64]]
    directions: NDArray[np.float64]

    def draw(self, n_leads: int, rng: np.random.Generator) -> pd.DataFrame:
        """Return the leads' own columns: text, deal value, numeric."""
        columns: dict[str, pd.Series | NDArray[np.float64]] = {}
        for name, effect in self.effects.items():
            codes = rng.choice(len(effect), n_leads, p=shares(len(effect)))
            level = level_names(name, len(effect))[codes]
            columns[name] = pd.Series(level, dtype=object)
        deals = rng.lognormal(np.log(self.spec.deal_median), self.spec.deal_sd, n_leads)
        columns["deal_value"] = deals.round(2)
        numeric = rng.standard_normal((self.spec.n_numeric, n_leads))
        columns |= dict(zip(numeric_names(self.spec), numeric, strict=True))
        return pd.DataFrame(columns)

    def quality(self, leads: pd.DataFrame) -> NDArray[np.float64]:
        """Return what the leads' columns add to their log odds, (n_leads,)."""
        quality = numeric_part(self.spec, leads) @ self.weights
        for name, effect in self.effects.items():
            quality += effect[level_codes(leads, name, len(effect))]
        return quality

    def factors(self, leads: pd.DataFrame) -> NDArray[np.float64]:
        """Return what reps match, (n_leads, match_rank + n_products).

        Each direction has mean 0 and variance 1 over the leads, whatever the
        degree; then one column per product, one where the lead wants it.
        """
        read = numeric_part(self.spec, leads) @ self.directions
        product = level_codes(leads, "product", self.spec.n_products)
        wants = product[:, None] == np.arange(self.spec.n_products)
        return np.hstack([bent(read, self.spec.degree), wants.astype(np.float64)])


def draw_demand(spec: WorldSpec, rng: np.random.Generator) -> Demand:
    """Return the demand of a world."""
    weights = rng.standard_normal(spec.n_numeric)
    by_number = spec.lead_sd * sqrt(1 - spec.category_share)
    by_text = spec.lead_sd * sqrt(spec.category_share / 3)
    levels = {
        "territory": spec.n_territories,
        "product": spec.n_products,
        "source": spec.n_sources,
    }
    basis, _ = np.linalg.qr(rng.standard_normal((spec.n_numeric, spec.n_numeric)))
    return Demand(
        spec=spec,
        intercept=_intercept(spec),
        weights=by_number * weights / np.linalg.norm(weights),
        effects={name: by_text * _contrast(n, rng) for name, n in levels.items()},
        directions=basis[:, : spec.match_rank],
    )


def shares(n_levels: int) -> NDArray[np.float64]:
    """Return how frequent each level of a text column is, (n_levels,): falling."""
    frequency = 1 / np.arange(2, n_levels + 2)
    share: NDArray[np.float64] = frequency / frequency.sum()
    return share


def level_names(name: str, n_levels: int) -> NDArray[np.object_]:
    """Return the levels of a text column, (n_levels,) text."""
    return np.array([f"{name} {place + 1}" for place in range(n_levels)], dtype=object)


def level_codes(leads: pd.DataFrame, name: str, n_levels: int) -> NDArray[np.intp]:
    """Return the place of each lead's level among the levels, (n_leads,)."""
    known = pd.Index(level_names(name, n_levels), dtype=object)
    return known.get_indexer(pd.Index(leads[name], dtype=object))


def numeric_names(spec: WorldSpec) -> list[str]:
    """Return the names of the numeric columns."""
    return [f"signal_{place + 1}" for place in range(spec.n_numeric)]


def numeric_part(spec: WorldSpec, leads: pd.DataFrame) -> NDArray[np.float64]:
    """Return the numeric columns, (n_leads, n_numeric)."""
    return leads[numeric_names(spec)].to_numpy(np.float64)


def bent(read: NDArray[np.float64], degree: int) -> NDArray[np.float64]:
    """Return (read + 3) ** degree with mean 0 and variance 1, same shape.

    `read` is standard normal.
    """
    known = (_NODES + _SHIFT) ** degree
    weight = _WEIGHTS / _WEIGHTS.sum()
    mean = weight @ known
    return ((read + _SHIFT) ** degree - mean) / np.sqrt(weight @ (known - mean) ** 2)


def _contrast(n_levels: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return an effect per level with mean 0 and variance 1 over the leads."""
    effect = rng.standard_normal(n_levels)
    effect -= shares(n_levels) @ effect
    return effect / np.sqrt(shares(n_levels) @ effect**2)


def _intercept(spec: WorldSpec) -> float:
    """Return the log odds around which the world converts at its base rate."""
    spreads = (spec.lead_sd, spec.hidden_sd, spec.rep_sd, spec.match_sd)
    around = sqrt(sum(spread**2 for spread in spreads)) * _NODES
    weight = _WEIGHTS / _WEIGHTS.sum()

    def excess(intercept: float) -> float:
        return float(weight @ logistic(intercept + around)) - spec.base_rate

    return float(brentq(excess, *_SOUGHT))

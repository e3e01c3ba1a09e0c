"""The leads of a world: their columns, quality, and interaction with reps."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import NDArray
from scipy.optimize import brentq

from evaluation.worlds.names import level_codes, level_names, numeric_names
from evaluation.worlds.spec import WorldSpec
from evaluation.worlds.truth import logistic

_SHIFT = 3.0
"""Shift of the polynomial of the interaction, which makes it nearly linear."""
_NODES, _WEIGHTS = hermegauss(40)
_BRACKET = (-20.0, 20.0)


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
        Unit vectors that the interaction reads, (n_numeric, interaction_rank).
    """

    spec: WorldSpec
    intercept: float
    weights: NDArray[np.float64]
    effects: dict[str, NDArray[np.float64]]
    directions: NDArray[np.float64]

    def draw(self, n_leads: int, rng: np.random.Generator) -> pd.DataFrame:
        """Return the columns that decide quality, and the deal value."""
        columns: dict[str, pd.Series | NDArray[np.float64]] = {}
        for name, effect in self.effects.items():
            codes = rng.choice(len(effect), n_leads, p=shares(len(effect)))
            level = level_names(self.spec, name, len(effect))[codes]
            columns[name] = pd.Series(level, dtype=object)
        deals = rng.lognormal(np.log(self.spec.deal_median), self.spec.deal_sd, n_leads)
        columns["deal_value"] = deals.round(2)
        numeric = rng.standard_normal((self.spec.n_numeric, n_leads))
        columns |= dict(zip(numeric_names(self.spec), numeric, strict=True))
        return pd.DataFrame(columns)

    def quality(self, leads: pd.DataFrame) -> NDArray[np.float64]:
        """Return what the leads' columns add to their log odds, (n_leads,).

        A level that is none of the world's adds nothing.
        """
        quality = self._numeric(leads) @ self.weights
        for name, effect in self.effects.items():
            codes = level_codes(self.spec, leads, name, len(effect))
            quality += np.append(effect, 0.0)[codes]
        return quality

    def factors(self, leads: pd.DataFrame) -> NDArray[np.float64]:
        """Return the lead's side of the interaction, (n_leads, n_factors).

        Each direction has mean 0 and variance 1 over the leads, whatever the
        degree; then one indicator per product, and one per language.
        """
        read = self._numeric(leads) @ self.directions
        bent = _polynomial(read, self.spec.degree)
        wants = self._indicators(leads, "product", self.spec.n_products)
        speaks = self._indicators(leads, "language", self.spec.n_languages)
        return np.hstack([bent, wants, speaks])

    def _indicators(
        self, leads: pd.DataFrame, column: str, n_levels: int
    ) -> NDArray[np.float64]:
        if not n_levels:
            return np.zeros((len(leads), 0))
        codes = level_codes(self.spec, leads, column, n_levels)
        return (codes[:, None] == np.arange(n_levels)).astype(np.float64)

    def _numeric(self, leads: pd.DataFrame) -> NDArray[np.float64]:
        """Return the numeric columns, (n_leads, n_numeric)."""
        return leads[numeric_names(self.spec)].to_numpy(np.float64)


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
        directions=basis[:, : spec.interaction_rank],
    )


def shares(n_levels: int) -> NDArray[np.float64]:
    """Return how frequent each level of a text column is, (n_levels,): falling."""
    frequency = 1 / np.arange(2, n_levels + 2)
    share: NDArray[np.float64] = frequency / frequency.sum()
    return share


def _polynomial(read: NDArray[np.float64], degree: int) -> NDArray[np.float64]:
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
    spreads = (spec.lead_sd, spec.hidden_sd, spec.rep_sd, spec.interaction_sd)
    around = sqrt(sum(spread**2 for spread in spreads)) * _NODES
    weight = _WEIGHTS / _WEIGHTS.sum()

    def excess(intercept: float) -> float:
        return float(weight @ logistic(intercept + around)) - spec.base_rate

    return float(brentq(excess, *_BRACKET))

"""Closed leads whose reps' true coefficients are known."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit

from scoring.lead_features.features import Features
from scoring.rep_effects import choose_columns, fit_rep_effects
from scoring.rep_effects.rows import RepRows

SIZES = ("small", "middle", "large")


@dataclass
class World:
    """Rows in order of time; `effect` is (n_reps, 3): main, size, industry."""

    frame: pd.DataFrame
    offset: np.ndarray
    won: np.ndarray
    rep: np.ndarray
    effect: np.ndarray

    features = Features(
        {"size": (-9.0, 9.0)}, (), {"industry": SIZES}, moments={}, dropped={}
    )

    @property
    def n_reps(self):
        return len(self.effect)

    @property
    def rep_id(self):
        return np.array([f"R{j:04d}" for j in range(self.n_reps)], dtype=object)

    @property
    def columns(self):
        """An own column for each rep, the size, and whether the industry is large."""
        one = np.ones(len(self.frame))
        large = self.frame["industry"] == 2
        return np.column_stack([one, self.frame["size"], large - large.mean()])

    def by_rep(self):
        return self.rows().by_rep()

    def rows(self):
        return RepRows(self.offset, self.won, self.columns, self.rep, self.n_reps)

    def fitted(self, seniority=None, interaction_features=None):
        columns = choose_columns(
            self.features, self.frame, self.offset, interaction_features
        )
        return fit_rep_effects(
            self.offset,
            self.won,
            self.rep_id[self.rep],
            columns,
            self.frame,
            seniority,
        )

    def added(self, effects, seniority=None):
        """What the effects add for each rep, (n_reps, 1 + k)."""
        return effects.deviations(self.rep_id.tolist(), seniority)


def world(
    seed=0,
    n=3000,
    n_reps=10,
    main_sd=0.0,
    interaction_sd=0.0,
    base=-1.0,
    effect=None,
    change=None,
):
    """Draw leads, reps and outcomes; `change` turns the row's true log odds."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {"size": rng.normal(size=n), "industry": rng.integers(0, 3, n)}
    )
    offset = base + 0.5 * rng.normal(size=n)
    rep = rng.integers(0, n_reps, n)
    spread = np.array([main_sd, interaction_sd, interaction_sd])
    drawn = rng.normal(size=(n_reps, 3)) * spread
    effect = drawn if effect is None else effect
    made = World(frame, offset, np.zeros(n), rep, effect)
    added = np.sum(made.columns * effect[rep], axis=1)
    if change is not None:
        added = change(added)
    made.won = (rng.random(n) < expit(offset + added)).astype(float)
    return made

"""A made-up sales company whose every conversion probability is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.worlds.chance import normals, uniforms
from evaluation.worlds.demand import Demand, draw_demand, level_codes
from evaluation.worlds.outcomes import handed_out, moments, text, with_outcomes
from evaluation.worlds.spec import WorldSpec
from evaluation.worlds.staff import Staff, draw_staff
from evaluation.worlds.truth import Truth

STARTS_AT = pd.Timestamp("2026-01-05T00:00:00Z").as_unit("ns")
"""The Monday on which history ends and the first day to allocate begins."""
_YEAR = pd.Timedelta(days=365)


@dataclass(frozen=True, eq=False)
class World:
    """Leads, reps and a past that follow one seed, and the truth about them.

    What the columns of a lead do not tell (its hidden quality, and the chance that
    decides its outcome with a rep) follows from the world's seed and the lead's id
    alone. A lead so meets the same chance under every policy.

    Attributes
    ----------
    spec, seed
        What the world was drawn from.
    demand
        What decides the leads.
    staff
        The reps and their skills.
    """

    spec: WorldSpec
    seed: int
    demand: Demand
    staff: Staff

    @property
    def reps(self) -> pd.DataFrame:
        """The reps in the stable columns, (n_reps,)."""
        return self.staff.table

    def leads(self, n_leads: int, day: int = 0) -> pd.DataFrame:
        """Return the leads of one working day in the stable columns, (n_leads,).

        Parameters
        ----------
        n_leads
            How many come.
        day
            Working days since :data:`STARTS_AT`; every day has leads of its own.
        """
        rng = np.random.default_rng([self.seed, 2, day])
        date = pd.bdate_range(STARTS_AT, periods=day + 1)[-1:]
        return self._drawn(f"D{day:04d}-", n_leads, date, rng)

    def history(self, n_leads: int, *, with_propensity: bool = False) -> pd.DataFrame:
        """Return the leads before :data:`STARTS_AT`, as it was known then.

        They came on so many working days that each brought `leads_per_day`. What
        had not closed is open.

        Parameters
        ----------
        n_leads
            How many; fewer than these are closed.
        with_propensity
            Whether the table tells how likely each lead's rep was.
        """
        rng = np.random.default_rng([self.seed, 1])
        days = ceil(n_leads / self.spec.leads_per_day)
        yesterday = STARTS_AT - pd.Timedelta(days=1)
        dates = pd.bdate_range(end=yesterday, periods=max(1, days))
        leads = self._drawn("H", n_leads, dates, rng)
        truth = self.truth(leads)
        rep, propensity = self._handed_out(leads, truth)
        past = self._outcomes(leads, rep, truth, STARTS_AT)
        return past.assign(propensity=propensity) if with_propensity else past

    def served(
        self, leads: pd.DataFrame, rep_ids: Sequence[str], known_at: pd.Timestamp
    ) -> pd.DataFrame:
        """Return the leads as rows of history: what became of each with its rep.

        Parameters
        ----------
        leads
            Leads of this world, (n_leads,).
        rep_ids
            Who got them, (n_leads,).
        known_at
            What closes later is still open.

        Raises
        ------
        ValueError
            If a rep is unknown.
        """
        reps = pd.Index(self.reps["rep_id"], dtype=object)
        rep = reps.get_indexer(text(rep_ids))
        if (rep < 0).any():
            missing = rep_ids[int(np.argmax(rep < 0))]
            raise ValueError(f"rep {missing!r} is not in this world")
        return self._outcomes(leads, rep, self.truth(leads), known_at)

    def truth(self, leads: pd.DataFrame) -> Truth:
        """Return how likely each lead of this world converts with each rep."""
        hidden = normals(leads["lead_id"].to_numpy(), self.seed, "hidden quality")
        years = (leads["created_at"] - STARTS_AT).to_numpy() / _YEAR.to_numpy()
        own = self.demand.quality(leads) + self.spec.hidden_sd * hidden
        return Truth(
            leads=pd.Index(leads["lead_id"], dtype=object),
            reps=pd.Index(self.reps["rep_id"], dtype=object),
            lead_part=self.demand.intercept + own,
            rep_part=self.staff.effect,
            lead_factors=np.column_stack([self.demand.factors(leads), years]),
            rep_factors=np.column_stack([self.staff.skill, self.staff.drift]),
        )

    def eligible(self, leads: pd.DataFrame) -> NDArray[np.bool_]:
        """Return whether each rep serves each lead's territory, (n_leads, n_reps)."""
        return self.staff.serves.T[self._territory(leads)]

    def _territory(self, leads: pd.DataFrame) -> NDArray[np.intp]:
        return level_codes(leads, "territory", self.spec.n_territories)

    def _drawn(
        self, prefix: str, n: int, dates: pd.DatetimeIndex, rng: np.random.Generator
    ) -> pd.DataFrame:
        leads = self.demand.draw(n, rng)
        leads.insert(0, "lead_id", text([f"{prefix}{at + 1:07d}" for at in range(n)]))
        leads.insert(1, "created_at", moments(n, dates, rng))
        return leads

    def _outcomes(
        self,
        leads: pd.DataFrame,
        rep: NDArray[np.intp],
        truth: Truth,
        known_at: pd.Timestamp,
    ) -> pd.DataFrame:
        rep_id = text(self.reps["rep_id"].to_numpy()[rep], leads.index)
        probability = truth.at(np.arange(len(leads)), rep)
        given = leads.assign(rep_id=rep_id)
        return with_outcomes(given, probability, self.spec, self.seed, known_at)

    def _handed_out(
        self, leads: pd.DataFrame, truth: Truth
    ) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Return the rep of each lead of history, and how likely that was."""
        quality = truth.lead_part - self.demand.intercept
        spread = np.hypot(self.spec.lead_sd, self.spec.hidden_sd)
        hot = self.spec.confounding * quality / max(spread, 1e-9)
        chance = uniforms(leads["lead_id"].to_numpy(), self.seed, "rep")
        experienced = (
            np.arange(self.spec.n_reps) < self.spec.n_reps - self.spec.new_reps
        )
        eligible = self.staff.serves.T & experienced
        favour = self.staff.favour
        return handed_out(eligible, self._territory(leads), hot, favour, chance)


def draw_world(spec: WorldSpec, seed: int) -> World:
    """Return the world of this seed.

    Parameters
    ----------
    spec
        What it is like; :data:`evaluation.worlds.presets.PRESETS` has some.
    seed
        Decides everything else.
    """
    rng = np.random.default_rng([seed, 0])
    demand = draw_demand(spec, rng)
    return World(spec, seed, demand, draw_staff(spec, STARTS_AT, rng))

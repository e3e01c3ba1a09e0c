"""A synthetic sales company of known ground truth."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import CrmData
from evaluation.worlds.calendar import (
    DAY_ENDS,
    STARTS_AT,
    absence_table,
    away,
    days_before,
    week_of,
    working_days,
)
from evaluation.worlds.company import (
    described,
    draw_accounts,
    typed_company,
    with_books,
)
from evaluation.worlds.demand import Demand, draw_demand
from evaluation.worlds.names import text
from evaluation.worlds.outcomes import moments, with_outcomes, working_days_later
from evaluation.worlds.past import is_served, reps_of_the_past
from evaluation.worlds.random_numbers import normals
from evaluation.worlds.spec import WorldSpec
from evaluation.worlds.staff import Staff, draw_staff, market_of
from evaluation.worlds.truth import Truth

_YEAR = pd.Timedelta(days=365)


@dataclass(frozen=True, eq=False)
class World:
    """Leads, reps and history drawn from one seed, with their ground truth.

    What the columns of a lead do not tell (its hidden quality, and the random number
    that decides its outcome) follows from the world's seed and the lead's id alone, so
    that it is the same under every policy.

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

    @cached_property
    def accounts(self) -> pd.DataFrame:
        """The existing customers in the stable columns, (n_accounts,)."""
        return draw_accounts(self.spec, self.staff, self.seed)

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
        return self._drawn(f"D{day:04d}-", n_leads, working_days(day + 1)[-1:], rng)

    def history(self, n_leads: int, *, with_propensity: bool = False) -> pd.DataFrame:
        """Return the leads before :data:`STARTS_AT`, as it was known then.

        They came on so many working days that each brought `leads_per_day`. What
        had not closed is open; leads that nobody could serve are left out.

        Parameters
        ----------
        n_leads
            How many came; fewer than these are closed.
        with_propensity
            Whether the table has the propensity of each lead's rep.
        """
        rng = np.random.default_rng([self.seed, 1])
        dates = days_before(max(1, ceil(n_leads / self.spec.leads_per_day)))
        leads = self._drawn("H", n_leads, dates, rng)
        is_known = is_served(self.staff, market_of(self.spec, leads))
        leads = leads[is_known].reset_index(drop=True)
        quality = self.truth(leads).lead_logit - self.demand.intercept
        rep, propensity = reps_of_the_past(
            self.spec, self.staff, self.seed, leads, quality
        )
        past = self.served(leads, self._rep_ids[rep], STARTS_AT)
        return past.assign(propensity=propensity) if with_propensity else past

    def company(self, n_history: int, n_leads: int, day: int = 0) -> CrmData:
        """Return the tables of one working day, as if they had been read from files.

        Parameters
        ----------
        n_history, n_leads, day
            As for :meth:`tables`.
        """
        ends = working_days(day + 1)[-1] + DAY_ENDS
        return typed_company(self.tables(n_history, n_leads, day), ends)

    def tables(
        self, n_history: int, n_leads: int, day: int = 0
    ) -> dict[str, pd.DataFrame]:
        """Return the company of one working day: table name -> its rows.

        Its history ends when the world starts, and has its propensities; the
        absences are those of the day's week.

        Parameters
        ----------
        n_history, n_leads
            As for :meth:`history` and :meth:`leads`.
        day
            Working days since :data:`STARTS_AT`.
        """
        history = self.history(n_history, with_propensity=True)
        tables = {
            "leads": self.leads(n_leads, day),
            "reps": self.reps,
            "history": history,
            "absences": self.absences(working_days(day + 1)[-1:]),
        }
        if self.spec.book_room:
            tables["reps"] = with_books(self.reps, history, self.spec, self.seed)
        if self.spec.n_accounts:
            tables["accounts"] = self.accounts
        return tables

    def absences(self, days: pd.DatetimeIndex) -> pd.DataFrame:
        """Return who is away in the weeks of these days, in the stable columns."""
        weeks = week_of(days).unique()
        return absence_table(self._rep_ids, weeks, self.away(weeks))

    def away(self, days: pd.DatetimeIndex) -> NDArray[np.bool_]:
        """Return whether each rep is away on each day, (n_days, n_reps)."""
        return away(self._rep_ids, week_of(days), self.spec, self.seed)

    def served(
        self,
        leads: pd.DataFrame,
        rep_ids: Sequence[str] | NDArray[np.object_],
        known_at: pd.Timestamp,
        waited: NDArray[np.int64] | None = None,
    ) -> pd.DataFrame:
        """Return the leads as rows of history: what became of each with its rep.

        Parameters
        ----------
        leads
            Leads of this world, (n_leads,).
        rep_ids
            Who was assigned each, (n_leads,).
        known_at
            What closes later is still open.
        waited
            Working days that each waited for its rep, (n_leads,); none by default.

        Raises
        ------
        ValueError
            If a rep is unknown.
        """
        rep = pd.Index(self._rep_ids).get_indexer(pd.Index(rep_ids, dtype=object))
        if (rep < 0).any():
            missing = rep_ids[int(np.argmax(rep < 0))]
            raise ValueError(f"rep {missing!r} is not in this world")
        waited = np.zeros(len(leads), dtype=np.int64) if waited is None else waited
        at_once = self.truth(leads).at(np.arange(len(leads)), rep)
        assigned = leads.assign(rep_id=text(self._rep_ids[rep], leads.index))
        return with_outcomes(
            assigned,
            at_once * self.kept(waited),
            working_days_later(leads["created_at"], waited),
            self.spec,
            self.seed,
            known_at,
        )

    def kept(self, waited: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return what part of its P(convert) a lead keeps as it waits, same shape.

        Parameters
        ----------
        waited
            Working days that leads waited for their rep.
        """
        return np.exp2(-waited / self.spec.decay_half_life)

    def truth(self, leads: pd.DataFrame) -> Truth:
        """Return the truth of leads of this world, each with a rep at once."""
        hidden = normals(leads["lead_id"].to_numpy(), self.seed, "hidden quality")
        years = (leads["created_at"] - STARTS_AT).to_numpy() / _YEAR.to_numpy()
        own = self.demand.quality(leads) + self.spec.hidden_sd * hidden
        return Truth(
            leads=pd.Index(leads["lead_id"], dtype=object),
            reps=pd.Index(self._rep_ids, dtype=object),
            lead_logit=self.demand.intercept + own,
            rep_effect=self.staff.effect,
            lead_factors=np.column_stack([self.demand.factors(leads), years]),
            rep_factors=np.column_stack([self.staff.skill, self.staff.drift]),
        )

    def eligible(self, leads: pd.DataFrame) -> NDArray[np.bool_]:
        """Return whether each rep serves each lead's market, (n_leads, n_reps)."""
        return self.staff.eligible(market_of(self.spec, leads))

    @property
    def _rep_ids(self) -> NDArray[np.object_]:
        return self.reps["rep_id"].to_numpy(dtype=object)

    def _drawn(
        self, prefix: str, n: int, dates: pd.DatetimeIndex, rng: np.random.Generator
    ) -> pd.DataFrame:
        leads = self.demand.draw(n, rng)
        leads.insert(0, "lead_id", text([f"{prefix}{at + 1:07d}" for at in range(n)]))
        leads.insert(1, "created_at", moments(n, dates, rng))
        return described(leads, self.spec, self.seed, self.accounts, self.staff)


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
    return World(spec, seed, demand, draw_staff(spec, rng))

"""The leads of many days and the reps at work, the same under every policy."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.worlds import World, WorldSpec, draw_world
from evaluation.worlds.calendar import working_days
from solver import Problem

PATIENCE = 5
"""Working days that a lead waits for a rep before it is dropped."""


@dataclass(frozen=True, eq=False)
class Arrivals:
    """The leads of many days, the reps at work, and the past.

    Pairs are stored lead-major and sparse, as in :class:`solver.Problem`.

    Attributes
    ----------
    world
        Whose leads these are.
    past, past_reps
        The leads of history, (n_past,), and the rep each of them was assigned to.
    leads
        Leads in order of arrival, (n_leads,).
    day
        The day on which each came, (n_leads,), from 0.
    indptr, rep
        First pair of each lead, and the end, (n_leads + 1,); position of each pair's
        rep, (n_pairs,).
    truth
        P(convert) of each pair without waiting, (n_pairs,).
    dates
        The days, (n_days,).
    capacity
        Slots of each rep on each day, (n_days, n_reps).
    """

    world: World
    past: pd.DataFrame
    past_reps: NDArray[np.object_]
    leads: pd.DataFrame
    day: NDArray[np.int64]
    indptr: NDArray[np.int64]
    rep: NDArray[np.int32]
    truth: NDArray[np.float64]
    dates: pd.DatetimeIndex
    capacity: NDArray[np.int64]

    @cached_property
    def lead_ids(self) -> NDArray[np.object_]:
        """Ids of the leads, (n_leads,)."""
        return self.leads["lead_id"].to_numpy(dtype=object)

    @cached_property
    def rep_ids(self) -> NDArray[np.object_]:
        """Ids of the reps, (n_reps,)."""
        return self.world.reps["rep_id"].to_numpy(dtype=object)

    def n_leads_by(self, day: int) -> int:
        """Return the number of leads that arrived by the end of a day."""
        return int(np.searchsorted(self.day, day, side="right"))

    def pairs_of(self, first: int, last: int) -> slice:
        """Return where the pairs of the leads from `first` to before `last` are."""
        return slice(int(self.indptr[first]), int(self.indptr[last]))

    def problem(
        self, waiting: NDArray[np.int64], value: NDArray[np.float64], day: int
    ) -> tuple[Problem, NDArray[np.int64]]:
        """Return the problem of one day, and which pair each of its pairs is.

        Parameters
        ----------
        waiting
            The leads to assign, increasing.
        value
            Of every pair, (n_pairs,).
        day
            Decides who is at work.
        """
        counts = self.indptr[waiting + 1] - self.indptr[waiting]
        ends = np.cumsum(counts)
        shift = np.repeat(self.indptr[waiting] - (ends - counts), counts)
        pair = np.arange(len(shift)) + shift
        is_open = self.capacity[day][self.rep[pair]] > 0
        pair, before = pair[is_open], np.concatenate([[0], np.cumsum(is_open)])
        problem = Problem(
            lead_ids=self.lead_ids[waiting],
            rep_ids=self.rep_ids,
            indptr=before[np.concatenate([[0], ends])],
            rep=self.rep[pair],
            value=value[pair],
            capacity=self.capacity[day],
            arrival=waiting,
            must=np.zeros(len(waiting), dtype=bool),
            uses_slot=np.ones(len(pair), dtype=bool),
            skip_cost=np.zeros(len(waiting)),
        )
        return problem, pair


def draw_arrivals(spec: WorldSpec, seed: int, days: int, n_history: int) -> Arrivals:
    """Return the arrivals of the world of this seed.

    How many leads a working day brings follows a Poisson distribution.

    Parameters
    ----------
    spec, seed
        Of the world.
    days
        Working days.
    n_history
        Leads of the past.
    """
    world, dates = draw_world(spec, seed), working_days(days)
    counts = np.random.default_rng([seed, 3]).poisson(spec.leads_per_day, days)
    leads = pd.concat(
        [world.leads(int(n), day) for day, n in enumerate(counts)], ignore_index=True
    )
    history = world.history(n_history)
    indptr, rep, truth = _pairs(world, leads)
    at_work = ~world.away(dates)
    slots = world.reps["daily_capacity"].to_numpy(np.int64)
    return Arrivals(
        world=world,
        past=history[leads.columns],
        past_reps=history["rep_id"].to_numpy(dtype=object),
        leads=leads,
        day=np.repeat(np.arange(days), counts),
        indptr=indptr,
        rep=rep,
        truth=truth,
        dates=dates,
        capacity=np.where(at_work, slots, 0),
    )


def _pairs(
    world: World, leads: pd.DataFrame
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
    eligible = world.eligible(leads)
    lead, rep = np.nonzero(eligible)
    indptr = np.concatenate([[0], np.cumsum(eligible.sum(axis=1))])
    return indptr, rep.astype(np.int32), world.truth(leads).at(lead, rep)

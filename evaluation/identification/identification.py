"""Which leads of a history without propensities look randomised, queue by queue."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.identification.queue import Queue, examine, with_joint_tests
from evaluation.identification.rotation import rotation_probability
from evaluation.off_policy.lead_regression import (
    CONSTANT,
    held_out_quality,
    lead_matrix,
)
from evaluation.off_policy.log import QUEUES, Log, Value
from evaluation.off_policy.log_reading import distributed_rows, read_log
from evaluation.off_policy.pairs import Pairs
from scoring.diagnostics.strata import groups

Manner = Literal["even", "by_capacity", "rotation", "own_rotation"]
"""How reps seem to have been chosen among those eligible."""


@dataclass(frozen=True, eq=False)
class Identification:
    """Where history looks randomised, and the propensities it then had.

    Attributes
    ----------
    queues
        One per territory.
    propensity
        That of each row's rep, (n_rows,), by the manner of assignment; NaN in rows of
        no queue that looks random.
    manner
        How leads seem to have been assigned.
    """

    queues: tuple[Queue, ...]
    propensity: NDArray[np.float64]
    manner: Manner = "even"

    @property
    def n_rows(self) -> int:
        """How many rows have a propensity."""
        return int(np.isfinite(self.propensity).sum())

    @property
    def is_identified(self) -> bool:
        """Tell whether any row has a propensity."""
        return self.n_rows > 0

    def read_log(
        self,
        history: pd.DataFrame,
        as_of: pd.Timestamp,
        horizon: float | None = None,
        value: Value = "conversions",
    ) -> Log:
        """Return the rows of queues that look random, as a log that says so.

        Parameters
        ----------
        history
            The history that was tested, (n_rows,).
        as_of, horizon, value
            As for :func:`evaluation.off_policy.read_log`.
        """
        known = np.isfinite(self.propensity)
        rows = history.assign(propensity=self.propensity)[known]
        return read_log(rows, as_of, horizon, value, QUEUES)


def identify(
    history: pd.DataFrame,
    eligible: Pairs,
    capacity: NDArray[np.float64] | None = None,
    manner: Manner = "even",
) -> Identification:
    """Return where history looks as if leads were assigned to eligible reps at random.

    A queue is a territory. Its leads must show no more than chance in how many each
    rep was assigned, overall and in each period, in how good they were, and in every
    column; it must be large enough for more to have shown; and the queues that pass
    must pass together.

    Parameters
    ----------
    history
        Table of assigned leads, (n_rows,).
    eligible
        The reps who could have had each row: by the rules, at work, (n_rows,) leads.
    capacity
        Of the reps of `eligible`, (n_reps,), where turns are in proportion to it;
        `None`: all alike.

    manner
        Of assignment, if no capacity is given: evenly drawn, or a rotation of all
        leads, or one of each queue, as :func:`rotation_probability` simulates it.

    Raises
    ------
    ValueError
        If `eligible` speaks of another number of rows.
    """
    if eligible.n_leads != len(history):
        raise ValueError(
            f"reps eligible for {eligible.n_leads} leads, history has {len(history)}"
        )
    rows = distributed_rows(history)
    rows = rows[np.argsort(history["assigned_at"].iloc[rows], kind="stable")]
    assigned, pairs = history.iloc[rows].reset_index(drop=True), eligible.of_leads(rows)
    if capacity is not None:
        manner = "by_capacity"
    probability = _by_manner(assigned, pairs, capacity, manner)
    examined = list(_queues(assigned, pairs, probability))
    queues = with_joint_tests([queue for queue, _ in examined])
    propensity = np.full(len(history), np.nan)
    is_own = pairs.with_rep(assigned["rep_id"].to_numpy())
    own = pairs.sum_of_lead(probability * is_own)
    for queue, (_, places) in zip(queues, examined, strict=True):
        if queue.looks_random:
            propensity[rows[places]] = own[places]
    return Identification(queues, propensity, manner)


def _by_manner(
    assigned: pd.DataFrame,
    pairs: Pairs,
    capacity: NDArray[np.float64] | None,
    manner: Manner,
) -> NDArray[np.float64]:
    """Return the probability of each of a lead's reps, (n_pairs,)."""
    if manner == "rotation":
        return rotation_probability(pairs)
    if manner == "own_rotation":
        columns = _queue_columns(assigned)
        group = assigned.groupby([*columns], dropna=False).ngroup() if columns else None
        return rotation_probability(pairs, None if group is None else group.to_numpy())
    return _in_turns(pairs, capacity)


def _in_turns(
    pairs: Pairs, capacity: NDArray[np.float64] | None
) -> NDArray[np.float64]:
    """Return the probability of each of a lead's reps where they take turns."""
    turns = np.ones(len(pairs.rep)) if capacity is None else 1.0 * capacity[pairs.rep]
    return turns / np.maximum(pairs.sum_of_lead(turns), 1e-12)[pairs.lead]


def _queues(
    assigned: pd.DataFrame, pairs: Pairs, probability: NDArray[np.float64]
) -> Iterator[tuple[Queue, NDArray[np.intp]]]:
    """Yield each queue, and the positions of its leads that had an eligible rep."""
    matrix = lead_matrix(assigned).drop(columns=CONSTANT)
    quality = held_out_quality(assigned)
    rep_ids = pd.Index(pairs.rep_ids, dtype=object)
    rep = rep_ids.get_indexer(pd.Index(assigned["rep_id"], dtype=object))
    is_own = pairs.with_rep(assigned["rep_id"].to_numpy())
    by_rule = pairs.sum_of_lead(1.0 * is_own) > 0
    for name, rows in groups(assigned, _queue_columns(assigned)):
        places = rows[by_rule[rows]]
        if len(places):
            queue = examine(
                name,
                rep[places],
                _dense(pairs, probability, places),
                1 - len(places) / len(rows),
                quality[places],
                matrix.iloc[places].to_numpy(),
                [*matrix],
            )
            yield queue, places


def _queue_columns(assigned: pd.DataFrame) -> Sequence[str]:
    """Return the columns that define queues."""
    has_territories = "territory" in assigned and assigned["territory"].nunique() > 1
    return ["territory"] if has_territories else []


def _dense(
    pairs: Pairs, probability: NDArray[np.float64], leads: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return each rep's probability of each of these leads, (n_chosen, n_reps)."""
    chosen = pairs.of_leads(leads)
    first = np.repeat(pairs.indptr[leads] - chosen.indptr[:-1], chosen.n_of_lead)
    table = np.zeros((len(leads), len(pairs.rep_ids)))
    place = np.arange(len(chosen.rep)) + first
    table[chosen.lead, chosen.rep] = probability[place]
    return table

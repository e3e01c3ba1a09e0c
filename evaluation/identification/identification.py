"""Which leads of a history without propensities were dealt as by lot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import listed
from evaluation.identification.queue import Queue, examine
from evaluation.identification.queue_tests import Dealing
from evaluation.identification.side_by_side import beside_each_other
from evaluation.off_policy.lead_matrix import CONSTANT, lead_matrix
from evaluation.off_policy.log import Log, Value
from evaluation.off_policy.log_reading import given_rows, read_log
from evaluation.off_policy.pairs import Pairs
from evaluation.off_policy.quality import held_out_quality
from scoring.diagnostics.strata import groups

QUEUES = "queues that look random"
"""Where propensities come from if they are only inferred: an assumption."""
MOST_NAMED = 5


@dataclass(frozen=True, eq=False)
class Identification:
    """Where history looks like a lottery, and the propensities it then had.

    Attributes
    ----------
    queues
        One per territory.
    propensity
        One over the eligible reps, (n_rows,); NaN in rows that no queue vouches for.
    """

    queues: tuple[Queue, ...]
    propensity: NDArray[np.float64]

    @property
    def is_identified(self) -> bool:
        """Tell whether any row has a propensity."""
        return bool(np.isfinite(self.propensity).any())

    @property
    def sentence(self) -> str:
        """Where assignment looks random, or why it does nowhere."""
        passed = [queue.name for queue in self.queues if queue.looks_random]
        if self.is_identified:
            n_rows = int(np.isfinite(self.propensity).sum())
            return (
                f"Assignment looks random in {listed(passed, MOST_NAMED)} ({n_rows:,} "
                "leads). That is an assumption: what no column tells may still have "
                "decided who got what."
            )
        reasons = [f"{queue.name}: {queue.reason}" for queue in self.queues]
        return (
            "Not identifiable from this history: in no queue were leads given out as "
            f"by lot ({listed(reasons, MOST_NAMED)})."
        )

    def read_log(
        self,
        history: pd.DataFrame,
        as_of: pd.Timestamp,
        horizon: float | None = None,
        value: Value = "conversions",
    ) -> Log:
        """Return the rows that a queue vouches for, as a log that says so.

        Parameters
        ----------
        history
            The same that was asked about, (n_rows,).
        as_of, horizon, value
            As for :func:`evaluation.off_policy.log.read_log`.
        """
        known = np.isfinite(self.propensity)
        rows = history.assign(propensity=self.propensity)[known]
        return read_log(rows, as_of, horizon, value, QUEUES)


def identify(
    history: pd.DataFrame,
    eligible: Pairs,
    capacity: NDArray[np.float64] | None = None,
) -> Identification:
    """Return where history looks as if leads had been dealt to eligible reps by lot.

    A queue is a territory. Its leads must show no more than chance in how many each
    rep got, overall and in each stretch of time, in how good they were, and in every
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

    Raises
    ------
    ValueError
        If `eligible` speaks of another number of rows.
    """
    if eligible.n_leads != len(history):
        raise ValueError(
            f"reps eligible for {eligible.n_leads} leads, history has {len(history)}"
        )
    rows = given_rows(history)
    rows = rows[np.argsort(history["assigned_at"].iloc[rows], kind="stable")]
    given, pairs = history.iloc[rows].reset_index(drop=True), eligible.of_leads(rows)
    chance = chances(pairs, capacity)
    found = list(examined(given, pairs, chance))
    queues = beside_each_other([queue for queue, _ in found])
    propensity = np.full(len(history), np.nan)
    own = pairs.sum_of_lead(chance * pairs.are(given["rep_id"].to_numpy()))
    for queue, (_, places) in zip(queues, found, strict=True):
        if queue.looks_random:
            propensity[rows[places]] = own[places]
    return Identification(queues, propensity)


def chances(pairs: Pairs, capacity: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Return how likely each lead goes to each of its reps, (n_pairs,)."""
    turns = np.ones(len(pairs.rep)) if capacity is None else 1.0 * capacity[pairs.rep]
    return turns / np.maximum(pairs.sum_of_lead(turns), 1e-12)[pairs.lead]


def examined(
    given: pd.DataFrame, pairs: Pairs, chance: NDArray[np.float64]
) -> Iterator[tuple[Queue, NDArray[np.intp]]]:
    """Yield each queue, and the positions of those of its leads that were dealt."""
    matrix = lead_matrix(given).drop(columns=CONSTANT)
    quality = held_out_quality(given)
    got = pd.Index(pairs.rep_ids, dtype=object).get_indexer(
        pd.Index(given["rep_id"], dtype=object)
    )
    by_rule = pairs.sum_of_lead(1.0 * pairs.are(given["rep_id"].to_numpy())) > 0
    for name, rows in groups(given, queue_columns(given)):
        places = rows[by_rule[rows]]
        if len(places):
            dealing = Dealing(got[places], dense(pairs, chance, places))
            share = 1 - len(places) / len(rows)
            columns = matrix.iloc[places].to_numpy()
            yield (
                examine(name, dealing, share, quality[places], columns, [*matrix]),
                places,
            )


def queue_columns(given: pd.DataFrame) -> Sequence[str]:
    """Return the columns that tell queues apart."""
    has_territories = "territory" in given and given["territory"].nunique() > 1
    return ["territory"] if has_territories else []


def dense(
    pairs: Pairs, chance: NDArray[np.float64], leads: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return the chance of each rep for each of these leads, (n_chosen, n_reps)."""
    chosen = pairs.of_leads(leads)
    first = np.repeat(pairs.indptr[leads] - chosen.indptr[:-1], chosen.n_of_lead)
    table = np.zeros((len(leads), len(pairs.rep_ids)))
    table[chosen.lead, chosen.rep] = chance[np.arange(len(chosen.rep)) + first]
    return table

"""Leads of different partitions with the same id."""

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from crm import Issue
from runs.partitioned.partitioned_day import PartitionedDay
from runs.partitioned.partitions import Partition

NAMED = 5
"""Pairs that are looked at before the rest is counted."""


def same_id_issues(
    day: PartitionedDay,
    partitions: Sequence[Partition],
    id_hashes: Sequence[NDArray[np.uint64]],
) -> Iterator[Issue]:
    """Yield an error for ids that leads of several partitions share.

    Parameters
    ----------
    id_hashes
        Of each partition, shape (n_leads,).
    """
    ends = np.cumsum([len(hashes) for hashes in id_hashes])
    hashes = np.concatenate(id_hashes)
    order = np.argsort(hashes, kind="stable")
    twice = order[1:][np.diff(hashes[order]) == 0]
    table = day.file.scenario.data.leads.file or "leads"
    for position in islice(np.sort(twice).tolist(), NAMED):
        number = int(np.searchsorted(ends, position, side="right"))
        leads = day.prepared(partitions[number]).crm.leads
        lead_id = leads["lead_id"].iloc[position - int(ends[number])]
        rows = partitions[number].rows
        where = f"rows {rows.first:,} to {rows.last:,} have it, and so do earlier ones"
        yield Issue(table, where, column="lead_id", value=lead_id)
    if len(twice) > NAMED:
        yield Issue(table, f"and {len(twice) - NAMED:,} more", column="lead_id")

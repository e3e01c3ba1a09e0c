"""What a day's problem needs of a partition, kept in a file of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import Issue
from runs.job.scored import scored_leads
from runs.partitioned.partitioned_day import PartitionedDay
from runs.partitioned.partitions import Partition
from solver.building import LeadParts, lead_parts
from solver.building.segmenting import Segmentation

ENDING = ".npz"
_OF_SEGMENTS = {field.name for field in fields(Segmentation)}
_OF_LEADS = [f.name for f in fields(LeadParts) if f.name != "segmentation"]


@dataclass(frozen=True, eq=False)
class ScoredPartition:
    """The leads of a partition, as the problem needs them.

    Attributes
    ----------
    parts
        What their pairs are computed from.
    id_hash
        Shape (n_leads,); 64 bits of each lead's id, that tell ids apart.
    """

    parts: LeadParts
    id_hash: NDArray[np.uint64]


def score_partition(
    day: PartitionedDay, partition: Partition
) -> tuple[bytes, tuple[Issue, ...]]:
    """Return what the problem needs of a partition, packed, and the tables' warnings.

    Raises
    ------
    DataError, ScenarioError, ModelFileError
        With everything found wrong.
    """
    prepared = day.prepared(partition)
    leads = scored_leads(prepared, day.trained)
    rules = day.file.scenario.rules
    parts = lead_parts(leads.crm, rules, leads.scores, leads.value)
    hashes = pd.util.hash_array(leads.crm.leads["lead_id"].to_numpy(dtype=object))
    return _packed(parts, hashes), prepared.warnings


def scored_partition(partition: Partition, folder: Path) -> ScoredPartition:
    """Return what :func:`score_partition` has packed, from its file in a folder."""
    with np.load(folder / f"{partition.name}{ENDING}", allow_pickle=False) as arrays:
        own = dict(arrays)
    segments = Segmentation(**{name: own[name] for name in _OF_SEGMENTS})
    of_leads = {name: own[name] for name in _OF_LEADS}
    return ScoredPartition(LeadParts(segments, **of_leads), own["id_hash"])


def _packed(parts: LeadParts, id_hash: NDArray[np.uint64]) -> bytes:
    arrays: Mapping[str, NDArray[np.generic]] = {
        **{name: getattr(parts.segmentation, name) for name in _OF_SEGMENTS},
        **{name: getattr(parts, name) for name in _OF_LEADS},
        "id_hash": id_hash,
    }
    buffer = BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()

"""What a day's problem needs of a partition, kept in a file of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import Issue
from crm.files import write_whole
from runs.job.scored import ScoredLeads, scored_leads
from runs.partitioned.kept_leads import packed, unpacked
from runs.partitioned.partitioned_day import PartitionedDay
from runs.partitioned.partitions import Partition
from runs.prepared.prepared import Prepared
from solver.building import LeadParts, lead_parts
from solver.building.segmenting import Segmentation

ENDING = ".npz"
ID_HASH, LEADS = "id_hash", "leads"
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
    day: PartitionedDay, partition: Partition, into: Path
) -> tuple[Issue, ...]:
    """Write what the problem needs of a partition; return the warnings of its tables.

    Raises
    ------
    DataError, ScenarioError, ModelFileError
        With everything found wrong.
    """
    prepared = day.prepared(partition)
    leads = scored_leads(prepared, day.trained)
    rules = day.file.scenario.rules
    parts = lead_parts(leads.crm, rules, leads.scores, leads.value)
    kept = packed(leads.crm.leads, prepared.warnings)
    hashes = pd.util.hash_array(
        leads.crm.leads["lead_id"].to_numpy(dtype=object), categorize=False
    )
    write_whole(into / f"{partition.name}{ENDING}", _bytes(parts, hashes, kept))
    return prepared.warnings


def scored_partition(partition: Partition, folder: Path) -> ScoredPartition:
    """Return what :func:`score_partition` has written."""
    names = _OF_SEGMENTS.union(_OF_LEADS, [ID_HASH])
    with np.load(folder / f"{partition.name}{ENDING}", allow_pickle=False) as arrays:
        own = {name: arrays[name] for name in names}
    segments = Segmentation(**{name: own[name] for name in _OF_SEGMENTS})
    of_leads = {name: own[name] for name in _OF_LEADS}
    return ScoredPartition(LeadParts(segments, **of_leads), own[ID_HASH])


def kept_partition(
    day: PartitionedDay, partition: Partition, folder: Path
) -> tuple[Prepared, ScoredLeads]:
    """Return what :func:`score_partition` read and scored, with the day's reps."""
    with np.load(folder / f"{partition.name}{ENDING}", allow_pickle=False) as arrays:
        own, warnings = unpacked(arrays[LEADS])
    parts, reps = scored_partition(partition, folder).parts, day.scored_reps
    crm = replace(reps.crm, leads=own)
    scores = replace(reps.scores, lead=parts.log_odds, lead_factors=parts.lead_factors)
    prepared = Prepared(partition.of(day.file), day.folder, crm, warnings)
    return prepared, replace(reps, crm=crm, scores=scores, value=parts.amount)


def _bytes(
    parts: LeadParts, id_hash: NDArray[np.uint64], leads: NDArray[np.uint8]
) -> bytes:
    arrays: Mapping[str, NDArray[np.generic]] = {
        **{name: getattr(parts.segmentation, name) for name in _OF_SEGMENTS},
        **{name: getattr(parts, name) for name in _OF_LEADS},
        ID_HASH: id_hash,
        LEADS: leads,
    }
    buffer = BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()

"""What a day's problem needs of a partition, kept in a file of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

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


def score_partition(day: PartitionedDay, partition: Partition, *, keep: bool) -> bytes:
    """Return what the problem needs of a partition, packed.

    Parameters
    ----------
    keep
        Whether its checked leads and their warnings are packed with it, which spares
        reading them again.

    Raises
    ------
    DataError, ScenarioError, ModelFileError
        With everything found wrong.
    """
    prepared = day.prepared(partition)
    leads = scored_leads(prepared, day.trained)
    rules = day.file.scenario.rules
    parts = lead_parts(leads.crm, rules, leads.scores, leads.value)
    kept = packed(leads.crm.leads, prepared.warnings) if keep else None
    hashes = pd.util.hash_array(
        leads.crm.leads["lead_id"].to_numpy(dtype=object), categorize=False
    )
    return _bytes(parts, hashes, kept)


def scored_partition(partition: Partition, folder: Path) -> ScoredPartition:
    """Return what :func:`score_partition` has packed, from its file in a folder."""
    names = _OF_SEGMENTS.union(_OF_LEADS, [ID_HASH])
    with np.load(folder / f"{partition.name}{ENDING}", allow_pickle=False) as arrays:
        own = {name: arrays[name] for name in names}
    segments = Segmentation(**{name: own[name] for name in _OF_SEGMENTS})
    of_leads = {name: own[name] for name in _OF_LEADS}
    return ScoredPartition(LeadParts(segments, **of_leads), own[ID_HASH])


def leads_of_partition(
    day: PartitionedDay, partition: Partition, folder: Path | None
) -> tuple[Prepared, ScoredLeads]:
    """Return the leads of a partition with their scores: as kept, or read once more.

    Parameters
    ----------
    folder
        Where they may have been kept; None: nowhere.
    """
    if folder is None:
        prepared = day.prepared(partition)
        return prepared, scored_leads(prepared, day.trained)
    with np.load(folder / f"{partition.name}{ENDING}", allow_pickle=False) as arrays:
        if LEADS not in arrays:
            return leads_of_partition(day, partition, None)
        own, warnings = unpacked(arrays[LEADS])
    parts, reps = scored_partition(partition, folder).parts, day.scored_reps
    crm = replace(reps.crm, leads=own)
    scores = replace(reps.scores, lead=parts.log_odds, lead_factors=parts.lead_factors)
    prepared = Prepared(partition.of(day.file), day.folder, crm, warnings)
    return prepared, replace(reps, crm=crm, scores=scores, value=parts.amount)


def _bytes(
    parts: LeadParts, id_hash: NDArray[np.uint64], leads: NDArray[np.uint8] | None
) -> bytes:
    arrays: Mapping[str, NDArray[np.generic]] = {
        **{name: getattr(parts.segmentation, name) for name in _OF_SEGMENTS},
        **{name: getattr(parts, name) for name in _OF_LEADS},
        ID_HASH: id_hash,
        **({} if leads is None else {LEADS: leads}),
    }
    buffer = BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()

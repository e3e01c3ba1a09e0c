"""Leads in segments: all leads of one may go to the same reps at the same charges."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from crm import CrmData
from solver.building.demands import (
    Known,
    charges_of_pairs,
    kept_by_rule,
    pairs_without_slot,
    rule_filters,
)
from solver.day.availability import at_work
from solver.day.eligibility import lead_groups, reps_of_groups
from solver.rules.base import Rule


@dataclass(frozen=True, eq=False)
class Segmentation:
    """The segment of each lead, and the reps of each segment.

    Attributes
    ----------
    of_lead
        Shape (n_leads,); position of the lead's segment.
    start
        Shape (n_segments + 1,); first entry of each segment, and the end.
    rep
        Shape (n_entries,); position of the rep, increasing within a segment.
    charge
        Shape (n_entries,); what soft rules charge, in the objective's unit.
    uses_slot
        Shape (n_entries,); whether such a pair takes one of the rep's slots.
    """

    of_lead: NDArray[np.int32]
    start: NDArray[np.int64]
    rep: NDArray[np.int32]
    charge: NDArray[np.float64]
    uses_slot: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.start) - 1

    def row(self, segment: int) -> tuple[bytes, bytes, bytes]:
        """Return what a segment's leads may do; equal where segments are alike."""
        own = slice(self.start[segment], self.start[segment + 1])
        parts = self.rep[own], self.charge[own], self.uses_slot[own]
        of_reps, of_charges, of_slots = (part.tobytes() for part in parts)
        return of_reps, of_charges, of_slots


def segmentation(
    crm: CrmData, rules: Sequence[Rule], known: Known = MappingProxyType({})
) -> Segmentation:
    """Return the segments that rules on pairs make of the leads.

    Leads that a rule keeps from distribution have no reps.

    Parameters
    ----------
    rules
        Each charges pairs by what it allows alone, as `is_of_pairs` tells.
    known
        What rules are known to allow.
    """
    filters = rule_filters(crm, rules, known)
    hard = [filters[r.name] for r in rules if r.name in filters and r.is_hard]
    group, first = lead_groups(list(filters.values()), len(crm.leads))
    start, rep = reps_of_groups(hard, first, at_work(crm))
    lead = np.repeat(first, np.diff(start))
    kept = kept_by_rule(crm, rules) != ""
    return Segmentation(
        np.where(kept, len(first), group).astype(np.int32),
        np.append(start, start[-1]),
        rep,
        charges_of_pairs(crm, rules, filters, lead, rep),
        ~pairs_without_slot(rules, filters, lead, rep),
    )


def joined(parts: Sequence[Segmentation]) -> Segmentation:
    """Return the segmentation of all leads, part after part; like segments are one."""
    number: dict[tuple[bytes, bytes, bytes], int] = {}
    of_lead = [
        np.array(
            [number.setdefault(part.row(s), len(number)) for s in range(len(part))],
            dtype=np.int32,
        )[part.of_lead]
        for part in parts
    ]
    kinds = (np.int32, np.float64, np.bool_)
    rep, charge, uses_slot = (
        np.concatenate(
            [np.empty(0, kind), *(np.frombuffer(row[k], kind) for row in number)]
        )
        for k, kind in enumerate(kinds)
    )
    lengths = [len(row[0]) // rep.itemsize for row in number]
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return Segmentation(np.concatenate(of_lead), start, rep, charge, uses_slot)

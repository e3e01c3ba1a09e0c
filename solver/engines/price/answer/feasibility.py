"""Whether all leads that must be assigned can be, and to whom.

Such leads of one segment are alike here: a largest flow from segments to reps tells.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from solver.engines.price.dual.survey import NOT_YET
from solver.engines.price.market.market import Market


def required_choices(market: Market) -> NDArray[np.int32] | None:
    """Return one way to assign the leads that must be, or None where there is none.

    Shape (n_leads,); position in each lead's segment, `NOT_YET` for all other leads.
    """
    choice = np.full(market.n_leads, NOT_YET, dtype=np.int32)
    required = np.flatnonzero(np.isneginf(market.leads.outside))
    if len(required) == 0:
        return choice
    segment = market.leads.segment[required]
    flow = _most(market, np.bincount(segment, minlength=len(market.entries.start) - 1))
    if int(flow.sum()) < len(required):
        return None
    # Leads are ordered by segment, as the flow is.
    entry = np.repeat(np.arange(len(flow)), flow)
    choice[required] = entry - market.entries.start[segment]
    return choice


def _most(market: Market, wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the leads of each entry in a largest assignment, shape (n_entries,)."""
    entries, n_reps = market.entries, market.n_reps
    n_segments = len(wanted)
    source, sink = n_segments + n_reps, n_segments + n_reps + 1
    of_entry = np.repeat(np.arange(n_segments), np.diff(entries.start))
    slots = np.minimum(market.capacity, wanted.sum())
    tail = np.concatenate(
        [of_entry, np.full(n_segments, source), n_segments + np.arange(n_reps)]
    )
    head = np.concatenate(
        [n_segments + entries.rep, np.arange(n_segments), np.full(n_reps, sink)]
    )
    most = np.concatenate([wanted[of_entry], wanted, slots]).astype(np.int32)
    kept = most > 0
    graph = csr_array(
        (most[kept], (tail[kept], head[kept])), shape=(sink + 1, sink + 1)
    )
    flow = csr_array(maximum_flow(graph, source, sink).flow)
    if len(of_entry) == 0:
        return np.empty(0, dtype=np.int64)
    return np.asarray(flow[of_entry, n_segments + entries.rep], dtype=np.int64).ravel()

"""Round robin over eligible reps, simulated: which rep would have had each lead."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.off_policy.pairs import Pairs

N_DRAWS = 100
"""First queues that are drawn; a rotation forgets its first queue only in part."""


def rotation_probability(
    pairs: Pairs, group: NDArray[Any] | None = None, seed: int = 0
) -> NDArray[np.float64]:
    """Return the probability of each pair where reps take turns, (n_pairs,).

    Every lead goes to the eligible rep whose last lead was assigned longest ago; turns
    carry over from day to day. Reps who may take few leads get more of these than an
    even draw would give them. Leads with the same eligible reps have the same
    probabilities: the mean over these leads, and over first queues that are drawn.

    Parameters
    ----------
    pairs
        The reps who may have each lead, leads in order of time.
    group
        Leads of each group have a rotation of their own, (n_leads,); `None`: one for
        all.
    seed
        Draws the first queues.
    """
    n_reps = len(pairs.rep_ids)
    own = np.zeros(pairs.n_leads, dtype=np.intp) if group is None else group
    rng = np.random.default_rng(seed)
    last = -rng.random((N_DRAWS, n_reps * (own.max(initial=0) + 1)))
    draws = np.arange(N_DRAWS)
    times = np.zeros(len(pairs.rep))
    for lead in range(pairs.n_leads):
        first, end = pairs.indptr[lead], pairs.indptr[lead + 1]
        if end == first:
            continue
        place = own[lead] * n_reps + pairs.rep[first:end]
        longest = last[:, place].argmin(axis=1)
        last[draws, place[longest]] = lead + 1
        times[first:end] = np.bincount(longest, minlength=end - first)
    return _pooled(pairs, times / N_DRAWS)


def _pooled(pairs: Pairs, share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of each pair over the leads with the same reps, (n_pairs,)."""
    ends = zip(pairs.indptr[:-1], pairs.indptr[1:], strict=True)
    keys = [pairs.rep[first:end].tobytes() for first, end in ends]
    alike = np.unique(np.array(keys, dtype=object), return_inverse=True)[1]
    key = alike[pairs.lead] * len(pairs.rep_ids) + pairs.rep
    mean = np.bincount(key, share) / np.maximum(np.bincount(key), 1)
    pooled: NDArray[np.float64] = mean[key]
    return pooled

"""Components of the graph of reps in groups of like size, one for each thread."""

import numpy as np
from numpy.typing import NDArray

N_GROUPS = 8


def groups_of(component: NDArray[np.int32]) -> tuple[NDArray[np.int32], int]:
    """Return the group of each rep, and the number of groups.

    Groups share no lead. The largest components come first, each into the smallest
    group so far.
    """
    size = np.bincount(component)
    n_groups = max(1, min(N_GROUPS, len(size)))
    load = np.zeros(n_groups, dtype=np.int64)
    group = np.zeros(len(size), dtype=np.int32)
    for number in np.argsort(-size, kind="stable"):
        group[number] = np.argmin(load)
        load[group[number]] += size[number]
    return group[component], n_groups

"""An order of leads and reps that hangs on their ids and the seed alone."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

GOLDEN = 0x9E3779B97F4A7C15


def keys(ids: NDArray[Any], seed: int) -> NDArray[np.uint64]:
    """Return a number for each id, as good as random, the same in any file.

    Another seed gives other numbers.

    References
    ----------
    Steele, Lea, Flood (2014), Fast Splittable Pseudorandom Number Generators,
    OOPSLA: the mixing of bits.
    """
    if len(ids) == 0:
        return np.empty(0, dtype=np.uint64)
    hashed = pd.util.hash_array(ids, categorize=False)
    mixed = hashed + np.uint64((seed + 1) * GOLDEN % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def by_first_member(
    group: NDArray[np.integer[Any]], order: NDArray[np.int64], n_groups: int
) -> NDArray[np.int64]:
    """Return the rank of each group, by which has the first member in an order.

    Shape (n_groups,); groups without members come last.

    Parameters
    ----------
    group
        Shape (n,); each member's group.
    order
        Shape (n,); the members in order.
    """
    first = np.full(n_groups, len(order))
    first[group[order[::-1]]] = np.arange(len(order))[::-1]
    rank = np.empty(n_groups, dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(n_groups)
    return rank

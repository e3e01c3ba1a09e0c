"""An order of leads and reps that hangs on their ids and the seed alone."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.machine.compiled import compiled

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
    return _mixed(_hashed(ids) + np.uint64((seed + 1) * GOLDEN % 2**64))


def _hashed(ids: NDArray[Any]) -> NDArray[np.uint64]:
    """Return what pandas' hash makes of each id."""
    if ids.dtype.kind in "iu":
        return _mixed(ids.view(f"u{ids.dtype.itemsize}").astype(np.uint64))
    # Numbers, as a researcher's problem has, need no pandas: 80 MB in memory.
    from pandas.util import hash_array

    return hash_array(ids, categorize=False)


def _mixed(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


def by_least_key(
    group: NDArray[np.integer[Any]], key: NDArray[np.uint64], n_groups: int
) -> NDArray[np.int64]:
    """Return the rank of each group by the least key of its members, (n_groups,).

    Groups without members come last.

    Parameters
    ----------
    group, key
        Shape (n,); each member's group and key.
    """
    least = _least_of_each(group, key, n_groups)
    rank = np.empty(n_groups, dtype=np.int64)
    rank[np.argsort(least, kind="stable")] = np.arange(n_groups)
    return rank


@compiled
def _least_of_each(
    group: NDArray[np.int32], key: NDArray[np.uint64], n_groups: int
) -> NDArray[np.uint64]:
    least = np.full(n_groups, np.iinfo(np.uint64).max, dtype=np.uint64)
    for member in range(len(group)):
        least[group[member]] = min(least[group[member]], key[member])
    return least


def in_order(
    size: NDArray[Any], part: NDArray[np.float64], key: NDArray[np.uint64]
) -> NDArray[np.int64]:
    """Return the order by size, then part, then key.

    Keys are looked at where parts are equal, which saves most days a sort.

    Parameters
    ----------
    size, part, key
        Shape (n,).
    """
    order = np.argsort(part)
    ranked = part[order]
    if np.any(ranked[1:] == ranked[:-1]):
        drawn = np.argsort(key, kind="stable")
        order = drawn[np.argsort(part[drawn], kind="stable")]
    return order[np.argsort(size[order], kind="stable")]

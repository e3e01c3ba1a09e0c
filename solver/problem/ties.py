"""How ties break: by the seed, never by id and never by the order of rows."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def random_ranks(ids: NDArray[Any], rng: np.random.Generator) -> NDArray[np.int64]:
    """Return a random rank 0..n-1 per id, the same however the ids are ordered.

    Shape (n,), as `ids`, which must be unique text.
    """
    rank = np.empty(len(ids), dtype=np.int64)
    rank[np.argsort(ids.astype(str))] = rng.permutation(len(ids))
    return rank

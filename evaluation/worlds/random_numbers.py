"""Common random numbers: of a lead or a rep, the same under all policies."""

from hashlib import blake2b
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri

_UNIT = 2.0**-53


def uniforms(ids: NDArray[Any], seed: int, purpose: str) -> NDArray[np.float64]:
    """Return one uniform random number per id, (n,), the same at every call.

    Policies compared in one world draw the same number for a lead (common random
    numbers), whichever other leads they serve and in whatever order.

    Parameters
    ----------
    ids
        Text, (n,) object.
    seed, purpose
        Each pair of them is an independent stream.
    """
    key = blake2b(f"{seed} {purpose}".encode(), digest_size=8).hexdigest()
    hashed = pd.util.hash_array(ids, hash_key=key, categorize=False)
    return ((hashed >> np.uint64(11)).astype(np.float64) + 0.5) * _UNIT


def normals(ids: NDArray[Any], seed: int, purpose: str) -> NDArray[np.float64]:
    """Return one standard normal number per id, (n,), as :func:`uniforms` does."""
    drawn: NDArray[np.float64] = ndtri(uniforms(ids, seed, purpose))
    return drawn

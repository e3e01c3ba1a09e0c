"""How much more a sum of squared scores varies where wins are rare."""

import numpy as np
from scipy.special import expit

from scoring.rep_effects.posterior import Posterior
from scoring.rep_effects.rows import RepRows


def excess_variance(
    rows: RepRows, coefficient: np.ndarray, null: Posterior, feature: np.ndarray
) -> np.ndarray:
    """Return the variance of squared scores beyond that of normal ones.

    For each feature's columns by themselves, and for all but the first column
    together, which comes last: (n_features + 1,), none below 0. A rare win among few
    leads moves a square further than a normal error would.

    Parameters
    ----------
    rows
        Closed rows in order of their rep.
    coefficient
        The reps' coefficients under no spread in what is tested, (n_reps, k).
    null
        Posterior near them.
    feature
        Feature of each column, (k,): 0 for the first, then 1, 2, ...
    """
    members = np.eye(feature.max() + 1)[feature]
    members = np.column_stack([members, feature > 0])
    total = np.zeros(members.shape[1])
    kept = np.eye(len(feature)) - null.evidence.information @ (
        null.root @ null.inverse @ null.root.T
    )
    for rep in range(rows.n_reps):
        own = slice(rows.bounds[rep], rows.bounds[rep + 1])
        columns = rows.columns[own]
        p = expit(rows.offset[own] + columns @ coefficient[rep])
        spread = p * (1 - p)
        square = (columns @ kept[rep].T) ** 2 @ members
        total += (spread * (1 - 6 * spread)) @ square**2
    return np.maximum(total, 0.0)

"""Reps who convert self-generated leads better than distributed ones, or worse."""

import numpy as np
import pandas as pd
from scipy.stats import norm

from scoring.card.figures import SIGNIFICANCE
from scoring.card.findings import OriginFinding, RepOrigins
from scoring.history.rows import is_distributed, is_won
from scoring.origins.conversion_rates import shrunken_conversion
from scoring.origins.effects import fit_origin_effects

Z = norm.isf(SIGNIFICANCE / 2)
MIN_OF_KIND = 20


def find_origins(
    rows: pd.DataFrame, quality: np.ndarray | None = None
) -> OriginFinding:
    """Return how reps differ between distributed and self-generated leads.

    Parameters
    ----------
    rows
        Closed history, (n_rows,).
    quality
        Cross-fitted log odds of each row with an average rep, (n_rows,); all alike
        if `None`.
    """
    distributed, won = is_distributed(rows), is_won(rows)
    if not all(is_enough(won[kind]) for kind in (distributed, ~distributed)):
        return OriginFinding()
    rep, rep_ids = pd.factorize(rows["rep_id"].to_numpy(dtype=object), sort=True)
    offset = np.zeros(len(rows)) if quality is None else quality
    effects = fit_origin_effects(offset, won, rep, distributed, len(rep_ids))
    return OriginFinding(
        rate_distributed=float(won[distributed].mean()),
        rate_self_generated=float(won[~distributed].mean()),
        reps=rep_rows(rows, rep, rep_ids, effects),
    )


def is_enough(won: np.ndarray) -> bool:
    """Tell whether rows of one kind are many, some won and some lost."""
    return len(won) >= MIN_OF_KIND and 0 < won.sum() < len(won)


def rep_rows(
    rows: pd.DataFrame,
    rep: np.ndarray,
    rep_ids: np.ndarray,
    effects: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> tuple[RepOrigins, ...]:
    """Return the table, one row per rep."""
    distributed, won = is_distributed(rows), is_won(rows)
    difference, error, adjusted_p = effects
    columns = [rep_ids]
    for kind in (distributed, ~distributed):
        columns.append(np.bincount(rep[kind], minlength=len(rep_ids)))
        columns.append(np.bincount(rep, kind * won, len(rep_ids)).astype(int))
    columns += [
        shrunken_conversion(rows[kind], list(rep_ids))
        for kind in (distributed, ~distributed)
    ]
    columns += [difference, difference - Z * error, difference + Z * error, adjusted_p]
    values = zip(*(column.tolist() for column in columns), strict=True)
    return tuple(RepOrigins(*row) for row in values)

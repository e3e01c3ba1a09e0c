"""How the scores of the leads that two runs share differ."""

from collections.abc import Collection

import numpy as np

from reporting.text.whatif.difference_figures import ScoreChange
from runs.differences.side import Side

SAME = 1e-9
"""Difference of log odds, or relative of values, below which they are the same."""


def score_change(
    before: Side, after: Side, altered: Collection[str]
) -> ScoreChange | None:
    """Return how the scores changed; None where no lead is the same in both.

    Parameters
    ----------
    altered
        Leads with other cells, whose scores are others for that.
    """
    common = after.lead_ids.intersection(before.lead_ids, sort=False)
    common = common[~common.isin(list(altered))]
    if not len(common):
        return None
    old, new = before.lead_ids.get_indexer(common), after.lead_ids.get_indexer(common)
    p_old = before.scores.with_average_rep()[old]
    p_new = after.scores.with_average_rep()[new]
    moved = np.abs(p_new - p_old)
    most = int(moved.argmax())
    value_old, value_new = before.value[old], after.value[new]
    return ScoreChange(
        len(common),
        int((moved > SAME).sum()),
        float(p_old.mean()),
        float(p_new.mean()),
        float((p_new - p_old)[most]),
        str(common[most]),
        _reps_moved(before, after, old, new),
        int((~np.isclose(value_old, value_new, rtol=SAME, atol=0)).sum()),
    )


def _reps_moved(before: Side, after: Side, old: np.ndarray, new: np.ndarray) -> bool:
    """Tell whether what shared reps add to some shared lead is different."""
    common = after.rep_ids.intersection(before.rep_ids, sort=False)
    rep_old = before.rep_ids.get_indexer(common)
    rep_new = after.rep_ids.get_indexer(common)
    if not np.allclose(
        before.scores.rep[rep_old], after.scores.rep[rep_new], atol=SAME
    ):
        return True
    n = len(old)
    for one, other in zip(rep_old, rep_new, strict=True):
        added = before.scores.interaction(old, np.full(n, one))
        if not np.allclose(
            added, after.scores.interaction(new, np.full(n, other)), atol=SAME
        ):
            return True
    return False

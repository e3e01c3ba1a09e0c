"""A lead of a day drawn by lot: what the lot did, beside what the optimum does."""

from dataclasses import replace

from runs.reopening import Reopened
from solver import Explanation, Reason


def as_drawn(explained: Explanation, run: Reopened) -> Explanation:
    """Return why the lot sent a lead where it did.

    What forcing a rep costs stays as it is: against the optimum.

    Parameters
    ----------
    explained
        Why the optimum does with the lead what it does.
    run
        The run, which has an experiment.
    """
    given = run.rows("assignments.csv", "rep_id", "backup_rep_id", "reason")
    for row in given:
        if row["lead_id"] == explained.lead_id:
            return _given(explained, row)
    left_over = run.rows("unassigned.csv", "reason", "detail")
    row = next(row for row in left_over if row["lead_id"] == explained.lead_id)
    if row["reason"] != Reason.UNASSIGNED_BY_RANDOMISATION:
        return explained
    return replace(_with_rep(explained, ""), reason=row["reason"], detail=row["detail"])


def _given(explained: Explanation, row: dict[str, str]) -> Explanation:
    likely = f"with probability {float(row['propensity']):.4g}"
    best = explained.rep_id
    if row["rep_id"] == best:
        return replace(explained, reason=row["reason"], detail=likely)
    instead = f"gives it to {best}" if best else "leaves it over"
    moved = _with_rep(explained, row["rep_id"], row["backup_rep_id"])
    moved = replace(
        moved, reason=row["reason"], detail=f"{likely}; the optimum {instead}"
    )
    if best:
        return moved
    return replace(moved, skipping=0.0, skipping_is_proven=True)


def _with_rep(explained: Explanation, rep_id: str, backup: str = "") -> Explanation:
    """Return the explanation as if this rep, or nobody, had been chosen."""
    alternatives = tuple(
        replace(each, is_chosen=each.rep_id == rep_id)
        for each in explained.alternatives
    )
    return replace(
        explained,
        rep_id=rep_id,
        backup_rep_id=backup,
        alternatives=alternatives,
        remedies=(),
    )

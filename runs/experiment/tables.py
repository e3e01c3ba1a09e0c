"""A randomised assignment as tables: all propensities, the draw, and the optimum."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from solver import Choice, Reason, Solution
from solver.randomised import Draw, Marginals, RandomisedAssignment

UNASSIGNED = ""
ROOM_LEFT = "room is left"


def propensity_table(randomised: RandomisedAssignment, draw: Draw) -> pd.DataFrame:
    """Return one row per lead, rep and arm that could be drawn.

    Returns
    -------
    DataFrame
        ``lead_id``, ``rep_id`` ("" for unassigned), ``arm``, ``probability`` of that
        rep and that arm together, and whether it was ``drawn``. The probabilities of
        a lead sum to one.
    """
    arms = [
        _rows(marginals, share).assign(arm=arm)
        for arm, (share, marginals) in randomised.arms.items()
    ]
    rows = pd.concat(arms, ignore_index=True)
    lead = rows["lead"].to_numpy()
    drawn_rep, drawn_arm = draw.solution.rep_of[lead], draw.arm[lead]
    rows["drawn"] = (rows["rep"] == drawn_rep) & (rows["arm"] == drawn_arm)
    rows = rows.sort_values(["lead", "arm", "rep"], ascending=[True, False, True])
    lead, rep = rows["lead"].to_numpy(), rows["rep"].to_numpy()
    problem = randomised.problem
    return pd.DataFrame(
        {
            "lead_id": problem.lead_ids[lead],
            "rep_id": np.append(problem.rep_ids, UNASSIGNED)[rep],
            "arm": rows["arm"].to_numpy(dtype=object),
            "probability": rows["probability"].to_numpy(),
            "drawn": rows["drawn"].to_numpy(),
        }
    )


def optimum_table(optimum: Solution) -> pd.DataFrame:
    """Return lead_id and rep_id of what the optimum would have assigned."""
    rep = optimum.rep_of[optimum.assigned]
    return pd.DataFrame(
        {
            "lead_id": optimum.problem.lead_ids[optimum.assigned],
            "rep_id": optimum.problem.rep_ids[rep],
        }
    )


def drawn_choices(
    choice: NDArray[np.object_], is_control: NDArray[np.bool_], *, is_random: bool
) -> NDArray[np.object_]:
    """Return why each lead has its rep, the draw told apart from the optimum.

    Parameters
    ----------
    choice
        Why, had the optimum assigned it, shape (n_assigned,).
    is_control
        Whether it is in the control arm, shape (n_assigned,).
    is_random
        Whether the optimal arm was drawn from several allocations.
    """
    choice = np.array(choice, dtype=object)
    if is_random:
        choice[choice == Choice.BEST_TOGETHER] = Choice.RANDOMISED_UNDER_CAP
    choice[is_control] = Choice.CONTROL_POLICY
    return choice


def drawn_unassigned(table: pd.DataFrame, best: Mapping[str, str]) -> pd.DataFrame:
    """Return why each lead has no rep: the draw, where the optimum assigns it.

    Parameters
    ----------
    table
        As :func:`solver.unassigned_leads` has it.
    best
        Lead id -> rep id, of the leads that the optimum assigns.
    """
    rep_id = table["lead_id"].map(best).fillna("")
    by_draw = (rep_id != "") | (table["reason"] == Reason.ROOM_LEFT)
    detail = np.where(rep_id != "", "the optimum assigns it to " + rep_id, ROOM_LEFT)
    code = Reason.UNASSIGNED_BY_RANDOMISATION
    return table.assign(
        reason=np.where(by_draw, code, table["reason"]),
        detail=np.where(by_draw, detail, table["detail"]),
    )


def _rows(marginals: Marginals, share: float) -> pd.DataFrame:
    """Return position of lead and rep, -1 for none, with their probability."""
    problem = marginals.problem
    pairs = np.flatnonzero(marginals.part)
    without = np.flatnonzero(marginals.unassigned)
    part = np.concatenate([marginals.part[pairs], marginals.unassigned[without]])
    return pd.DataFrame(
        {
            "lead": np.concatenate([problem.lead[pairs], without]),
            "rep": np.concatenate([problem.rep[pairs], np.full(len(without), -1)]),
            "probability": share * (part / marginals.whole),
        }
    )

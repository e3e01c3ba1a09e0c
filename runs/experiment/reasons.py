"""Why a lead went where the lot sent it, told apart from what the optimum chose."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from runs.experiment.drawing import Drawn
from solver import Choice, Reason


def draw_reasons(drawn: Drawn, chosen: pd.DataFrame) -> NDArray[np.object_]:
    """Return why each lead has its rep, shape (n_assigned,).

    Parameters
    ----------
    chosen
        What was given out, as :func:`solver.explain.assigned` has it.
    """
    lead = drawn.lottery.problem.lead[chosen["pair"].to_numpy()]
    reason = np.array(chosen["reason"], dtype=object)
    if drawn.is_capped:
        reason[reason == Choice.BEST_TOGETHER] = Choice.RANDOMISED_UNDER_CAP
    reason[drawn.draw.is_control[lead]] = Choice.CONTROL_POLICY
    return reason


def draw_leftovers(drawn: Drawn, leftovers: pd.DataFrame) -> pd.DataFrame:
    """Return why each lead has no rep: the lot, where the optimum gives it out.

    Parameters
    ----------
    leftovers
        Who has none, as :func:`solver.explain.unassigned` has it.
    """
    problem, rep_of = drawn.lottery.problem, drawn.optimum.solution.rep_of
    named = np.append(problem.rep_ids, "")
    best = pd.Series(named[rep_of], problem.lead_ids)[leftovers["lead_id"]].to_numpy()
    by_lot = (best != "") | (leftovers["reason"] == Reason.ROOM_LEFT)
    instead = np.where(best != "", "the optimum gives it to " + best, "room is left")
    return leftovers.assign(
        reason=np.where(
            by_lot, Reason.UNASSIGNED_BY_RANDOMISATION, leftovers["reason"]
        ),
        detail=np.where(by_lot, instead, leftovers["detail"]),
    )

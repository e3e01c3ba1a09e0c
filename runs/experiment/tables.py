"""The lottery of a run as tables: what could have been drawn, and what was."""

import numpy as np
import pandas as pd

from runs.experiment.drawing import Drawn
from solver.randomised import Marginals

LEFT_OVER = ""


def lottery_table(drawn: Drawn) -> pd.DataFrame:
    """Return one row per lead, rep and arm that could be drawn.

    Returns
    -------
    DataFrame
        ``lead_id``, ``rep_id`` ("" for being left over), ``arm``, ``probability``
        of that rep and that arm together, and whether it was ``drawn``. The
        probabilities of a lead sum to one.
    """
    lottery, draw = drawn.lottery, drawn.draw
    arms = [
        _rows(marginals, share).assign(arm=arm)
        for arm, (share, marginals) in lottery.arms.items()
    ]
    rows = pd.concat(arms, ignore_index=True)
    lead = rows["lead"].to_numpy()
    drawn_rep, drawn_arm = draw.solution.rep_of[lead], draw.arm[lead]
    rows["drawn"] = (rows["rep"] == drawn_rep) & (rows["arm"] == drawn_arm)
    rows = rows.sort_values(["lead", "arm", "rep"], ascending=[True, False, True])
    lead, rep = rows["lead"].to_numpy(), rows["rep"].to_numpy()
    return pd.DataFrame(
        {
            "lead_id": lottery.problem.lead_ids[lead],
            "rep_id": np.append(lottery.problem.rep_ids, LEFT_OVER)[rep],
            "arm": rows["arm"].to_numpy(dtype=object),
            "probability": rows["probability"].to_numpy(),
            "drawn": rows["drawn"].to_numpy(),
        }
    )


def optimum_table(drawn: Drawn) -> pd.DataFrame:
    """Return lead_id and rep_id of what had been given out without the experiment."""
    solution = drawn.optimum.solution
    rep = solution.rep_of[solution.assigned]
    return pd.DataFrame(
        {
            "lead_id": solution.problem.lead_ids[solution.assigned],
            "rep_id": solution.problem.rep_ids[rep],
        }
    )


def _rows(marginals: Marginals, share: float) -> pd.DataFrame:
    """Return position of lead and rep, -1 for none, with their probability."""
    problem = marginals.problem
    pairs = np.flatnonzero(marginals.part)
    past = np.flatnonzero(marginals.left_over)
    part = np.concatenate([marginals.part[pairs], marginals.left_over[past]])
    return pd.DataFrame(
        {
            "lead": np.concatenate([problem.lead[pairs], past]),
            "rep": np.concatenate([problem.rep[pairs], np.full(len(past), -1)]),
            "probability": share * (part / marginals.whole),
        }
    )

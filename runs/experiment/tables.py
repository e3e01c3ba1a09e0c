"""A randomised assignment as tables: all propensities, the draw, and the optimum."""

import numpy as np
import pandas as pd

from solver import Solution
from solver.randomised import Draw, Marginals, RandomisedAssignment

UNASSIGNED = ""


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

"""The tables of a decided day: owners, load and dual prices."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scoring import PairScores
from solver import Day, Result, Solution
from solver.engines.flow.joint_prices import bounds_around


def assignment_table(
    day: Day,
    assigned: pd.DataFrame,
    scores: PairScores,
    *,
    arm: NDArray[np.object_],
    propensity: NDArray[np.float64],
    reason: NDArray[np.object_],
) -> pd.DataFrame:
    """Return one row per lead with an owner, as in ``assignments.csv``.

    Parameters
    ----------
    assigned
        As :func:`solver.assigned_leads` has it.
    scores
        Log odds of every pair.
    arm, propensity, reason
        Shape (n_assigned,); how each lead was assigned, and why.
    """
    problem, reps = day.problem, day.crm.reps
    pair = assigned["pair"].to_numpy()
    team = dict(zip(reps["rep_id"], reps["team"], strict=True))
    return pd.DataFrame(
        {
            "lead_id": assigned["lead_id"],
            "rep_id": assigned["rep_id"],
            "backup_rep_id": assigned["backup_rep_id"],
            "team": assigned["rep_id"].map(team).astype(object),
            "p_convert": scores.probability(problem.lead[pair], problem.rep[pair]),
            "value": problem.value[pair],
            "arm": arm,
            "propensity": propensity,
            "reason": reason,
        }
    )


def load_table(day: Day, solution: Solution) -> pd.DataFrame:
    """Return one row per rep: rep_id, name, team, capacity, slots_used and slotless.

    The capacity is the rep's slots today, be they hard or soft; NaN where no rule
    limits them for all leads.
    """
    least = np.min([day.problem.capacity, *day.slot_limits], axis=0)
    slots = np.where(day.available, least, 0).astype(float)
    if not day.slot_limits:
        slots[day.available] = np.nan
    return day.crm.reps[["rep_id", "name", "team"]].assign(
        capacity=slots,
        slots_used=solution.slots_used,
        slotless=solution.load - solution.slots_used,
    )


def price_table(result: Result) -> pd.DataFrame:
    """Return the dual price of each slot and limit, as in ``prices.csv``.

    Exact prices that hold only with one more of further rows name these: ``together``.
    """
    problem = result.solution.problem
    rows = [
        *(("rep_slot", rep_id, "") for rep_id in problem.rep_ids),
        *((limit.what, limit.key, limit.rule) for limit in problem.limits),
    ]
    together = [
        "; ".join(" ".join(filter(None, rows[place])) for place in around)
        for around in bounds_around(result)
    ]
    table = pd.DataFrame(rows, columns=["what", "key", "rule"])
    price = np.concatenate([result.price, result.limit_price])
    table.insert(2, "price", price)
    return table.assign(together=together)


def in_words(frame: pd.DataFrame, text: Callable[[str], str]) -> pd.DataFrame:
    """Return a table with the codes of its reasons in words."""
    codes = frame["reason"].map(str)
    words = {code: text(code) for code in codes.unique()}
    return frame.assign(reason=[words[code] for code in codes])

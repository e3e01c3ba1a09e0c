"""Policies side by side on one problem, each held to the same rules."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from evaluation.labels import EXPECTED, TRUE
from solver import POLICIES, Day, PairWorth, Solution, violations


def compare_policies(
    day: Day,
    policies: Sequence[str],
    seed: int,
    expected: PairWorth,
    truth: PairWorth | None = None,
) -> pd.DataFrame:
    """Return one row per policy: what it distributed, how evenly, what to expect.

    Parameters
    ----------
    day
        The problem, the same for all.
    policies
        Names of :data:`solver.POLICIES`.
    seed
        Every policy draws from its own generator of this seed.
    expected
        P(convert) as the model believes it.
    truth
        P(convert) as it really is, in a world where that is known.

    Returns
    -------
    DataFrame
        ``policy``, ``assigned``, ``left over``, ``least load`` and ``most load``
        (leads per rep at work), ``violations``, :data:`EXPECTED` and, with a
        truth, :data:`TRUE` (both in conversions).
    """
    rows = []
    for name in policies:
        solution = POLICIES[name](day.problem, np.random.default_rng(seed))
        rows.append({"policy": name, **_row(day, solution, expected, truth)})
    return pd.DataFrame(rows)


def _row(
    day: Day, solution: Solution, expected: PairWorth, truth: PairWorth | None
) -> dict[str, int | float]:
    load = solution.load[day.available]
    row: dict[str, int | float] = {
        "assigned": solution.n_assigned,
        "left over": solution.n_unassigned,
        "least load": int(load.min(initial=solution.n_assigned)),
        "most load": int(load.max(initial=0)),
        "violations": len(violations(day.crm, day.rules, _owner(day, solution))),
        EXPECTED: _sum(solution, expected),
    }
    return row if truth is None else {**row, TRUE: _sum(solution, truth)}


def _sum(solution: Solution, worth: PairWorth) -> float:
    leads = np.flatnonzero(solution.assigned)
    return float(worth(leads, solution.rep_of[leads]).sum())


def _owner(day: Day, solution: Solution) -> dict[str, str]:
    leads = np.flatnonzero(solution.assigned)
    reps = day.problem.rep_ids[solution.rep_of[leads]]
    return dict(zip(day.problem.lead_ids[leads], reps, strict=True))

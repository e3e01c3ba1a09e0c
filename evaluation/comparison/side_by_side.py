"""Policies side by side on one problem, under the same rules."""

from collections.abc import Iterable, Mapping, Sequence
from time import perf_counter

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.comparison.figures import (
    CUT_SHORT,
    WANTED,
    Figures,
    PolicyFigures,
    shuffled_label,
)
from evaluation.interval import Interval
from evaluation.labels import BASELINE, EXPECTED, MEASURED, TRUTH
from solver import POLICIES, Day, PairValue, Policy, named_policies
from solver.problem.deadline import Deadline

LIFT = f"{TRUTH}: lift"
OPTIMUM = 0.5
"""Part of the time limit that the other policies leave to the optimum."""


def compare_policies(
    day: Day,
    policies: Sequence[str | Policy],
    *,
    expected: PairValue,
    truth: PairValue | None = None,
    measured: Mapping[str, Interval] | None = None,
    label: str = MEASURED,
    seed: int,
    time_limit: float = 60.0,
) -> pd.DataFrame:
    """Return one row per policy: what it assigns, how evenly, what to expect of it.

    All policies but the optimum draw the order of reps or leads; their figures are
    means over draws. Where time runs out, draws are fewer, or repaired less well, and
    the optimum may not be found; the table says so.

    Parameters
    ----------
    day
        The problem, the same for all.
    policies
        Names of :data:`solver.POLICIES`, or callables ``(problem, rng) -> Solution``.
    expected
        P(convert) as the model predicts it.
    truth
        The true P(convert), in a world where that is known.
    measured
        Policy -> its lift over the baseline by evidence, where there is any.
    label
        What these lifts are called: :data:`MEASURED`, or :data:`SUGGESTED` where
        propensities are assumed.
    seed
        Every policy draws from its own generators of this seed.
    time_limit
        Seconds for all policies together. The optimum has half of them, and what the
        others leave.

    Returns
    -------
    DataFrame
        ``policy`` and its ``draws``; ``assigned``, ``unassigned``, ``least load`` and
        ``most load`` (leads per rep at work); ``violations``; ``gini`` and
        ``min/max`` of rep-neutral value per available hour; ``seconds`` each draw
        took; :data:`EXPECTED` and, with a truth, :data:`TRUTH` (both in conversions),
        and the ``spread`` of each, its standard deviation over draws.

        What each is beyond :data:`BASELINE`, as a share of the latter's, comes in two
        parts, ``matching`` and ``utilisation``, as of :mod:`.decomposition`: of
        ground truth they add up to :data:`LIFT`. Of evidence, :data:`MEASURED` with
        its ``low`` and ``high`` end, missing where there is none.

        Only where time ran out, :data:`WANTED`, the draws that were to be made, and
        :data:`CUT_SHORT`, those made that more time could change: the optimum not
        proven, or a repair that may not be the nearest.

    Raises
    ------
    ValueError
        If a policy is unknown, or two have one name.
    """
    deadline, chosen = Deadline.after(time_limit), named_policies(policies)
    values = _values(day, expected, truth)
    figures = _figures(PolicyFigures(day, values), chosen, seed, deadline)
    base, rows = figures[BASELINE], []
    for name in chosen:
        own = figures[name]
        row = {key: own[key] for key in own if key not in map(shuffled_label, values)}
        for kind in values:
            row |= _beyond(own, base, kind)
        rows.append({"policy": name, **row})
    compared = _told(pd.DataFrame(rows))
    if measured is None:
        return compared
    return compared.join(_evidence(chosen, measured, label))


def _figures(
    of: PolicyFigures, chosen: Mapping[str, Policy], seed: int, deadline: Deadline
) -> dict[str, Figures]:
    """Return policy -> its figures; the optimum comes last, with the time left.

    The baseline and the optimum are always drawn, the others while there is time.
    """
    policies = {BASELINE: POLICIES[BASELINE], **chosen}
    optimum = [name for name in policies if policies[name] is POLICIES["optimal"]]
    others = [name for name in policies if name not in optimum]
    before, shortest = deadline.part(1 - OPTIMUM if optimum else 1.0), 0.0
    figures: dict[str, Figures] = {}
    for place, name in enumerate(others):
        if before.seconds < shortest:
            figures[name] = of.undrawn(figures[BASELINE])
            continue
        began, own = perf_counter(), before.part(1 / (len(others) - place))
        figures[name] = of.means(policies[name], seed, own, is_optimum=False)
        took = perf_counter() - began
        shortest = min(shortest or took, took)
    for name in optimum:
        figures[name] = of.means(policies[name], seed, deadline, is_optimum=True)
    return figures


def _told(compared: pd.DataFrame) -> pd.DataFrame:
    """Return the table, with what time cut short where it did."""
    is_whole = (compared["draws"] == compared[WANTED]) & (compared[CUT_SHORT] == 0)
    return compared.drop(columns=[WANTED, CUT_SHORT]) if is_whole.all() else compared


def _values(
    day: Day, expected: PairValue, truth: PairValue | None
) -> dict[str, NDArray[np.float64]]:
    pairs = day.problem.lead, day.problem.rep
    values = {EXPECTED: expected(*pairs)}
    return values if truth is None else values | {TRUTH: truth(*pairs)}


def _beyond(own: Figures, base: Figures, label: str) -> Figures:
    """Return the relative lift over the baseline in its parts."""
    shuffled, unit = shuffled_label(label), base[label] or np.nan
    lift = (own[label] - base[label]) / unit
    utilisation = (own[shuffled] - base[shuffled]) / unit
    matching = lift - utilisation
    parts = {f"{label}: matching": matching, f"{label}: utilisation": utilisation}
    return {LIFT: lift, **parts} if label == TRUTH else parts


def _evidence(
    policies: Iterable[str], measured: Mapping[str, Interval], label: str
) -> pd.DataFrame:
    unknown = Interval(np.nan, np.nan, np.nan)
    lifts = [measured.get(name, unknown) for name in policies]
    return pd.DataFrame(
        {
            label: [lift.estimate for lift in lifts],
            f"{label}: low": [lift.low for lift in lifts],
            f"{label}: high": [lift.high for lift in lifts],
        }
    )

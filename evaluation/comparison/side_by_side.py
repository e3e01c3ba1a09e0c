"""Policies side by side on one problem, under the same rules."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.comparison.figures import Figures, PolicyFigures, shuffled_label
from evaluation.interval import Interval
from evaluation.labels import EXPECTED, MEASURED, TRUTH
from solver import POLICIES, Day, PairValue, Policy, named_policies

BASELINE = "round_robin"
"""The policy that all others are compared with."""
LIFT = f"{TRUTH}: lift"


def compare_policies(
    day: Day,
    policies: Sequence[str | Policy],
    *,
    expected: PairValue,
    truth: PairValue | None = None,
    measured: Mapping[str, Interval] | None = None,
    seed: int,
) -> pd.DataFrame:
    """Return one row per policy: what it assigns, how evenly, what to expect of it.

    All policies but the optimum draw the order of reps or leads; their figures are
    means over draws.

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
    seed
        Every policy draws from its own generators of this seed.

    Returns
    -------
    DataFrame
        ``policy`` and its ``draws``; ``assigned``, ``unassigned``, ``least load`` and
        ``most load`` (leads per rep at work); ``violations``; ``gini`` and
        ``min/max`` of rep-neutral value per available hour; ``seconds`` each draw
        took; :data:`EXPECTED` and, with a truth, :data:`TRUTH` (both in conversions).

        What each is beyond :data:`BASELINE`, as a share of the latter's, comes in two
        parts, ``matching`` and ``utilisation``, as of :mod:`.decomposition`: of
        ground truth they add up to :data:`LIFT`. Of evidence, :data:`MEASURED` with
        its ``low`` and ``high`` end, missing where there is none.

    Raises
    ------
    ValueError
        If a policy is unknown, or two have one name.
    """
    chosen = named_policies(policies)
    values = _values(day, expected, truth)
    figures = PolicyFigures(day, values)
    base = figures.means(POLICIES[BASELINE], seed, is_optimum=False)
    rows = []
    for name, policy in chosen.items():
        own = base
        if policy is not POLICIES[BASELINE]:
            is_optimum = policy is POLICIES["optimal"]
            own = figures.means(policy, seed, is_optimum=is_optimum)
        row = {key: own[key] for key in own if key not in map(shuffled_label, values)}
        for label in values:
            row |= _beyond(own, base, label)
        rows.append({"policy": name, **row})
    compared = pd.DataFrame(rows)
    return compared if measured is None else compared.join(_evidence(chosen, measured))


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
    policies: Iterable[str], measured: Mapping[str, Interval]
) -> pd.DataFrame:
    unknown = Interval(np.nan, np.nan, np.nan)
    lifts = [measured.get(name, unknown) for name in policies]
    return pd.DataFrame(
        {
            MEASURED: [lift.estimate for lift in lifts],
            f"{MEASURED}: low": [lift.low for lift in lifts],
            f"{MEASURED}: high": [lift.high for lift in lifts],
        }
    )

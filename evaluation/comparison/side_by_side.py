"""Policies side by side on one problem, each held to the same rules."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.comparison.figures import Figures, Tryout, beside
from evaluation.interval import Interval
from evaluation.labels import EXPECTED, MEASURED, TRUE
from solver import Day, PairValue

BASELINE = "round_robin"
"""What every policy is held against."""
LIFT = f"{TRUE}: lift"


def compare_policies(
    day: Day,
    policies: Sequence[str],
    seed: int,
    expected: PairValue,
    truth: PairValue | None = None,
    measured: Mapping[str, Interval] | None = None,
) -> pd.DataFrame:
    """Return one row per policy: what it distributed, how evenly, what to expect.

    Policies leave the order of reps or leads to chance, but for the optimum; their
    figures are means over draws.

    Parameters
    ----------
    day
        The problem, the same for all.
    policies
        Names of :data:`solver.POLICIES`.
    seed
        Every policy draws from its own generators of this seed.
    expected
        P(convert) as the model believes it.
    truth
        P(convert) as it really is, in a world where that is known.
    measured
        Policy -> its lift over the baseline by evidence, where there is any.

    Returns
    -------
    DataFrame
        ``policy`` and its ``draws``; ``assigned``, ``left over``, ``least load`` and
        ``most load`` (leads per rep at work); ``violations``; ``gini`` and
        ``min/max`` of rep-neutral worth per available hour; ``seconds`` each draw
        took; :data:`EXPECTED` and, with a truth, :data:`TRUE` (both in conversions).

        What each is beyond :data:`BASELINE`, as a share of the latter's, comes in two
        parts, ``matching`` and ``utilisation``, as of :mod:`.decomposition`: of
        known truth they add up to :data:`LIFT`. Of evidence, :data:`MEASURED` with
        its ``low`` and ``high`` end, missing where there is none.
    """
    tryout = Tryout(day, _worths(day, expected, truth))
    base = tryout.figures(BASELINE, seed)
    rows = []
    for name in policies:
        own = base if name == BASELINE else tryout.figures(name, seed)
        row = {key: own[key] for key in own if key not in map(beside, tryout.worth)}
        for label in tryout.worth:
            row |= _beyond(own, base, label)
        rows.append({"policy": name, **row})
    compared = pd.DataFrame(rows)
    return (
        compared if measured is None else compared.join(_evidence(policies, measured))
    )


def _worths(
    day: Day, expected: PairValue, truth: PairValue | None
) -> dict[str, NDArray[np.float64]]:
    pairs = day.problem.lead, day.problem.rep
    worth = {EXPECTED: expected(*pairs)}
    return worth if truth is None else worth | {TRUE: truth(*pairs)}


def _beyond(own: Figures, base: Figures, label: str) -> Figures:
    """Return the parts of what a policy is worth beyond the baseline."""
    unit = base[label] or np.nan
    whole = (own[label] - base[label]) / unit
    used = (own[beside(label)] - base[beside(label)]) / unit
    parts = {f"{label}: matching": whole - used, f"{label}: utilisation": used}
    return {LIFT: whole, **parts} if label == TRUE else parts


def _evidence(
    policies: Sequence[str], measured: Mapping[str, Interval]
) -> pd.DataFrame:
    nothing = Interval(np.nan, np.nan, np.nan)
    found = [measured.get(name, nothing) for name in policies]
    return pd.DataFrame(
        {
            MEASURED: [each.estimate for each in found],
            f"{MEASURED}: low": [each.low for each in found],
            f"{MEASURED}: high": [each.high for each in found],
        }
    )

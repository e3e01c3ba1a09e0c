"""Whether it matters who gets the lead, and by how much."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import pandas as pd
from scipy.stats import chi2

from scoring.random_intercept import RandomIntercept

SIGNIFICANCE = 0.05
MATERIAL_SD = 0.25
DETECTION_Z = 1.645 + 0.842
ROWS_PER_PERIOD = 500
PERIOD_SD = 1.0


@dataclass(frozen=True)
class RepEffect:
    """What history says of its reps, on the logit scale.

    Attributes
    ----------
    rep_ids
        Reps with closed distributed leads, (n_reps,), by id.
    effect
        Shrunken effect of each rep, (n_reps,); all 0 unless `found`.
    n_leads
        Leads each rep was judged by, (n_reps,).
    sd
        Estimated spread of the reps' true effects.
    p_value
        How likely so much spread is if reps do not differ.
    detectable_sd
        The spread such a history would show four times in five; infinite if
        there is nothing to compare.
    observed_sd, noise_sd
        Spread of the reps' win rates, and what chance alone would give.
    chi2_p
        Chi-square p-value of equal win rates, leads not accounted for.
    lasts
        Whether nothing on newer leads speaks against it.
    """

    rep_ids: tuple[str, ...]
    effect: np.ndarray
    n_leads: np.ndarray
    sd: float
    p_value: float
    detectable_sd: float
    observed_sd: float
    noise_sd: float
    chi2_p: float
    lasts: bool = True

    @property
    def differs(self) -> bool:
        """Tell whether the reps of this history differ beyond noise."""
        return self.p_value <= SIGNIFICANCE

    @property
    def found(self) -> bool:
        """Tell whether the reps differ beyond noise, in a way that lasts."""
        return self.differs and self.lasts

    @property
    def finding(self) -> str:
        """One sentence: does who gets the lead matter measurably here?"""
        if self.found:
            return (
                f"Yes, who gets the lead matters measurably: reps differ by an sd of "
                f"{self.sd:.2f} in logits (p = {self.p_value:.2g})."
            )
        if self.differs:
            return (
                f"No, not in a way that lasts: reps differ by an sd of {self.sd:.2f} "
                f"in logits (p = {self.p_value:.2g}), yet what the older leads say of "
                "them makes the newest harder to predict."
            )
        if self.detectable_sd > MATERIAL_SD:
            return "Cannot tell whether who gets the lead matters: too little history."
        return (
            f"No, there is no rep effect beyond noise (p = {self.p_value:.2g}); "
            f"an sd of {self.detectable_sd:.2f} in logits would have shown."
        )

    def withdrawn(self) -> Self:
        """Return the same without effects, for they do not last."""
        return replace(self, effect=np.zeros(len(self.rep_ids)), lasts=False)

    def of(self, rep_ids: Sequence[str]) -> np.ndarray:
        """Return the effects of these reps, (n,); 0 for a rep without history."""
        place = pd.Index(self.rep_ids, dtype=object).get_indexer(
            pd.Index(rep_ids, dtype=object)
        )
        return np.append(self.effect, 0.0)[place]


def fit_rep_effect(
    offset: np.ndarray, won: np.ndarray, rep_id: Sequence[str]
) -> RepEffect:
    """Return the reps' effects beyond what their leads explain.

    Parameters
    ----------
    offset
        Log odds of each lead from a model that has not seen it, (n_rows,).
    won
        1.0 or 0.0, (n_rows,), in order of time: every period's offsets are first
        moved to its own win rate, lest a drift be taken for the reps of its day.
    rep_id
        Who had the lead, (n_rows,).
    """
    rep_ids, group = np.unique(np.asarray(rep_id, dtype=object), return_inverse=True)
    n_reps = len(rep_ids)
    model = RandomIntercept(without_drift(offset, won), won, group, n_reps)
    sd, p_value = model.estimate_sd() if n_reps > 1 else (0.0, 1.0)
    information = model.information(np.zeros(n_reps))
    observed_sd, noise_sd, chi2_p = win_rate_spread(won, group, n_reps)
    return RepEffect(
        rep_ids=tuple(rep_ids),
        effect=model.modes(sd) if p_value <= SIGNIFICANCE else np.zeros(n_reps),
        n_leads=np.bincount(group, minlength=n_reps),
        sd=sd,
        p_value=p_value,
        detectable_sd=detectable_sd(information) if n_reps > 1 else np.inf,
        observed_sd=observed_sd,
        noise_sd=noise_sd,
        chi2_p=chi2_p,
    )


def without_drift(offset: np.ndarray, won: np.ndarray) -> np.ndarray:
    """Return the offsets moved, period by period, to the win rate seen, (n_rows,)."""
    n_periods = max(1, len(won) // ROWS_PER_PERIOD)
    period = np.arange(len(won)) * n_periods // max(1, len(won))
    drift = RandomIntercept(offset, won, period, n_periods).modes(PERIOD_SD)
    return offset + drift[period]


def detectable_sd(information: np.ndarray) -> float:
    """Return the spread found with power 0.8 by a test at 0.05.

    Near no spread, the estimated variance has the standard error
    sqrt(2 / sum of squared information).
    """
    return float(np.sqrt(DETECTION_Z * np.sqrt(2 / np.sum(information**2))))


def win_rate_spread(
    won: np.ndarray, group: np.ndarray, n_groups: int
) -> tuple[float, float, float]:
    """Return the sd of win rates, the sd chance alone gives, and chi-square's p."""
    if n_groups < 2 or won.min() == won.max():
        return 0.0, 0.0, 1.0
    n = np.bincount(group, minlength=n_groups)
    rate = np.bincount(group, won, n_groups) / n
    mean = won.mean()
    noise = mean * (1 - mean) / n
    statistic = np.sum((rate - mean) ** 2 / noise)
    p_value = chi2.sf(statistic, n_groups - 1)
    return float(rate.std(ddof=1)), float(np.sqrt(noise.mean())), float(p_value)

"""Who closes the leads they find but not the leads they are given, or the reverse."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm

from crm import listed
from scoring.history import is_distributed, is_won
from scoring.origins.effects import SIGNIFICANCE, OriginEffects, fit_origin_effects
from scoring.origins.given import shrunken_conversion

Z = norm.isf(SIGNIFICANCE / 2)
MIN_OF_KIND = 20
MAX_NAMED = 5


@dataclass(frozen=True)
class RepOrigins:
    """One rep's leads of both kinds.

    Attributes
    ----------
    rep_id
        The rep.
    n_given, won_given, n_found, won_found
        Closed leads given to the rep and found by them, and the won ones of each.
    rate_given, rate_found
        Share won, chance taken off, as in
        :func:`scoring.origins.given.given_conversion`.
    difference, low, high
        What the rep adds to the log odds of leads given less what they add to
        those found, both relative to the company and shrunken; 95 % interval.
    adjusted_p
        How likely so great a difference is by chance, beside all other reps
        (Holm); 1 for a rep with too few leads of one kind.
    """

    rep_id: str
    n_given: int
    won_given: int
    n_found: int
    won_found: int
    rate_given: float
    rate_found: float
    difference: float
    low: float
    high: float
    adjusted_p: float

    @property
    def prefers_found(self) -> bool:
        """Tell whether the rep closes their own leads but not the ones given."""
        return self.adjusted_p <= SIGNIFICANCE and self.high < 0

    @property
    def prefers_given(self) -> bool:
        """Tell whether the rep closes the leads given but not their own."""
        return self.adjusted_p <= SIGNIFICANCE and self.low > 0


@dataclass(frozen=True)
class OriginFinding:
    """How leads given and leads found differ, by rep.

    Attributes
    ----------
    rate_given, rate_found
        Share won in the whole company; NaN where not known.
    reps
        One row per rep; empty where history cannot compare the two kinds.
    """

    rate_given: float = np.nan
    rate_found: float = np.nan
    reps: tuple[RepOrigins, ...] = ()

    @property
    def sentence(self) -> str:
        """Who does better with leads of one kind, in words."""
        if not self.reps:
            return (
                "Cannot compare leads given with leads that reps found: history does "
                "not hold enough of both, won and lost."
            )
        own = [rep.rep_id for rep in self.reps if rep.prefers_found]
        given = [rep.rep_id for rep in self.reps if rep.prefers_given]
        parts = [
            f"{named(own)} better at closing leads they find" if own else "",
            f"{named(given)} better at closing leads they are given" if given else "",
        ]
        apart = " and ".join(part for part in parts if part)
        return (
            f"{self.rate_given:.0%} of the leads given were won, {self.rate_found:.0%} "
            f"of those that reps found. Beyond what that tells of all, "
            f"{apart or 'no rep is better with one kind than with the other'}."
        )


def find_origins(
    rows: pd.DataFrame, quality: np.ndarray | None = None
) -> OriginFinding:
    """Return who does better with leads of one kind than with the other.

    Parameters
    ----------
    rows
        Closed history, (n_rows,).
    quality
        Log odds of each row, whoever gets it, from models that have not seen it,
        (n_rows,): a rep is not blamed for poor leads. All alike if `None`.
    """
    given, won = is_distributed(rows), is_won(rows)
    if not all(is_enough(won[kind]) for kind in (given, ~given)):
        return OriginFinding()
    rep, rep_ids = pd.factorize(rows["rep_id"].to_numpy(dtype=object), sort=True)
    offset = np.zeros(len(rows)) if quality is None else quality
    effects = fit_origin_effects(offset, won, rep, given, len(rep_ids))
    return OriginFinding(
        rate_given=float(won[given].mean()),
        rate_found=float(won[~given].mean()),
        reps=rep_rows(rows, rep, rep_ids, effects),
    )


def is_enough(won: np.ndarray) -> bool:
    """Tell whether rows of one kind are many, some won and some lost."""
    return len(won) >= MIN_OF_KIND and 0 < won.sum() < len(won)


def rep_rows(
    rows: pd.DataFrame, rep: np.ndarray, rep_ids: np.ndarray, effects: OriginEffects
) -> tuple[RepOrigins, ...]:
    """Return the table, one row per rep."""
    given, won = is_distributed(rows), is_won(rows)
    n_given = np.bincount(rep[given], minlength=len(rep_ids))
    n_found = np.bincount(rep[~given], minlength=len(rep_ids))
    columns = {
        "rep_id": rep_ids,
        "n_given": n_given,
        "won_given": np.bincount(rep, given * won, len(rep_ids)).astype(int),
        "n_found": n_found,
        "won_found": np.bincount(rep, ~given * won, len(rep_ids)).astype(int),
        "rate_given": shrunken_conversion(rows[given], list(rep_ids)),
        "rate_found": shrunken_conversion(rows[~given], list(rep_ids)),
        "difference": effects.difference,
        "low": effects.difference - Z * effects.error,
        "high": effects.difference + Z * effects.error,
        "adjusted_p": effects.adjusted_p,
    }
    values = zip(*(column.tolist() for column in columns.values()), strict=True)
    return tuple(RepOrigins(*of) for of in values)


def named(rep_ids: list[str]) -> str:
    """Return the first of these reps, as the beginning of a sentence about them."""
    return f"{listed(rep_ids, MAX_NAMED)} {'is' if len(rep_ids) == 1 else 'are'}"

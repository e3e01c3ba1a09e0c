"""Scorers side by side over several worlds of a kind, with paired intervals."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from benchmarks.scoring_scorers import OURS
from benchmarks.scoring_trial import ScorerTrial, trial

LEADS_PER_REP = 375
SIZES = (50, 200, 500, 2_000)
CONFIDENCE = 0.95
FIGURES = (
    "captured",
    "expected_over_true",
    "expected_uplift",
    "true_uplift",
    "oracle_uplift",
    "seconds",
)


def figures(
    worlds: Iterable[str],
    sizes: Sequence[int],
    scorers: Iterable[str],
    n_seeds: int,
) -> Iterator[dict[str, Any]]:
    """Yield one row per world, size and scorer: mean figures, and ours against it.

    ``ours_less_this`` is what our share captured is more than this scorer's, in the
    same worlds, with its 95 % interval over the seeds.
    """
    for world in worlds:
        for size in sizes:
            for scorer in scorers:
                trials = [trial(world, size, scorer, seed) for seed in range(n_seeds)]
                row = {"world": world, "leads_per_rep": size, "scorer": scorer}
                for name in FIGURES:
                    row |= {name: mean([getattr(each, name) for each in trials])}
                if scorer != OURS:
                    row["ours_less_this"] = ahead(world, size, trials)
                yield row


def ahead(world: str, size: int, trials: Sequence[ScorerTrial]) -> list[float] | None:
    """Return how much more ours captures: mean, lower and upper end; or nothing."""
    us = [trial(world, size, OURS, seed).captured for seed in range(len(trials))]
    return interval(np.subtract(us, [each.captured for each in trials]))


def mean(values: Sequence[float]) -> float | None:
    """Return the mean; nothing where a value is missing."""
    average = float(np.mean(values))
    return average if np.isfinite(average) else None


def interval(differences: NDArray[np.float64]) -> list[float] | None:
    """Return the mean of paired differences and the ends of its interval.

    Nothing where a difference is missing or there is one only.
    """
    n = len(differences)
    if n < 2 or not np.isfinite(differences).all():
        return None
    middle = float(differences.mean())
    error = float(differences.std(ddof=1)) / np.sqrt(n)
    reach = float(t.ppf((1 + CONFIDENCE) / 2, n - 1)) * error
    return [middle, middle - reach, middle + reach]

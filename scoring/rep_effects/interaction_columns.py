"""The lead's columns that may interact with the rep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from scoring.lead_features.features import Features

QUALITY = "lead quality"
MAX_LEVELS = 15
MIN_SHARE = 0.02
WIDEST = 3.0


@dataclass(frozen=True)
class InteractionColumns:
    """Columns of a lead, centred, that each rep has a coefficient for.

    Numbers are in standard deviations and no further out than three, categories are
    one column per level; columns are 0 where nothing is known.

    Attributes
    ----------
    numeric
        Feature -> its mean and standard deviation.
    levels
        Feature -> the codes that have a column -> their share of the rows.
    quality
        Mean and standard deviation of the lead model's log odds, a feature, too;
        None where it is left out.
    """

    numeric: Mapping[str, tuple[float, float]]
    levels: Mapping[str, Mapping[int, float]]
    quality: tuple[float, float] | None

    @property
    def names(self) -> tuple[str, ...]:
        """Features with columns, in order of the columns."""
        quality = () if self.quality is None else (QUALITY,)
        return (*self.numeric, *self.levels, *quality)

    @property
    def feature(self) -> np.ndarray:
        """Feature of each column, from 1, (n_columns,) int."""
        counts = [1] * len(self.numeric) + [*map(len, self.levels.values())]
        counts += [] if self.quality is None else [1]
        return np.repeat(np.arange(1, len(counts) + 1), counts)

    def matrix(self, frame: pd.DataFrame, logit: np.ndarray) -> np.ndarray:
        """Return the columns of each lead, (n_leads, n_columns) float64.

        Parameters
        ----------
        frame
            What :meth:`scoring.lead_features.features.Features.frame` gives.
        logit
            Log odds of the lead model, (n_leads,).
        """
        columns = [
            standardised(frame[name].to_numpy(dtype=np.float64), *moments)
            for name, moments in self.numeric.items()
        ]
        for name, shares in self.levels.items():
            code = frame[name].to_numpy()
            known = np.isin(code, list(shares))
            columns += [
                np.where(known, (code == level) - share, 0.0)
                for level, share in shares.items()
            ]
        if self.quality is not None:
            columns.append(standardised(logit, *self.quality))
        return np.column_stack(columns) if columns else np.empty((len(frame), 0))

    def only(self, names: Sequence[str]) -> "InteractionColumns":
        """Return the columns of these features."""
        return InteractionColumns(
            {name: self.numeric[name] for name in self.numeric if name in names},
            {name: self.levels[name] for name in self.levels if name in names},
            self.quality if QUALITY in names else None,
        )


def choose_columns(
    features: Features,
    frame: pd.DataFrame,
    logit: np.ndarray,
    names: Sequence[str] | None = None,
) -> InteractionColumns:
    """Return the columns that history offers.

    Parameters
    ----------
    features, frame, logit
        The lead's features, the table of them, and the log odds of the lead model.
    names
        Features to take, an age by its time column; by default all that are the
        lead's own, not the moment of its creation, and have at most `MAX_LEVELS`
        frequent levels.
    """
    most = MAX_LEVELS if names is None else np.inf
    numeric = {
        name: moments(frame[name].to_numpy(dtype=np.float64))
        for name in features.numeric
        if names is None or name in names or features.ages.get(name) in names
    }
    levels = {
        name: frequent(frame[name].to_numpy())
        for name in features.categorical
        if names is None or name in names
    }
    return InteractionColumns(
        {name: (mean, sd) for name, (mean, sd) in numeric.items() if sd > 0},
        {name: share for name, share in levels.items() if 1 < len(share) <= most},
        moments(logit) if names is None and len(np.unique(logit)) > 1 else None,
    )


def moments(values: np.ndarray) -> tuple[float, float]:
    """Return mean and standard deviation of what is known; 0 and 0 for nothing."""
    known = values[np.isfinite(values)]
    if not len(known) or known.min() == known.max():
        return (float(known[0]) if len(known) else 0.0, 0.0)
    return float(known.mean()), float(known.std())


def frequent(code: np.ndarray) -> dict[int, float]:
    """Return the known levels with enough rows, and their share of them."""
    level, count = np.unique(code[code >= 0], return_counts=True)
    kept = count >= MIN_SHARE * len(code)
    share = count[kept] / max(count[kept].sum(), 1)
    return dict(zip(level[kept].tolist(), share.tolist(), strict=True))


def standardised(values: np.ndarray, mean: float, sd: float) -> np.ndarray:
    """Return the values in standard deviations, 0 where unknown."""
    return np.nan_to_num(np.clip((values - mean) / sd, -WIDEST, WIDEST))

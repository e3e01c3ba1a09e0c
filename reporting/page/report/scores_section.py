"""How likely the day's leads are to convert: the distribution of scores."""

from dataclasses import dataclass
from math import ceil

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.labels import EXPECTED
from reporting.page.report.grid import GridColumn, bar, grid
from reporting.page.report.section import PageSection, section

WIDTHS = (0.01, 0.02, 0.05, 0.1)
MOST_BANDS = 12
COLUMNS = (
    GridColumn("band", "P(convert)"),
    GridColumn("leads", "Leads", "count"),
    GridColumn("assigned", "Assigned", "count"),
    GridColumn("bar", "Assigned, of all", "html"),
)


@dataclass(frozen=True, eq=False)
class Scores:
    """How likely each lead of a day is to convert.

    Attributes
    ----------
    p_average
        Shape (n_leads,); with an average rep.
    is_assigned
        Shape (n_leads,).
    """

    p_average: NDArray[np.float64]
    is_assigned: NDArray[np.bool_]


def scores_section(scores: Scores) -> PageSection:
    """Return how many leads are of each band of probability, and how many assigned."""
    rows = bands_of(scores)
    most = float(rows["leads"].max())
    ends = rows[["assigned", "leads"]].itertuples(index=False)
    rows["bar"] = [bar(part, whole, most=most) for part, whole in ends]
    caption = f"Leads by what the model expects with an average rep ({EXPECTED})"
    return section(
        "scores",
        "How promising the leads are",
        median=float(np.median(scores.p_average)),
        low=float(np.quantile(scores.p_average, 0.1)),
        high=float(np.quantile(scores.p_average, 0.9)),
        table=grid(rows, COLUMNS, caption, narrow=True),
    )


def bands_of(scores: Scores) -> pd.DataFrame:
    """Return one row per band: ``band``, ``leads`` and ``assigned``.

    Bands are equally wide, at most :data:`MOST_BANDS`; the narrowest that suffice.
    """
    top = float(scores.p_average.max())
    width = next((w for w in WIDTHS if top <= w * MOST_BANDS), WIDTHS[-1])
    n_bands = max(1, ceil(round(top / width, 6)))
    place = np.minimum((scores.p_average / width).astype(int), n_bands - 1)
    first = np.arange(n_bands) * width
    return pd.DataFrame(
        {
            "band": [f"{low:.0%} to {low + width:.0%}" for low in first],
            "leads": np.bincount(place, minlength=n_bands),
            "assigned": np.bincount(place[scores.is_assigned], minlength=n_bands),
        }
    )

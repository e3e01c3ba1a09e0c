"""Territories against reps: who may have whose leads, and where nobody may."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from markupsafe import Markup
from numpy.typing import NDArray

from reporting.page.report.grid import GridColumn, grid
from reporting.page.report.section import PageSection, section

MOST_TERRITORIES, MOST_REPS = 30, 150
"""What the matrix has room for."""
COLUMNS = (
    GridColumn("territory", "Territory"),
    GridColumn("leads", "Leads", "count"),
    GridColumn("assigned", "Assigned", "count"),
    GridColumn("unassigned", "Unassigned", "count"),
    GridColumn("reps", "Reps", "count"),
    GridColumn("coverage", "Coverage"),
)


@dataclass(frozen=True, eq=False)
class Coverage:
    """The day's leads by territory, and the reps at work who may have them.

    Attributes
    ----------
    territories
        ``territory``, and of its leads today ``leads``, ``assigned``, ``unassigned``
        and ``reps``, those at work who may have one; the most leads first.
    reps
        The reps at work, by name and id.
    may_have, assigned
        Shape (n_reps, n_territories); whether a rep may have a lead of a territory
        today, and how many were assigned.
    """

    territories: pd.DataFrame
    reps: Sequence[str]
    may_have: NDArray[np.bool_]
    assigned: NDArray[np.int64]

    @property
    def holes(self) -> list[tuple[str, int]]:
        """Territories whose leads nobody may have, with their leads."""
        empty = self.territories[self.territories["reps"] == 0]
        return list(zip(empty["territory"], empty["leads"].tolist(), strict=True))


def coverage_section(coverage: Coverage) -> PageSection:
    """Return one row per territory, and the matrix of reps and territories."""
    territories = coverage.territories
    n_reps = territories["reps"]
    words = np.select(
        [n_reps == 0, n_reps == 1], ["hole: nobody", "one rep alone"], "covered"
    )
    return section(
        "coverage",
        "Territories and reps",
        holes=coverage.holes,
        thin=territories.loc[n_reps == 1, "territory"].tolist(),
        table=grid(
            territories.assign(coverage=words),
            COLUMNS,
            "Today's leads by territory, and the reps at work who may have one of them",
            narrow=True,
        ),
        matrix=_matrix(coverage),
        n_reps=len(coverage.reps),
        most_reps=MOST_REPS,
        n_territories=len(territories),
        most_territories=MOST_TERRITORIES,
    )


def _matrix(coverage: Coverage) -> Markup:
    shown = coverage.territories["territory"].head(MOST_TERRITORIES).tolist()
    cells = np.where(coverage.may_have, "·", " ").astype(object)
    has_some = coverage.assigned > 0
    cells[has_some] = coverage.assigned[has_some].astype(str)
    frame = pd.DataFrame(
        {"rep": pd.Series(coverage.reps, dtype=object)}
        | {str(place): cells[:, place] for place in range(len(shown))}
    )
    columns = [GridColumn("rep", "Rep")]
    columns += [GridColumn(str(place), name) for place, name in enumerate(shown)]
    caption = (
        "Leads of each territory that each rep at work was assigned today; a dot: may "
        "have one and got none; empty: may have none"
    )
    return grid(frame, columns, caption, most=MOST_REPS)

"""How fairly the day's leads are assigned, in plain words first."""

from collections.abc import Mapping

import pandas as pd
from markupsafe import Markup

from evaluation.fairness import HOURS, NEUTRAL, TIMES_FAIR, Fairness
from reporting.page.report.grid import GridColumn, grid
from reporting.page.report.section import PageSection, section
from reporting.text.words.people import rep_name

NEAR = (0.8, 1.25)
"""Between these times the fair share a rep is near it."""
TOP, BAND = "top leads", "band"
GROUP = (
    GridColumn("reps", "Reps", "count"),
    GridColumn("leads", "Leads", "count"),
    GridColumn(TIMES_FAIR, "Times fair share", "number"),
    GridColumn(TOP, "Top leads", "count"),
    GridColumn(BAND, "95 % band"),
)


def fairness_section(fairness: Fairness, names: Mapping[str, str]) -> PageSection:
    """Return each rep's part beside the fair one; figures of statistics in a fold.

    Parameters
    ----------
    names
        rep_id -> name.
    """
    rows = _banded(fairness.by_rep)
    rows["rep"] = [rep_name(rep_id, names) for rep_id in rows["rep_id"]]
    entitled = rows[(rows[HOURS] > 0) & rows[TIMES_FAIR].notna()]
    share = entitled[TIMES_FAIR]
    columns = [
        GridColumn("rep", "Rep"),
        GridColumn("team", "Team"),
        GridColumn(HOURS, f"{fairness.unit.capitalize()}s", "short"),
        GridColumn("leads", "Leads", "count"),
        GridColumn(NEUTRAL, "Their value", "number", NEUTRAL.capitalize()),
        GridColumn(TIMES_FAIR, "Times fair share", "number", NEUTRAL.capitalize()),
        GridColumn(TOP, "Top leads", "count"),
        GridColumn(BAND, "95 % band"),
        GridColumn("envies", "Envies", "count"),
    ]
    if not (rows["team"] != "").any():
        del columns[1]
    caption = "Each rep's leads beside the fair share of the same leads"
    return section(
        "fairness",
        "Fairness",
        fairness=fairness,
        n_near=int(share.between(*NEAR).sum()),
        n_reps=len(entitled),
        least=_named(entitled.nsmallest(1, TIMES_FAIR)),
        most=_named(entitled.nlargest(1, TIMES_FAIR)),
        near=NEAR,
        table=grid(rows, columns, caption),
        groups=[
            _group(name, table)
            for name, table in (
                ("team", fairness.by_team),
                ("seniority", fairness.by_seniority),
            )
            if len(table) > 1
        ],
    )


def _named(rows: pd.DataFrame) -> tuple[str, float] | None:
    if rows.empty:
        return None
    return str(rows["rep"].iloc[0]), float(rows[TIMES_FAIR].iloc[0])


def _banded(rows: pd.DataFrame) -> pd.DataFrame:
    ends = zip(rows[f"{TOP} from"], rows[f"{TOP} to"], strict=True)
    return rows.assign(**{BAND: [f"{low} to {high}" for low, high in ends]})


def _group(name: str, table: pd.DataFrame) -> Markup:
    rows = _banded(table).assign(**{name: [_level(each) for each in table[name]]})
    columns = [GridColumn(name, name.capitalize()), *GROUP]
    return grid(rows, columns, f"The same by {name}", narrow=True)


def _level(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else f"{value}"

"""How fairly leads are assigned, as text and JSON."""

from typing import Any

import pandas as pd

from evaluation import EXPECTED
from evaluation.fairness import HOURS, NEUTRAL, TIMES_FAIR, Fairness
from reporting.text.layout.json_record import record_of
from reporting.text.layout.layout import (
    aligned,
    counted,
    percents,
    table,
    whole_numbers,
)

GROUP_COLUMNS = ["leads", "leads per hour", NEUTRAL, TIMES_FAIR]
BAND = ["top leads from", "top leads to"]


def fairness_text(fairness: Fairness, frontier: pd.DataFrame | None = None) -> str:
    """Return the figures, the reps, the groups, and the frontier where it is given."""
    parts = [
        aligned(_figures(fairness)),
        _rows(fairness, fairness.by_rep, ["rep_id", "name", "team"], ["envies"]),
        *(
            _rows(fairness, groups, [name, "reps"], [])
            for name, groups in _groups(fairness).items()
            if len(groups)
        ),
        _legend(fairness),
    ]
    if frontier is not None:
        parts.append(_frontier(frontier))
    return "\n\n".join(parts)


def fairness_json(
    fairness: Fairness, frontier: pd.DataFrame | None = None
) -> dict[str, Any]:
    """Return the same as a record of JSON, every column included."""
    content = {
        "unit": fairness.unit,
        "gini": fairness.gini,
        "min_max_ratio": fairness.min_max,
        "gini_of_fair": fairness.gini_of_fair,
        "envious_pairs": fairness.n_envious,
        "outside_top_band": fairness.n_outside,
        "reps": fairness.by_rep.to_dict("records"),
        "teams": fairness.by_team.to_dict("records"),
        "seniorities": fairness.by_seniority.to_dict("records"),
    }
    if frontier is not None:
        content["price_of_fairness"] = frontier.to_dict("records")
    record: dict[str, Any] = record_of(content)
    return record


def _figures(fairness: Fairness) -> list[tuple[str, str]]:
    per = f"of {NEUTRAL} per {fairness.unit}"
    return [
        ("gini", f"{fairness.gini:.3f} {per}"),
        ("min/max", f"{fairness.min_max:.2f} {per}"),
        ("gini of fair", f"{fairness.gini_of_fair:.3f} given who may serve whom"),
        ("envy", f"{counted(fairness.n_envious, 'pair')} of reps, up to one lead"),
        (
            "top leads",
            f"{counted(fairness.n_outside, 'rep')} outside the 95 % band",
        ),
    ]


def _rows(
    fairness: Fairness, rows: pd.DataFrame, first: list[str], last: list[str]
) -> str:
    named = [name for name in first if rows[name].ne("").any()]
    ends = zip(*(rows[name] for name in BAND), strict=True)
    band = [f"{low} to {high}" for low, high in ends]
    shown = rows[[*named, HOURS, *GROUP_COLUMNS, "top leads"]]
    shown = shown.assign(**{"95 % band": band})
    by = {HOURS: f"{fairness.unit}s", "leads per hour": f"per {fairness.unit}"}
    return table(whole_numbers(shown.join(rows[last])).rename(columns=by))


def _groups(fairness: Fairness) -> dict[str, pd.DataFrame]:
    return {"team": fairness.by_team, "seniority": fairness.by_seniority}


def _legend(fairness: Fairness) -> str:
    unit = fairness.unit
    return (
        "Rep-neutral: each lead counts the same whoever its rep, by what the model\n"
        "expects with the mean of the reps who may serve it. The fair assignment\n"
        f"draws each lead's rep among these, in proportion to {unit}s.\n"
        f"{TIMES_FAIR}: the value over its mean under the fair assignment.\n"
        "95 % band: of the top leads under the fair assignment; about one rep in\n"
        "twenty is outside by chance. envies: colleagues whose leads, without the\n"
        f"best one, still have more value per {unit}, of those open to both."
    )


def _frontier(frontier: pd.DataFrame) -> str:
    if frontier.empty:
        return "No allocation was found, so fairness has no price here."
    proven = frontier["proven"].map({True: "yes", False: "no"})
    shown = percents(frontier, ["within", "kept", "at most"], ".1%")
    n_open = int(frontier["kept"].isna().sum())
    cut = f"\n\nCut short by the time limit: {counted(n_open, 'bound')} not solved."
    return (
        f"{table(shown.assign(proven=proven))}{cut * bool(n_open)}\n\n"
        f"within: how far any rep may be from the fair share. kept: part of the\n"
        f"optimum's {EXPECTED} that is kept; a longer search could keep at most that\n"
        "of the next column, where it is not proven."
    )

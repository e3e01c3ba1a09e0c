"""How fairly leads are given out, in tables for terminals and for machines."""

from typing import Any

import pandas as pd

from evaluation import EXPECTED
from evaluation.fairness.distribution import Fairness
from evaluation.fairness.lead_worth import NEUTRAL
from evaluation.fairness.panel import HOURS, TIMES_FAIR
from reporting.columns import percents, whole_numbers
from reporting.text import aligned, counted, table
from scoring.card.json_record import record_of

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
    """Return the same as JSON knows it, every column included."""
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
    found: dict[str, Any] = record_of(content)
    return found


def _figures(fairness: Fairness) -> list[tuple[str, str]]:
    per = f"of {NEUTRAL} per {fairness.unit}"
    return [
        ("gini", f"{fairness.gini:.3f} {per}"),
        ("min/max", f"{fairness.min_max:.2f} {per}"),
        ("gini of fair", f"{fairness.gini_of_fair:.3f} given who may serve whom"),
        ("envy", f"{counted(fairness.n_envious, 'pair')} of reps, up to one lead"),
        (
            "top leads",
            f"{counted(fairness.n_outside, 'rep')} outside the 95 % band of a lottery",
        ),
    ]


def _rows(
    fairness: Fairness, rows: pd.DataFrame, first: list[str], last: list[str]
) -> str:
    named = [name for name in first if rows[name].ne("").any()]
    ends = zip(*(rows[name] for name in BAND), strict=True)
    chance = [f"{low} to {high}" for low, high in ends]
    shown = rows[[*named, HOURS, *GROUP_COLUMNS, "top leads"]].assign(chance=chance)
    by = {HOURS: f"{fairness.unit}s", "leads per hour": f"per {fairness.unit}"}
    return table(whole_numbers(shown.join(rows[last])).rename(columns=by))


def _groups(fairness: Fairness) -> dict[str, pd.DataFrame]:
    return {"team": fairness.by_team, "seniority": fairness.by_seniority}


def _legend(fairness: Fairness) -> str:
    unit = fairness.unit
    return (
        "Rep-neutral: each lead counts the same whoever gets it, what the model\n"
        f"expects of it with the mean of the reps who may serve it. {TIMES_FAIR}:\n"
        f"that over what dealing the leads by {unit}s among those reps would give.\n"
        "chance: where 95 in 100 lotteries put the top leads; of twenty reps about\n"
        "one is outside by chance. envies: colleagues whose leads, without the best\n"
        f"one, are still worth more per {unit} to the rep, of those open to both."
    )


def _frontier(frontier: pd.DataFrame) -> str:
    if frontier.empty:
        return "No allocation was found, so fairness has no price here."
    proven = frontier["proven"].map({True: "yes", False: "no"})
    shown = percents(frontier, ["within", "kept", "at most"], ".1%")
    return (
        f"{table(shown.assign(proven=proven))}\n\n"
        f"within: how far any rep may be from the fair share. kept: part of the\n"
        f"optimum's {EXPECTED} that is kept; a longer search could keep at most that\n"
        "of the next column, where it is not proven."
    )

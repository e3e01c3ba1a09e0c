"""What policies won in synthetic worlds, in words and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from math import isfinite
from textwrap import fill
from typing import Any

import pandas as pd

from evaluation.labels import EXPECTED, MEASURED, TRUTH
from evaluation.simulation import (
    CONVERSIONS,
    HIGH,
    LOW,
    MATCHING,
    UTILISATION,
    Simulation,
    policy_table,
)
from reporting.text.evidence.verdicts import detectable_text
from reporting.text.layout.layout import counted, table

SURE = 0.05
"""A difference is measurable where its p-value is below this."""
_WIDTH = 90
_SHOWN = ("unassigned", CONVERSIONS)


def simulation_text(simulation: Simulation) -> str:
    """Return the table of a simulation, and what it says, for people."""
    return f"{table(_rows(simulation))}\n\n{simulation_finding(simulation)}"


def simulation_finding(simulation: Simulation) -> str:
    """Return which policy won most, how sure that is, and what the columns mean."""
    spec, base = simulation.spec, simulation.baseline
    return "\n".join(
        [
            f"Means over {counted(simulation.n_worlds, 'world')} of "
            f"{counted(simulation.days, 'working day')} each, about "
            f"{counted(spec.leads_per_day, 'lead')} a day; lifts are over {base}.",
            f"The {MEASURED} is by outcomes drawn with common random numbers, with its "
            "95 % interval;",
            f"the {TRUTH} is what these worlds would win on average, and its lift is "
            "matching (the",
            "right rep for the lead) plus utilisation (other leads, other loads). The "
            f"{EXPECTED}",
            "is what a policy's own model predicts, and no evidence. All are per lead "
            "that came: one",
            "that a policy left unassigned counts as not won.",
            "",
            fill(best_sentence(simulation), _WIDTH, break_on_hyphens=False),
        ]
    )


def best_sentence(simulation: Simulation) -> str:
    """Return which policy won most, and than which that is measurably more."""
    if simulation.n_worlds < 2:
        return "One world gives no interval: nothing is said of which policy is better."
    comparisons = simulation.comparisons()
    if not comparisons:
        return "There is no other policy to compare with."
    best = next(iter(comparisons))[0]
    if not simulation.per_world(best).any():
        return "No policy won anything: nothing is said of which is better."
    rivals = {loser: p for (winner, loser), p in comparisons.items() if winner == best}
    beaten = [name for name, p in rivals.items() if p < SURE]
    level = [name for name, p in rivals.items() if p >= SURE]
    held = f"(Holm, all {counted(len(comparisons), 'comparison')} together, 5 %)"
    if not beaten:
        text = f"{best} won most, but it is not measurable that it wins more than any "
        return f"{text}other policy {held}.{_why(simulation, best, level)}"
    text = f"{best} won most, measurably more than {_listed(beaten)} {held}"
    if not level:
        return f"{text}."
    why = _why(simulation, best, level)
    return f"{text}; not measurably more than {_listed(level)}.{why}"


def _why(simulation: Simulation, best: str, level: Sequence[str]) -> str:
    """Return why an interval above zero is no measurable difference, and what were."""
    lift = simulation.measured(best)
    if simulation.baseline not in level or lift is None:
        return ""
    if lift.is_above_zero:
        return (
            f" Its interval over {simulation.baseline} lies above zero by itself; of "
            "so many comparisons some do by chance, and held to 5 % together it does "
            "not stand out."
        )
    return f" Smallest detectable lift: {detectable_text(lift)}."


def simulation_json(simulation: Simulation) -> dict[str, Any]:
    """Return the simulation as a record of JSON; what is unknown is null."""
    comparisons = [
        {"won more": more, "won less": less, "p-value": p}
        for (more, less), p in simulation.comparisons().items()
    ]
    return {
        "world": _known(asdict(simulation.spec)),
        "days": simulation.days,
        "worlds": simulation.n_worlds,
        "baseline": simulation.baseline,
        "policies": [
            {**record, "smallest_detectable_lift": detectable}
            for record, detectable in _with_detectable(simulation)
        ],
        "comparisons": comparisons,
        "finding": best_sentence(simulation),
        "results": _records(simulation.results),
    }


def _with_detectable(
    simulation: Simulation,
) -> Iterator[tuple[dict[str, Any], float | None]]:
    for record in _records(policy_table(simulation)):
        lift = simulation.measured(record["policy"])
        yield record, None if lift is None else lift.smallest_detectable


def _rows(simulation: Simulation) -> pd.DataFrame:
    figures = policy_table(simulation)
    shown = figures[["policy", *_SHOWN, TRUTH]].copy()
    shown[MEASURED] = [_interval(row) for row in figures.to_dict("records")]
    for name in (MATCHING, UTILISATION):
        shown[name] = [_percent(value) for value in figures[name]]
    shown[EXPECTED] = figures[EXPECTED]
    return shown


def _interval(row: Mapping[Any, Any]) -> str:
    if pd.isna(row[LOW]):
        return _percent(row[MEASURED])
    return f"{_percent(row[MEASURED])} ({_percent(row[LOW])} to {_percent(row[HIGH])})"


def _percent(value: float) -> str:
    return "unknown" if pd.isna(value) else f"{value + 0.0:+.1%}"


def _listed(names: list[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [_known(row) for row in frame.to_dict("records")]


def _known(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the row with None in place of what is no finite number."""
    return {
        str(name): None if isinstance(value, float) and not isfinite(value) else value
        for name, value in row.items()
    }

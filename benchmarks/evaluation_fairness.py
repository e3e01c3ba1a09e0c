"""What it costs to halve the inequality of a day, where the truth is known."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from benchmarks.rows import Row
from evaluation import EXPECTED, PRESETS, STARTS_AT, TRUTH, draw_world
from evaluation.fairness import price_of_fairness
from evaluation.worlds import typed_company
from solver import Day, build_day
from solver.rules import Capacity, Territory

STEPS = (0.4, 0.32, 0.25, 0.19, 0.14)
"""Bounds near where the inequality halves, as of the frontier."""


def fairness_part(
    *,
    world: str = "mild",
    loads: Sequence[float] = (0.8, 1.0),
    seeds: int = 3,
    n_leads: int = 200,
    seconds: float = 3.0,
) -> Iterator[Row]:
    """Yield what halving the Gini coefficient costs: per day, and over all of them.

    The value of a pair is its true probability. The coefficient is that of rep-neutral
    value per available slot.

    Parameters
    ----------
    world
        A preset.
    loads
        Leads per slot.
    seeds
        Days of each load.
    n_leads
        Leads of a day.
    seconds
        Longest search for each point of the frontier.
    """
    days = [
        {"world": world, "load": load, "seed": seed, **_halved(day, seconds)}
        for load in loads
        for seed in range(seeds)
        for day in [known_day(world, load, seed, n_leads)]
    ]
    yield from days
    costs = [day["cost"] for day in days if day["cost"] is not None]
    yield {
        "world": world,
        "days": len(days),
        "halved": len(costs),
        "mean_cost": sum(costs) / len(costs) if costs else None,
        "largest_cost": max(costs, default=None),
    }


def known_day(world: str, load: float, seed: int, n_leads: int) -> Day:
    """Return a day of a world, the value of each pair its true probability."""
    drawn = draw_world(replace(PRESETS[world], load=load, leads_per_day=n_leads), seed)
    leads = drawn.leads(n_leads)
    crm = typed_company({"leads": leads, "reps": drawn.reps}, STARTS_AT)
    rules = [Capacity(kind="capacity"), Territory(kind="territory")]
    return build_day(crm, rules, drawn.truth(leads).at)


def _halved(day: Day, seconds: float) -> Row:
    """Return the inequality before and after, and the part of the value that costs."""
    whole = seconds * (1 + len(STEPS))
    frontier = price_of_fairness(day, seed=0, time_limit=whole, steps=STEPS)
    before = frontier.iloc[0]
    fair = frontier[frontier["gini"] <= before["gini"] / 2]
    after = fair.nlargest(1, "kept").iloc[0] if len(fair) else pd.Series(dtype=float)
    return {
        "gini": float(before["gini"]),
        "halved_gini": _figure(after, "gini"),
        TRUTH: float(before[EXPECTED]),
        "cost": None if after.empty else 1 - float(after["kept"]),
        "least_possible_cost": (
            None if after.empty else max(0.0, 1 - float(after["at most"]))
        ),
    }


def _figure(row: pd.Series, name: str) -> float | None:
    return None if row.empty else float(row[name])

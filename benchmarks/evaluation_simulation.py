"""How long months of simulated days take, and what the policies win in them."""

from collections.abc import Iterator
from math import isnan
from time import perf_counter
from typing import Any

from benchmarks.rows import Row
from evaluation import PRESETS, Simulation, policy_table, simulate
from solver import POLICIES

WORLD = "mild"


def simulation_part(
    days: int = 180, seeds: int = 20, leads_per_day: int = 200, n_history: int = 10_000
) -> Iterator[Row]:
    """Yield one row per policy, then how long all of it took.

    Parameters
    ----------
    days
        Working days.
    seeds
        Number of worlds.
    leads_per_day
        On average.
    n_history
        Leads of the past.
    """
    began = perf_counter()
    simulated = simulate(
        PRESETS[WORLD],
        list(POLICIES),
        days=days,
        seeds=seeds,
        leads_per_day=leads_per_day,
        n_history=n_history,
    )
    seconds = perf_counter() - began
    for row in policy_table(simulated).to_dict("records"):
        yield {"world": WORLD, **{str(name): _known(row[name]) for name in row}}
    yield _timing(simulated, seconds)


def _known(value: Any) -> Any:
    """Return the value, or nothing where it is not a number, as with one world."""
    return None if isinstance(value, float) and isnan(value) else value


def _timing(simulated: Simulation, seconds: float) -> Row:
    return {
        "world": WORLD,
        "days": simulated.days,
        "seeds": simulated.n_worlds,
        "policies": len(simulated.policies),
        "leads assigned": int(simulated.results["assigned"].sum()),
        "seconds": seconds,
        "seconds of processes": float(simulated.results["seconds"].sum()),
    }

"""Small worlds that are simulated in a moment."""

from evaluation import PRESETS, WorldSpec
from evaluation.simulation.arrivals import Arrivals, draw_arrivals
from evaluation.worlds import changed

SMALL = (
    "n_reps=6",
    "leads_per_day=30",
    "n_numeric=3",
    "interaction_rank=3",
    "base_rate=0.3",
)


def small(world: str = "strong", *settings: str) -> WorldSpec:
    return changed(PRESETS[world], ["new_reps=0", *SMALL, *settings])


def small_arrivals(world: str = "strong", *settings: str, days: int = 8) -> Arrivals:
    return draw_arrivals(small(world, *settings), seed=0, days=days, n_history=400)

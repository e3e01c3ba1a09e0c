"""Is it better, for whom, how sure: worlds with a known truth, and comparisons."""

from evaluation.comparison import compare_policies
from evaluation.demo.company import Company, demo_company
from evaluation.fairness.distribution import Fairness, fairness_of
from evaluation.fairness.frontier import price_of_fairness
from evaluation.interval import Interval
from evaluation.labels import EXPECTED, MEASURED, TRUE
from evaluation.simulation.run import simulate
from evaluation.simulation.simulation import Simulation
from evaluation.simulation.summary import policy_table
from evaluation.split import Split, shuffled, split_value
from evaluation.worlds.calendar import STARTS_AT
from evaluation.worlds.presets import PRESETS
from evaluation.worlds.spec import WorldSpec
from evaluation.worlds.truth import Truth
from evaluation.worlds.world import World, draw_world

__all__ = [
    "EXPECTED",
    "MEASURED",
    "PRESETS",
    "STARTS_AT",
    "TRUE",
    "Company",
    "Fairness",
    "Interval",
    "Simulation",
    "Split",
    "Truth",
    "World",
    "WorldSpec",
    "compare_policies",
    "demo_company",
    "draw_world",
    "fairness_of",
    "policy_table",
    "price_of_fairness",
    "shuffled",
    "simulate",
    "split_value",
]

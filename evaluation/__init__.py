"""Is it better, for whom, how sure: worlds with a known truth, and comparisons."""

from evaluation.comparison import compare_policies
from evaluation.demo.company import Company, demo_company
from evaluation.interval import Interval
from evaluation.labels import EXPECTED, MEASURED, TRUE
from evaluation.worlds.presets import PRESETS
from evaluation.worlds.spec import WorldSpec
from evaluation.worlds.truth import Truth
from evaluation.worlds.world import STARTS_AT, World, draw_world

__all__ = [
    "EXPECTED",
    "MEASURED",
    "PRESETS",
    "STARTS_AT",
    "TRUE",
    "Company",
    "Interval",
    "Truth",
    "World",
    "WorldSpec",
    "compare_policies",
    "demo_company",
    "draw_world",
]

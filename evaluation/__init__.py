"""Is it better, for whom, how sure: worlds with a known truth, and comparisons."""

from evaluation.company import Company, demo_company
from evaluation.comparison import EXPECTED, TRUE, compare_policies
from evaluation.presets import PRESETS
from evaluation.truth import Truth
from evaluation.world import STARTS_AT, World, draw_world
from evaluation.world_spec import WorldSpec

__all__ = [
    "EXPECTED",
    "PRESETS",
    "STARTS_AT",
    "TRUE",
    "Company",
    "Truth",
    "World",
    "WorldSpec",
    "compare_policies",
    "demo_company",
    "draw_world",
]

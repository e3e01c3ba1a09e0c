"""The worlds that have a name."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from evaluation.worlds.spec import WorldSpec

_MILD = WorldSpec(rep_sd=0.25, match_sd=0.25)

PRESETS: Mapping[str, WorldSpec] = MappingProxyType(
    {
        "null": WorldSpec(rep_sd=0.0, match_sd=0.0),
        "mild": _MILD,
        "strong": WorldSpec(rep_sd=0.5, match_sd=0.5),
        "confounded": replace(
            _MILD, confounding=1.0, hidden_sd=0.5, seniority_share=0.3
        ),
        "overloaded": replace(
            _MILD, load=1.4, territories_per_rep=2, seniority_share=0.3
        ),
        "cold_start": replace(_MILD, new_reps=8, seniority_share=0.3, drift_sd=0.2),
    }
)
"""Nobody matters; a quarter or half a logit of rep effect and as much of match; hot
leads went to favoured reps; more leads than slots; a third of the reps are new."""

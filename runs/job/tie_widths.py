"""Within how many log odds reps count as equal, if history cannot tell them apart."""

import math
from typing import TYPE_CHECKING

from scenarios.schema import MOST_WIDTH, Objective

if TYPE_CHECKING:
    from scoring import ModelCard


def tie_width(objective: Objective, card: "ModelCard") -> float:
    """Return within how many log odds reps count as equal.

    `auto` is twice the spread of reps that history could not have shown, where the card
    cannot tell whether reps differ; else nothing.
    """
    if objective.tie_width != "auto":
        return objective.tie_width or 0.0
    finding = card.rep_finding
    if finding.answer != "cannot_tell":
        return 0.0
    spreads = finding.main.test.detectable_sd, finding.interaction.test.detectable_sd
    known = [spread for spread in spreads if math.isfinite(spread)]
    return min(2 * max(known), MOST_WIDTH) if known else MOST_WIDTH


def known_width(objective: Objective) -> float:
    """Return the width in the scenario of a run folder, which is a number."""
    return objective.tie_width if isinstance(objective.tie_width, float) else 0.0

"""One sentence: does who gets the lead matter measurably here?"""

import math
from typing import Literal

from scoring.rep_effects.fitting import MATERIAL_SD
from scoring.rep_effects.rep_effects import RepPart
from scoring.rep_effects.variance_component import Component

Answer = Literal["yes", "no", "cannot tell"]


def answer_of(part: RepPart) -> Answer:
    """Return whether it matters measurably who gets the lead."""
    if part.found:
        return "yes"
    tests = part.main.test, part.match.test
    if any(test.significant for test in tests):
        return "no"
    hidden = part.main.test.detectable_sd > MATERIAL_SD
    signs = any(test.suggestive for test in tests)
    return "cannot tell" if hidden or signs else "no"


def finding_of(part: RepPart) -> str:
    """Return the answer in one sentence, its evidence in brackets.

    Spreads are standard deviations of the reps' log odds.
    """
    answer = answer_of(part)
    main, match = part.main, part.match
    if answer == "yes":
        told = [
            told_of(main, "some reps win more than others with the same leads"),
            told_of(match, "some leads suit some reps better than others"),
        ]
        return (
            "Yes, it matters measurably who gets the lead: "
            f"{', and '.join(one for one in told if one)}."
        )
    smallest = min(main.test.p_value, match.test.p_value)
    if answer == "cannot tell" and main.test.detectable_sd <= MATERIAL_SD:
        return (
            "Cannot tell whether it matters who gets the lead: there are signs that "
            "it does, but chance alone gives such signs now and then "
            f"(p = {smallest:.2g})."
        )
    if answer == "cannot tell":
        return (
            "Cannot tell whether it matters who gets the lead: there is too little "
            f"history, and a real difference between reps may have gone unseen "
            f"({unseen(main)})."
        )
    if main.test.significant or match.test.significant:
        return (
            "No, it does not matter in a way that lasts who gets the lead: what older "
            "leads showed of the reps did not hold on newer ones (differences beyond "
            f"chance, p = {smallest:.2g})."
        )
    return (
        "No, it does not matter measurably who gets the lead: there is no rep effect "
        f"beyond noise (p = {main.test.p_value:.2g}, and p = {match.test.p_value:.2g} "
        f"for leads that suit a rep; a spread of {main.test.detectable_sd:.2f} between "
        "reps would have shown)."
    )


def told_of(component: Component, in_words: str) -> str:
    """Return how reps differ in one way, empty where that was not found."""
    if not component.found:
        return ""
    return (
        f"{in_words} (lasting spread {component.persistence * component.sd:.2f} in log "
        f"odds, p = {component.test.p_value:.2g})"
    )


def unseen(main: Component) -> str:
    """Return the spread between reps that history could hide."""
    if not math.isfinite(main.test.detectable_sd):
        return "there are no two reps with leads enough to compare"
    return f"a spread below {main.test.detectable_sd:.2f} in log odds would not show"

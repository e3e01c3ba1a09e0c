"""One sentence: does who gets the lead matter measurably here?"""

from typing import Literal

from scoring.reps.component import Component
from scoring.reps.fitting import MATERIAL_SD
from scoring.reps.part import RepPart

Answer = Literal["yes", "no", "cannot tell"]


def answer_of(part: RepPart) -> Answer:
    """Return whether it matters measurably who gets the lead."""
    if part.found:
        return "yes"
    differs = part.main.test.significant or part.match.test.significant
    if not differs and part.main.test.detectable_sd > MATERIAL_SD:
        return "cannot tell"
    return "no"


def finding_of(part: RepPart) -> str:
    """Return the answer in one sentence, with its evidence."""
    answer = answer_of(part)
    main, match = part.main, part.match
    if answer == "yes":
        told = [told_of(main, ""), told_of(match, " in which leads suit them")]
        return (
            "Yes, who gets the lead matters measurably: reps differ "
            f"{' and '.join(one for one in told if one)}."
        )
    if answer == "cannot tell":
        return (
            "Cannot tell whether who gets the lead matters: too little history; an sd "
            f"below {main.test.detectable_sd:.2f} in logits would not have shown."
        )
    if main.test.significant or match.test.significant:
        return (
            "No, not in a way that lasts: reps differ beyond chance (p = "
            f"{min(main.test.p_value, match.test.p_value):.2g}), yet what older leads "
            "say of them does not hold on newer ones."
        )
    return (
        f"No, there is no rep effect beyond noise (p = {main.test.p_value:.2g}, and "
        f"p = {match.test.p_value:.2g} for leads that suit a rep); an sd of "
        f"{main.test.detectable_sd:.2f} in logits would have shown."
    )


def told_of(component: Component, in_what: str) -> str:
    """Return how far reps differ in one way, empty where that was not found."""
    if not component.found:
        return ""
    return (
        f"by an sd of {component.persistence * component.sd:.2f} in logits{in_what} "
        f"(p = {component.test.p_value:.2g})"
    )

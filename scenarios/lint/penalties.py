"""Penalties that are off by orders of magnitude, against what leads are worth."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from crm import CrmData, Issue
from crm.where_words import number_words
from scenarios.rule_sheet.sections import UNITS
from scenarios.validation import ScenarioFile

HUGE, TINY = 5.0, 1e-3
"""Times the value of a usual lead that a penalty is as good as hard, or as none."""
UNKNOWN = 0.1
"""Mean conversion where no history tells it."""
WON, CLOSED = "won", ("won", "lost")


def penalties(file: ScenarioFile, crm: CrmData) -> Iterator[Issue]:
    """Yield a warning for each penalty that always decides, or never does."""
    usual = usual_value(file, crm)
    if usual is None or usual <= 0:
        return
    known = "" if _closed(crm).any() else ", as no history tells"
    unit = UNITS[file.scenario.objective.maximise]
    for place, rule in enumerate(file.scenario.rules):
        if not rule.penalty:
            continue
        told = f"a usual lead counts about {usual:.2g} {unit}{known}"
        times = rule.penalty / usual
        penalty = number_words(rule.penalty)
        text = ""
        if rule.penalty > HUGE * usual and rule.penalty_is_per_lead:
            text = (
                f"the penalty {penalty} of rule {rule.name} is {times:,.0f} times "
                f"as much as a lead: {told}; the rule is as good as hard: say "
                "strength: hard, or lower it"
            )
        elif rule.penalty < TINY * usual:
            text = (
                f"the penalty {penalty} of rule {rule.name} is 1/{1 / times:,.0f} of a "
                f"lead: {told}; it hardly ever decides: raise it, or delete the rule"
            )
        if text:
            keys = ("rules", place, "penalty")
            yield file.issue(keys, text, value=penalty, severity="warning")


def usual_value(file: ScenarioFile, crm: CrmData) -> float | None:
    """Return the mean conversion of history, in revenue times the median deal value."""
    conversions = file.scenario.objective.maximise == "conversions"
    closed = _closed(crm)
    if not closed.any():
        return UNKNOWN if conversions else None
    rate = float((crm.history["outcome"][closed] == WON).mean())
    if conversions:
        return rate
    value = crm.leads["deal_value"]
    if value.isna().all():
        value = crm.history["won_value"]
    return None if value.isna().all() else rate * float(value.median())


def _closed(crm: CrmData) -> NDArray[np.bool_]:
    """Tell of history which leads were won or lost, shape (n_history,)."""
    return crm.history["outcome"].isin(CLOSED).to_numpy()

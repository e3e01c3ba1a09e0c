"""Why a lead has its rep, why not another, and what that would cost: one wording.

Every output that tells it takes these sentences: `explain`, `recommend`, `sheet`, JSON
and pages. A rep reads them; dual prices are for analysts and stand elsewhere.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from reporting.text.layout.layout import number
from reporting.text.words.people import rep_name
from reporting.text.words.reasons import choice_text, reason_text
from solver import Alternative, Explanation
from solver.explain.alternatives import AWAY

TIE = 1e-9
"""Costs below this are none."""
SHARED = {"email": "e-mail", "phone": "phone number"}
"""What duplicates share -> in words; others are words."""
OWNED, CLOSED, DUPLICATE_OF = "owned", "closed", "duplicate_of"
"""Reasons of ``kept.csv``."""


@dataclass(frozen=True)
class KeptLead:
    """A lead that a run did not distribute, since it has its owner already.

    Attributes
    ----------
    lead_id, rep_id
        The lead and its owner, ``""`` for nobody.
    reason
        owned, closed (won or lost, and nobody's) or duplicate_of.
    since
        Since when, in the company's time zone; `None` where that is not known.
    run_id
        The run that assigned it; ``""`` where a person did, or none.
    duplicate_of, same
        The lead whose duplicate it is, and what they share.
    """

    lead_id: str
    rep_id: str
    reason: str
    since: pd.Timestamp | None
    run_id: str
    duplicate_of: str = ""
    same: str = ""


def has_it(owner: str, code: str) -> str:
    """Return why a rep has a lead.

    Parameters
    ----------
    owner
        Who, as the sentence begins: ``Ann Lee (R08)``, or ``You``.
    code
        A reason of ``assignments.csv``.
    """
    why = choice_text(code)
    if owner == YOU:
        return f"You have it: {why.replace('this rep', 'you')}."
    return f"{owner} has it: {why}."


YOU = "You"


def nobody_has_it(code: str, detail: str, names: Mapping[str, str]) -> str:
    """Return why a lead is unassigned; ids of reps in the detail get their names."""
    beside = f" ({with_names(detail, names)})" if detail else ""
    return f"Nobody has it: {reason_text(code)}{beside}."


def with_names(detail: str, names: Mapping[str, str]) -> str:
    """Return a detail, or a change, whose rep ids have the reps' names."""
    parts = re.split(r"(: |, |; |\(| for | to | and | in rule )", detail)
    return "".join(rep_name(part, names) if part in names else part for part in parts)


def is_kept(kept: KeptLead, owner: str) -> str:
    """Return why a run left a lead where it is, since when, and by whose decision.

    Parameters
    ----------
    owner
        The owner, as the sentence begins: ``Ann Lee (R08)``, or ``You``.
    """
    if kept.reason == DUPLICATE_OF:
        other = f"{kept.duplicate_of} (same {SHARED.get(kept.same, kept.same)})"
        if not kept.rep_id:
            return f"Nobody has it: it is a duplicate of {other}, which nobody has."
        return (
            f"{_with_verb(owner)} it: it is a duplicate of {other}, and both have one "
            "owner; it takes no slot."
        )
    if not kept.rep_id:
        return "Nobody has it: it was won or lost already, so it was not distributed."
    since = f" since {kept.since:%Y-%m-%d %H:%M}" if kept.since is not None else ""
    by = f"by run {kept.run_id}" if kept.run_id else "by a person's decision"
    return f"{_with_verb(owner)} it{since}, {by}: a lead stays with its owner."


def _with_verb(owner: str) -> str:
    return "You have" if owner == YOU else f"{owner} has"


def why_not(other: Alternative, name: str, unit: str, *, at_least: bool = False) -> str:
    """Return why another rep does not have a lead, and what that would cost.

    Parameters
    ----------
    at_least
        As for :func:`would_cost`.
    """
    if other.is_chosen:
        return f"{name} has it."
    if other.excluded_by:
        return f"{name} {barred(other.excluded_by)}."
    cost = would_cost(other.forced_cost, other.is_proven, unit, at_least=at_least)
    return f"{name} {cost}."


def barred(excluded_by: Sequence[str]) -> str:
    """Return what keeps a rep from a lead, as a predicate."""
    rules = [rule for rule in excluded_by if rule != AWAY]
    away = "is away" if AWAY in excluded_by else ""
    forbidden = f"may not have it by {rules_named(rules)}" if rules else ""
    return " and ".join(filter(None, (forbidden, away)))


def rules_named(rules: Sequence[str]) -> str:
    """Return rules by their names."""
    noun = "the rule" if len(rules) == 1 else "the rules"
    return f"{noun} {', '.join(rules)}"


def would_cost(
    cost: float, is_proven: bool, unit: str, *, at_least: bool = False
) -> str:
    """Return what a lead with another rep would cost all in all, as a predicate.

    Parameters
    ----------
    at_least
        Whether it may cost more.
    """
    if math.isnan(cost):
        return "could have had it; what that would cost was not solved"
    if math.isinf(cost):
        return "could not have had it without breaking another rule"
    if at_least:
        least = f"at least {expected(cost, unit)} more"
        return f"would have cost {least if cost >= TIE else 'nothing, or more'}"
    if abs(cost) < TIE:
        return "would have cost nothing: it is a tie"
    sure = "" if is_proven else " (not proven)"
    more, size = ("more", cost) if cost > 0 else ("less", -cost)
    return f"would have cost {expected(size, unit)} {more}{sure}"


def expected(amount: float, unit: str) -> str:
    """Return an amount of the objective, as the model expects it."""
    return f"{number(amount)} expected {unit}"


def explanation_sentence(
    explained: Explanation, names: Mapping[str, str], unit: str
) -> str:
    """Return why a lead has its rep or none, and what the next best would have cost.

    Parameters
    ----------
    names
        rep_id -> name.
    unit
        What the objective counts.
    """
    if not explained.rep_id:
        return nobody_has_it(explained.reason, explained.detail, names)
    sentence = has_it(rep_name(explained.rep_id, names), explained.reason)
    others = [
        other
        for other in explained.alternatives
        if not other.is_chosen and math.isfinite(other.forced_cost)
    ]
    if not others:
        return sentence
    best = min(others, key=lambda other: other.forced_cost)
    name, at_least = rep_name(best.rep_id, names), explained.losses_are_least
    return f"{sentence} {why_not(best, name, unit, at_least=at_least)}"

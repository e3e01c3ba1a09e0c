"""What the rules mean for one pair of a lead and a rep, over plain rows.

Knows the tables and nothing of the solver, so that the two can disagree.
"""

from collections.abc import Mapping, Sequence
from math import inf
from typing import Any

from tests.solver.companies import Company, Row
from tests.solver.single_leads import (
    daily_slots,
    is_far,
    is_no_top_performer,
    is_outside,
    lacks_skill,
    moves,
    price_of_the_way,
)
from tests.solver.spoken_of import SEVERAL, at_work, speaks_of

Written = Mapping[str, Any]

OFFER = {"product": "products", "language": "languages"}


def may_have(company: Company, rules: Sequence[Written], lead: Row, rep: Row) -> bool:
    """Tell whether the rep is at work and no hard rule forbids the pair."""
    hard = [rule for rule in rules if rule.get("strength", "hard") == "hard"]
    forbidden = any(forbids(company, rule, lead, rep) for rule in hard)
    return at_work(company, rep["rep_id"]) and not forbidden


def charge(company: Company, rules: Sequence[Written], lead: Row, rep: Row) -> float:
    """Return the price of the way and the penalties of the soft rules it breaks."""
    soft = [rule for rule in rules if rule.get("strength") == "soft"]
    penalties = sum(r["penalty"] for r in soft if forbids(company, r, lead, rep))
    return penalties + sum(price_of_the_way(rule, lead, rep) for rule in rules)


def slots(company: Company, rules: Sequence[Written], rep: Row) -> float:
    """Return how many leads the rep may get today, whatever the leads."""
    limits = [inf]
    for rule in rules:
        is_hard = rule.get("strength", "hard") == "hard"
        if rule["kind"] == "capacity" and is_hard and "where" not in rule:
            limits.append(daily_slots(company, rule, rep))
    return min(limits)


def locked(rules: Sequence[Written], lead: Row) -> bool:
    """Tell whether a hard lock names the lead."""
    return unlocked(rules, lead) == inf


def unlocked(rules: Sequence[Written], lead: Row) -> float:
    """Return the cost of the unassigned lead by the locks that name it."""
    return sum(
        rule.get("penalty", inf)
        for rule in rules
        if rule["kind"] == "lock" and speaks_of(rule, lead)
        if any(pair["lead_id"] == lead["lead_id"] for pair in rule["pairs"])
    )


def is_free(company: Company, rules: Sequence[Written], lead: Row, rep_id: str) -> bool:
    """Tell whether the lead takes no slot, since it goes to its account's owner."""
    owned = company.accounts.get(lead.get("account_id", "")) == rep_id
    return owned and any(
        not rule.get("uses_capacity", True) and speaks_of(rule, lead)
        for rule in rules
        if rule["kind"] == "account_owner"
    )


def forbids(company: Company, rule: Written, lead: Row, rep: Row) -> bool:
    """Tell whether the pair breaks the rule."""
    if not speaks_of(rule, lead):
        return False
    match rule["kind"]:
        case kind if kind == "capacity" or kind in SEVERAL:
            return False
        case "seniority":
            return rep.get("seniority", -1) < rule["min_seniority"]
        case "territory":
            return is_outside(rule, lead, rep)
        case "skill":
            return lacks_skill(lead, rep)
        case "proximity":
            return is_far(rule, lead, rep)
        case "performer":
            return is_no_top_performer(company, rule, rep)
        case "stability":
            return "max_moves" not in rule and moves(company, lead, rep["rep_id"])
        case "team":
            return rep.get("team") not in rule["teams"]
        case "account_owner":
            return _not_its_owner(company, rule, lead, rep)
        case "qualify":
            return is_kept(rule, lead)
        case "exclude":
            return {"lead_id": lead["lead_id"], "rep_id": rep["rep_id"]} in rule[
                "pairs"
            ]
        case "lock" | "only_to":
            reps = {
                p["rep_id"] for p in rule["pairs"] if p["lead_id"] == lead["lead_id"]
            }
            return bool(reps) and rep["rep_id"] not in reps
    need, offer = lead.get(rule["kind"]), rep.get(OFFER[rule["kind"]], ())
    return need is not None and need not in offer and "*" not in offer


def is_kept(rule: Written, lead: Row) -> bool:
    """Tell whether a qualify rule that speaks of the lead keeps it."""
    floors = {"p_convert": "min_score", "deal_value": "min_value"}
    asked = {cell: rule[floor] for cell, floor in floors.items() if floor in rule}
    below = [lead.get(cell, float("inf")) < least for cell, least in asked.items()]
    return any(below) or not asked


def _not_its_owner(company: Company, rule: Written, lead: Row, rep: Row) -> bool:
    owner = company.accounts.get(lead.get("account_id", ""))
    if owner is None or owner == rep["rep_id"]:
        return False
    released = rule.get("owner_away") == "release" and not at_work(company, owner)
    return not released

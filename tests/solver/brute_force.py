"""What the rules mean, over plain rows, and the optimum by trying everything.

Knows the tables and nothing of the solver, so that the two can disagree.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from math import inf
from typing import Any

from tests.solver.companies import Company, Row
from tests.solver.several_leads import SEVERAL, Several, at_work, speaks_of
from tests.solver.single_leads import (
    daily_slots,
    is_far,
    is_no_top_performer,
    is_outside,
    lacks_skill,
    moves,
    price_of_the_way,
)

Written = Mapping[str, Any]

OFFER = {"product": "products", "language": "languages"}


def optimum(company: Company, rules: Sequence[Written]) -> float | None:
    """Return the most that a feasible allocation is value, or None without one."""
    options = [_options(company, rules, i) for i in range(len(company.leads))]
    room = {rep["rep_id"]: slots(company, rules, rep) for rep in company.rep_rows}
    several = Several(company, rules)
    totals = []
    for chosen in product(*options):
        taken = Counter(rep_id for rep_id, takes, _ in chosen if takes)
        if all(count <= room[rep_id] for rep_id, count in taken.items()):
            owners = [rep_id for rep_id, *_ in chosen]
            cost = several.cost(owners) + cost_of_counts(company, rules, owners)
            totals.append(sum(value for *_, value in chosen) - cost)
    return max((total for total in totals if total > -inf), default=None)


def is_broken(
    company: Company, rules: Sequence[Written], owner: Mapping[str, str]
) -> bool:
    """Tell whether these owners break a hard rule."""
    reps = {rep["rep_id"]: rep for rep in company.rep_rows}
    taken: Counter[str] = Counter()
    for lead in company.lead_rows:
        rep_id = owner.get(lead["lead_id"], "")
        if rep_id and not may_have(company, rules, lead, reps[rep_id]):
            return True
        if locked(rules, lead) and not rep_id:
            return True
        taken[rep_id] += not is_free(company, rules, lead, rep_id)
    owners = [owner.get(lead["lead_id"], "") for lead in company.lead_rows]
    costs = Several(company, rules).cost(owners), cost_of_counts(company, rules, owners)
    return inf in costs or any(
        taken[rep_id] > slots(company, rules, rep) for rep_id, rep in reps.items()
    )


def _options(
    company: Company, rules: Sequence[Written], i: int
) -> list[tuple[str, bool, float]]:
    """Return each way to serve a lead: rep, whether it takes a slot, and its value."""
    lead = company.lead_rows[i]
    stay = [] if locked(rules, lead) else [("", False, -unlocked(rules, lead))]
    return stay + [
        (
            rep["rep_id"],
            not is_free(company, rules, lead, rep["rep_id"]),
            company.value(i, j) - charge(company, rules, lead, rep),
        )
        for j, rep in enumerate(company.rep_rows)
        if may_have(company, rules, lead, rep)
    ]


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


def cost_of_counts(
    company: Company, rules: Sequence[Written], owners: Sequence[str]
) -> float:
    """Return what leads beyond the slots and moves cost, infinite where it is hard."""
    pairs = list(zip(company.lead_rows, owners, strict=True))
    cost = 0.0
    for rule in rules:
        beyond = 0.0
        spoken_of = [pair for pair in pairs if speaks_of(rule, pair[0])]
        if rule["kind"] == "capacity":
            for rep in company.rep_rows:
                own = [lead for lead, rep_id in spoken_of if rep_id == rep["rep_id"]]
                free = [is_free(company, rules, lead, rep["rep_id"]) for lead in own]
                taken = free.count(False)
                beyond += max(taken - daily_slots(company, rule, rep), 0)
        elif "max_moves" in rule:
            moved = sum(moves(company, *pair) for pair in spoken_of)
            beyond = max(moved - rule["max_moves"], 0)
        cost += beyond * rule.get("penalty", inf) if beyond else 0.0
    return cost


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
        case "lock":
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

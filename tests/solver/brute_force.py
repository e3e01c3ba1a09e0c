"""What the rules mean, over plain rows, and the optimum by trying everything.

Knows the tables and nothing of the solver, so that the two can disagree.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from tests.solver.companies import Company, Row

Written = Mapping[str, Any]

OFFER = {"territory": "territories", "product": "products", "language": "languages"}


def optimum(company: Company, rules: Sequence[Written]) -> float | None:
    """Return the most that a feasible allocation is worth, or None without one."""
    options = [_options(company, rules, i) for i in range(len(company.leads))]
    room = {rep["rep_id"]: slots(rules, rep) for rep in company.rep_rows}
    totals = []
    for chosen in product(*options):
        taken = Counter(rep_id for rep_id, takes, _ in chosen if takes)
        if all(count <= room[rep_id] for rep_id, count in taken.items()):
            totals.append(sum(worth for *_, worth in chosen))
    return max(totals, default=None)


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
    return any(taken[rep_id] > slots(rules, rep) for rep_id, rep in reps.items())


def _options(
    company: Company, rules: Sequence[Written], i: int
) -> list[tuple[str, bool, float]]:
    """Return each way to serve a lead: rep, whether it takes a slot, and its worth."""
    lead = company.lead_rows[i]
    stay = [] if locked(rules, lead) else [("", False, 0.0)]
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
    """Return the penalties of the soft rules that the pair breaks."""
    soft = [rule for rule in rules if rule.get("strength") == "soft"]
    return sum(r["penalty"] for r in soft if forbids(company, r, lead, rep))


def at_work(company: Company, rep_id: str) -> bool:
    """Tell whether the rep is there, active, started and not absent."""
    now = company.as_of
    since = now[:10] + "T00:00:00Z" if now.endswith("T23:59:59Z") else now
    absent = any(
        away == rep_id and first <= now and last >= since
        for away, first, last in company.absences
    )
    return not absent and any(
        rep["rep_id"] == rep_id and rep["active"] and rep.get("start_date", "") <= now
        for rep in company.rep_rows
    )


def slots(rules: Sequence[Written], rep: Row) -> float:
    """Return how many leads the rep may get today."""
    limits = [float("inf")]
    for rule in rules:
        if rule["kind"] == "capacity":
            limits.append(rep["daily_capacity"])
            if rule.get("open_book", True) and "open_capacity" in rep:
                limits.append(max(0, rep["open_capacity"] - rep.get("open_leads", 0)))
    return min(limits)


def locked(rules: Sequence[Written], lead: Row) -> bool:
    """Tell whether a lock names the lead."""
    return any(
        pair["lead_id"] == lead["lead_id"]
        for rule in rules
        if rule["kind"] == "lock"
        for pair in rule["pairs"]
    )


def is_free(company: Company, rules: Sequence[Written], lead: Row, rep_id: str) -> bool:
    """Tell whether the lead takes no slot, since it goes to its account's owner."""
    owned = company.accounts.get(lead.get("account_id", "")) == rep_id
    return owned and any(
        not rule.get("uses_capacity", True) and speaks_of(rule, lead)
        for rule in rules
        if rule["kind"] == "account_owner"
    )


def speaks_of(rule: Written, lead: Row) -> bool:
    """Tell whether the rule's where, of equalities only, picks the lead."""
    return all(lead.get(name) == cell for name, cell in rule.get("where", {}).items())


def forbids(company: Company, rule: Written, lead: Row, rep: Row) -> bool:
    """Tell whether the pair breaks the rule."""
    if not speaks_of(rule, lead):
        return False
    match rule["kind"]:
        case "capacity":
            return False
        case "seniority":
            return rep.get("seniority", -1) < rule["min_seniority"]
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

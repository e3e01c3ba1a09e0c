"""What the rules mean, over plain rows, and the optimum by trying everything.

Knows the tables and nothing of the solver, so that the two can disagree.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from math import inf
from typing import Any

from tests.solver.companies import Company
from tests.solver.pair_meanings import (
    charge,
    is_free,
    locked,
    may_have,
    slots,
    unlocked,
)
from tests.solver.several_leads import Several
from tests.solver.single_leads import daily_slots, moves
from tests.solver.spoken_of import speaks_of

Written = Mapping[str, Any]


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

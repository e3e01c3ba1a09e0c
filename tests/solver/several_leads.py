"""What the rules on several leads at once mean, over plain rows.

Knows the tables and nothing of the solver, so that the two can disagree.
"""

from collections.abc import Mapping, Sequence
from math import inf
from typing import Any

from tests.solver.companies import Company, Row
from tests.solver.fair_parts import fair_bounds
from tests.solver.spoken_of import SEVERAL, at_work, speaks_of

Written = Mapping[str, Any]

ROUNDING = 1e-9


class Several:
    """The rules of a company's day that speak of several leads at once."""

    def __init__(self, company: Company, rules: Sequence[Written]) -> None:
        self.rules = [rule for rule in rules if rule["kind"] in SEVERAL]
        self.parts = {
            rule["name"]: fair_bounds(company, rules, rule)
            for rule in self.rules
            if rule["kind"] == "fair_share"
        }
        self.leads = company.lead_rows
        self.reps = [rep for rep in company.rep_rows if at_work(company, rep["rep_id"])]

    def cost(
        self, owners: Sequence[str], counted: Sequence[Written] | None = None
    ) -> float:
        """Return what these owners cost, infinite where a hard rule is broken.

        `owners` has a rep's id for each lead, or ""; all rules are counted by default.
        """
        cost = 0.0
        for rule in self.rules:
            if counted is not None and rule not in counted:
                continue
            beyond = self.beyond(rule, owners)
            if beyond > ROUNDING:
                cost += beyond * rule.get("penalty", inf)
        return cost

    def beyond(self, rule: Written, owners: Sequence[str]) -> float:
        """Return by how much the owners break the rule, in what its penalty counts."""
        spoken_of = [
            (lead, rep_id)
            for lead, rep_id in zip(self.leads, owners, strict=True)
            if speaks_of(rule, lead)
        ]
        held = {rep["rep_id"]: [] for rep in self.reps}
        for lead, rep_id in spoken_of:
            if rep_id:
                held.setdefault(rep_id, []).append(lead)
        match rule["kind"]:
            case "must_assign":
                return [rep_id for _, rep_id in spoken_of].count("")
            case "one_owner":
                return _owners_beyond_the_first(rule["same"], spoken_of)
            case "max_per_rep":
                most = rule["max_leads"]
                return sum(max(len(leads) - most, 0) for leads in held.values())
            case "min_per_rep":
                least = rule["min_leads"]
                return sum(max(least - len(held[r["rep_id"]]), 0) for r in self.reps)
            case "team_quota":
                return self._beyond_quotas(rule["quotas"], held)
            case "workload":
                return self._overtime(rule.get("default_hours", 1.0), held)
        return self._unfair(rule, held)

    def _beyond_quotas(self, quotas: Written, held: Mapping[str, list]) -> int:
        beyond = 0
        for team, quota in quotas.items():
            there = [r["rep_id"] for r in self.reps if r.get("team") == team]
            count = sum(len(held[rep_id]) for rep_id in there)
            beyond += max(count - quota.get("max", count), 0)
            if there:
                beyond += max(quota.get("min", 0) - count, 0)
        return beyond

    def _overtime(self, default: float, held: Mapping[str, list]) -> float:
        overtime = 0.0
        for rep in self.reps:
            hours = sum(
                lead.get("effort_hours", default) for lead in held[rep["rep_id"]]
            )
            overtime += max(hours - rep.get("hours_per_day", inf), 0)
        return overtime

    def _unfair(self, rule: Written, held: Mapping[str, list]) -> float:
        given = {
            rep_id: sum(lead["expected_value"] for lead in leads)
            for rep_id, leads in held.items()
        }
        total, unfair = sum(given.values()), 0.0
        for rep_id, (least, most) in self.parts[rule["name"]].items():
            unfair += max(least * total - given[rep_id], 0)
            unfair += max(given[rep_id] - most * total, 0) if most < inf else 0
        return unfair


def _owners_beyond_the_first(same: str, spoken_of: Sequence[tuple[Row, str]]) -> int:
    owners: dict[str, set[str]] = {}
    for lead, rep_id in spoken_of:
        written = str(lead.get(same, "")).strip()
        if rep_id and written:
            alike = written if same == "account_id" else written.lower()
            owners.setdefault(alike, set()).add(rep_id)
    return sum(len(group) - 1 for group in owners.values())

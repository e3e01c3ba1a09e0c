"""What the rules on several leads at once mean, over plain rows.

Knows the tables and nothing of the solver, so that the two can disagree.
"""

from collections.abc import Mapping, Sequence
from math import inf
from typing import Any

from tests.solver.companies import Company, Row

Written = Mapping[str, Any]

SEVERAL = {
    "fair_share",
    "max_per_rep",
    "min_per_rep",
    "must_assign",
    "one_owner",
    "team_quota",
    "workload",
}
ROUNDING = 1e-9


class Several:
    """The rules of a company's day that speak of several leads at once."""

    def __init__(self, company: Company, rules: Sequence[Written]) -> None:
        self.rules = [rule for rule in rules if rule["kind"] in SEVERAL]
        self.leads = company.lead_rows
        self.reps = [rep for rep in company.rep_rows if at_work(company, rep["rep_id"])]

    def cost(self, owners: Sequence[str]) -> float:
        """Return what these owners cost, infinite where a hard rule is broken.

        `owners` has a rep's id for each lead, or "".
        """
        cost = 0.0
        for rule in self.rules:
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
        told = [rep["hours_per_day"] for rep in self.reps if "hours_per_day" in rep]
        mean = sum(told) / len(told) if told else 1.0
        hours = [rep.get("hours_per_day", mean) for rep in self.reps]
        if not any(hours):
            hours = [1.0] * len(hours)
        given = [
            sum(lead["expected_value"] for lead in held[rep["rep_id"]])
            for rep in self.reps
        ]
        unfair = 0.0
        for has, works in zip(given, hours, strict=True):
            part = sum(given) * works / sum(hours)
            unfair += max(rule.get("min_share", 0.0) * part - has, 0)
            if works and "max_share" in rule:
                unfair += max(has - rule["max_share"] * part, 0)
        return unfair


def _owners_beyond_the_first(same: str, spoken_of: Sequence[tuple[Row, str]]) -> int:
    owners: dict[str, set[str]] = {}
    for lead, rep_id in spoken_of:
        written = str(lead.get(same, "")).strip()
        if rep_id and written:
            alike = written if same == "account_id" else written.lower()
            owners.setdefault(alike, set()).add(rep_id)
    return sum(len(group) - 1 for group in owners.values())


def speaks_of(rule: Written, lead: Row) -> bool:
    """Tell whether the rule's where, of equalities only, picks the lead."""
    return all(lead.get(name) == cell for name, cell in rule.get("where", {}).items())


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

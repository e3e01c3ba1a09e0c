"""The reason given for a lead without an owner is true, by the plain rows alone."""

import pytest

from solver import Reason
from solver.explain import unassigned_leads
from tests.solver.brute_force import cost_of_counts, is_broken
from tests.solver.days import owners_of, solved
from tests.solver.pair_meanings import charge, forbids, is_kept, unlocked
from tests.solver.random_companies import random_day
from tests.solver.several_leads import Several
from tests.solver.spoken_of import at_work

NOTHING = 1e-9
SPEAKS = {
    "no_rep_in_territory": "territory",
    "no_rep_for_product": "product",
    "no_rep_for_language": "language",
    "no_rep_with_seniority": "seniority",
    "no_rep_in_team": "team",
    "no_rep_with_skill": "skill",
    "no_rep_near": "proximity",
    "no_top_performer": "performer",
    "account_owner_not_a_rep": "account_owner",
    "excluded": "exclude",
    "locked_to_no_rep": "lock",
    "only_to_others": "only_to",
}


@pytest.mark.slow
def test_reasons_are_true_on_random_days():
    """Each reason holds by the plain rows, whatever the rules."""
    seen = set()
    for seed in range(10_000, 10_132):
        company, rules = random_day(seed)
        day, result = solved(company, *rules)
        found = unassigned_leads(day, result)
        owner = owners_of(result.solution)
        lead_ids = {lead["lead_id"] for lead in company.lead_rows}
        assert {*found["lead_id"]} == lead_ids - owner.keys()
        for lead_id, reason in zip(found["lead_id"], found["reason"], strict=True):
            assert Plain(company, rules, owner, lead_id).bears_out(reason), seed
            seen.add(reason)
    assert len(seen) > 12


class Plain:
    """What the plain rows say of one lead that is unassigned."""

    def __init__(self, company, rules, owner, lead_id):
        self.company, self.rules, self.owner = company, rules, owner
        self.position = next(
            i for i, row in enumerate(company.lead_rows) if row["lead_id"] == lead_id
        )
        self.lead = company.lead_rows[self.position]
        self.hard = [r for r in rules if r.get("strength", "hard") == "hard"]

    def bears_out(self, reason):
        match reason:
            case Reason.NO_REP_MEETS_ALL_RULES:
                return not self.allowed(self.hard)
            case Reason.NO_REP_AT_WORK:
                reps = self.allowed(self.hard)
                return reps and not any(self.is_there(rep) for rep in reps)
            case "below_floor" | "kept_for_nurturing":
                return self.is_kept(reason == "below_floor")
            case Reason.INFEASIBLE:
                return not self.owner
        if reason in SPEAKS:
            kind = SPEAKS[reason]
            return any(not self.allowed([r]) for r in self.hard if r["kind"] == kind)
        return self.has_no_gainful_rep(reason)

    def has_no_gainful_rep(self, reason):
        reps = [rep for rep in self.allowed(self.hard) if self.is_there(rep)]
        gain = {rep["rep_id"]: self.gain(rep["rep_id"]) for rep in reps}
        if reason == Reason.PENALTIES_EXCEED_VALUE:
            return gain and max(gain.values()) <= NOTHING
        barred = {rep_id for rep_id in gain if self.breaks_a_rule(rep_id)}
        free = gain.keys() - barred
        return any(gain[rep_id] >= -NOTHING for rep_id in barred) and all(
            gain[rep_id] <= NOTHING for rep_id in free
        )

    def allowed(self, rules):
        return [
            rep
            for rep in self.company.rep_rows
            if not any(forbids(self.company, r, self.lead, rep) for r in rules)
        ]

    def is_there(self, rep):
        return at_work(self.company, rep["rep_id"])

    def is_kept(self, by_floor):
        return any(
            forbids(self.company, rule, self.lead, {})
            and is_kept(rule, self.lead)
            and by_floor == bool({"min_score", "min_value"} & rule.keys())
            for rule in self.rules
            if rule["kind"] == "qualify"
        )

    def with_owner(self, rep_id):
        return {**self.owner, self.lead["lead_id"]: rep_id}

    def breaks_a_rule(self, rep_id):
        return is_broken(self.company, self.rules, self.with_owner(rep_id))

    def gain(self, rep_id):
        """Return what the rep's having the lead adds, if hard rules gave way."""
        return self.total(self.with_owner(rep_id)) - self.total(self.owner)

    def total(self, owner):
        leads = self.company.lead_rows
        soft = [rule for rule in self.rules if rule not in self.hard]
        reps = {rep["rep_id"]: rep for rep in self.company.rep_rows}
        owners = [owner.get(lead["lead_id"], "") for lead in leads]
        total = -cost_of_counts(self.company, soft, owners)
        total -= Several(self.company, self.rules).cost(owners, soft)
        for i, (lead, rep_id) in enumerate(zip(leads, owners, strict=True)):
            if rep_id:
                total += self.company.value(i, list(reps).index(rep_id))
                total -= charge(self.company, self.rules, lead, reps[rep_id])
            else:
                total -= unlocked(soft, lead)
        return total

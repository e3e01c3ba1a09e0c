"""The reason given for a lead without an owner is true, by the plain rows alone."""

from solver import Reason, leftovers
from tests.solver.brute_force import at_work, charge, forbids, is_free, is_kept, slots
from tests.solver.days import owners_of, solved
from tests.solver.random_companies import random_day

SPEAKS = {
    Reason.NO_REP_IN_TERRITORY: "territory",
    Reason.NO_REP_FOR_PRODUCT: "product",
    Reason.NO_REP_FOR_LANGUAGE: "language",
    Reason.NO_REP_WITH_SENIORITY: "seniority",
    Reason.NO_REP_IN_TEAM: "team",
    Reason.ACCOUNT_OWNER_NOT_A_REP: "account_owner",
    Reason.EXCLUDED: "exclude",
    Reason.LOCKED_TO_NO_REP: "lock",
}


def test_reasons_are_true_on_random_days():
    """Each reason holds by the plain rows, whatever the rules."""
    seen = set()
    for seed in range(10_000, 10_132):
        company, rules = random_day(seed)
        day, result = solved(company, *rules)
        found = leftovers(day, result)
        owner = owners_of(result.solution)
        lead_ids = {lead["lead_id"] for lead in company.lead_rows}
        assert {*found["lead_id"]} == lead_ids - owner.keys()
        for lead_id, reason in zip(found["lead_id"], found["reason"], strict=True):
            assert Plain(company, rules, owner, lead_id).bears_out(reason), seed
            seen.add(reason)
    assert len(seen) > 12


class Plain:
    """What the plain rows say of one lead that is left over."""

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
            case Reason.BELOW_FLOOR | Reason.KEPT_FOR_NURTURING:
                return self.is_kept(reason == Reason.BELOW_FLOOR)
            case Reason.INFEASIBLE:
                return not self.owner
        if reason in SPEAKS:
            kind = SPEAKS[reason]
            return any(not self.allowed([r]) for r in self.hard if r["kind"] == kind)
        return self.has_no_good_rep_with_room(reason)

    def has_no_good_rep_with_room(self, reason):
        reps = [rep for rep in self.allowed(self.hard) if self.is_there(rep)]
        good = [rep for rep in reps if self.worth(rep) >= 0]
        if reason == Reason.PENALTIES_EXCEED_VALUE:
            return reps and not good
        return good and all(self.is_full(rep) for rep in good)

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

    def worth(self, rep):
        worth = self.company.value(self.position, self.company.rep_rows.index(rep))
        return worth - charge(self.company, self.rules, self.lead, rep)

    def is_full(self, rep):
        rep_id = rep["rep_id"]
        held = sum(
            not is_free(self.company, self.rules, lead, rep_id)
            for lead in self.company.lead_rows
            if self.owner.get(lead["lead_id"]) == rep_id
        )
        return held == slots(self.rules, rep)

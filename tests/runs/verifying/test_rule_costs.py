"""Which rules may cost less than nothing."""

import pytest

from crm import read_crm
from runs.verifying.rule_costs import sparing_slots
from solver import build_day, costs_of_rules, solve
from solver.rules import AccountOwner, Capacity


@pytest.mark.parametrize("takes_slot", [True, False])
def test_a_rule_that_spares_slots_may_bring_more_than_it_costs(takes_slot, tmp_path):
    """Its owner has one slot: with the customer's lead beside it, two are assigned."""
    tables = {
        "leads": "lead_id,created_at,account_id\nL1,2026-01-02,A1\nL2,2026-01-02,\n",
        "reps": "rep_id,daily_capacity\nR1,1\n",
        "accounts": "account_id,owner_rep_id\nA1,R1\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text)
    crm, _ = read_crm({name: str(tmp_path / f"{name}.csv") for name in tables})
    rules = [Capacity(), AccountOwner(uses_capacity=takes_slot)]
    day = build_day(crm, rules, lambda lead, rep: 0.5 + 0 * lead)

    def solved(day, seconds):
        return solve(day.problem, seed=0, time_limit=seconds)

    costs = costs_of_rules(day, solved(day, 10), solved, time_limit=10)
    cost = dict(zip(costs["rule"], costs["cost"], strict=True))["account_owner"]
    assert cost == pytest.approx(0.0 if takes_slot else -0.5)
    assert sparing_slots(day) == (set() if takes_slot else {"account_owner"})

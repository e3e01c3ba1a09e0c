"""What `explain` claims of a lead is what solving again would show."""

import math
import time

import numpy as np
import pytest

from solver import Result, Status, build_day, explain_lead, solve, solve_two_level
from tests.few import few
from tests.solver.companies import Company
from tests.solver.days import day_of, rules_of, solved
from tests.solver.random_companies import random_day

TWO_FOR_ONE = Company(
    [{}, {}],
    [{"daily_capacity": 1}, {"daily_capacity": 1}],
    pair_value={
        ("L0", "R0"): 0.9,
        ("L0", "R1"): 0.8,
        ("L1", "R0"): 0.7,
        ("L1", "R1"): 0.1,
    },
)


def explained(company, lead_id, *rules):
    day, result = solved(company, *rules)
    return explain_lead(day, result, lead_id, seed=0, time_limit=60)


def test_by_hand():
    """L0 goes to R1 though R0 is of higher value: R0's slot costs .1, forcing it .5."""
    found = explained(TWO_FOR_ONE, "L0", {"kind": "capacity"})
    assert (found.rep_id, found.backup_rep_id) == ("R1", "R0")
    r0, r1 = sorted(found.alternatives, key=lambda each: each.rep_id)
    assert r1.is_chosen and r1.forced_cost == 0
    assert r0.value == pytest.approx(0.9)
    assert r0.net <= r1.net + 1e-12
    assert r0.forced_cost == pytest.approx(0.5)
    assert found.skipping == pytest.approx(1.5 - 0.7)


def test_rules_that_exclude_a_rep_are_named_and_no_other():
    """A rep in another territory who is away."""
    company = Company(
        [{"territory": "FR"}],
        [{"territories": ("FR",)}, {"territories": ("DE",), "active": False}],
    )
    rules = {"kind": "territory"}, {"kind": "product"}
    found = {
        each.rep_id: each for each in explained(company, "L0", *rules).alternatives
    }
    assert found["R0"].excluded_by == ()
    assert found["R1"].excluded_by == ("territory", "absence")
    assert math.isnan(found["R1"].forced_cost)


def test_a_lead_without_a_slot_is_told_who_needs_one_more():
    """One more slot at R0 places L1 and gains its value."""
    company = Company([{}, {}], [{"daily_capacity": 1}], pair_value={("L0", "R0"): 0.9})
    found = explained(company, "L1", {"kind": "capacity"})
    assert (found.rep_id, found.reason) == ("", "reps_full")
    slot, lock = found.relaxations
    assert slot.change == "one more slot for R0"
    assert slot.gain == pytest.approx(0.5)
    assert found.alternatives[0].forced_cost == pytest.approx(0.4)
    assert (lock.change, lock.rep_id) == ("a lock to R0", "R0")
    assert lock.gain == pytest.approx(-0.4)


@pytest.mark.parametrize("before", [1, 2, 3, 5])
def test_a_lead_behind_others_is_told_how_many_slots_let_it_in(before):
    """The leads of higher value take the first of them."""
    value = {(f"L{i}", "R0"): 0.9 - 0.1 * i for i in range(before + 2)}
    company = Company([{}] * (before + 2), [{"daily_capacity": 1}], pair_value=value)
    found = explained(company, f"L{before}", {"kind": "capacity"})
    (slots,) = (each for each in found.relaxations if "slot" in each.change)
    assert slots.size == before
    assert slots.change.startswith("one" if before == 1 else str(before))
    gain = sum(value[f"L{i}", "R0"] for i in range(1, before + 1))
    assert slots.gain == pytest.approx(gain)


def test_a_lead_spared_a_rule_may_need_a_lock_as_well():
    """Another territory's rep has one slot, and a lead for it of higher value."""
    company = Company(
        [{"territory": "DE"}, {"territory": "FR"}],
        [{"territories": ("DE",), "daily_capacity": 1}],
        pair_value={("L0", "R0"): 0.9},
    )
    found = explained(company, "L1", {"kind": "capacity"}, {"kind": "territory"})
    (relaxation,) = found.relaxations
    assert relaxation.change == "rule territory sparing it and a lock to R0"
    assert relaxation.gain == pytest.approx(-0.4)


def test_all_that_is_asked_keeps_the_time_limit(monkeypatch):
    """Engines that use all their time leave questions open, and the reader is told."""
    asked = []

    def slow(problem, *, seed, time_limit):
        asked.append(time_limit)
        time.sleep(time_limit)
        return Result.without_solution(problem, Status.NO_SOLUTION, "slow")

    company = Company([{}], [{}] * 20)
    day, result = solved(company)
    monkeypatch.setattr("solver.explain.counterfactuals.solve", slow)
    found = explain_lead(day, result, "L0", seed=0, time_limit=0.3)
    assert 5 < len(asked) <= 20
    assert sum(asked) <= 0.3
    assert found.n_unsolved == 20
    others = [each for each in found.alternatives if not each.is_chosen]
    assert all(math.isnan(each.forced_cost) for each in others)
    assert not any(each.is_proven for each in others)


def test_two_levels_are_asked_as_they_were_solved():
    """L0 may not have its best rep, R0, where teams are chosen by their mean."""
    day = day_of(
        Company(
            [{}],
            [{"team": "north"}, {"team": "north"}, {"team": "south"}],
            pair_value={("L0", "R0"): 0.9, ("L0", "R1"): 0.1, ("L0", "R2"): 0.6},
        )
    )
    result = solve_two_level(day, seed=0, time_limit=60)
    found = explain_lead(day, result, "L0", seed=0, time_limit=60)
    cost = {each.rep_id: each.forced_cost for each in found.alternatives}
    assert cost == pytest.approx({"R0": -0.3, "R1": 0.5, "R2": 0.0})
    assert found.skipping == pytest.approx(0.6)


def test_a_lead_nobody_knows_is_a_key_error():
    """As the documentation says."""
    with pytest.raises(KeyError, match="L9"):
        explained(TWO_FOR_ONE, "L9")


def test_a_lead_that_rules_leave_no_rep_is_told_the_fewest_to_spare_it():
    """Either of two rules on R0; both of them on R1, so that is not offered."""
    company = Company(
        [{"territory": "FR", "product": "car", "language": "fr"}],
        [
            {"territories": ("FR",), "products": ("home",), "languages": ("fr",)},
            {"territories": ("DE",), "products": ("home",), "languages": ("fr",)},
        ],
    )
    kinds = ({"kind": kind} for kind in ("territory", "product", "language"))
    found = explained(company, "L0", *kinds)
    assert [each.change for each in found.relaxations] == ["rule product sparing it"]
    assert found.relaxations[0].rep_id == "R0"


def test_a_pair_that_the_rules_make_impossible_is_said_to_be():
    """R0's only slot is promised to L0, so L1 cannot have it."""
    promised = {"kind": "lock", "pairs": [{"lead_id": "L0", "rep_id": "R0"}]}
    found = explained(TWO_FOR_ONE, "L1", {"kind": "capacity"}, promised)
    (r0,) = (each for each in found.alternatives if each.rep_id == "R0")
    assert r0.forced_cost == math.inf


@pytest.mark.parametrize("seed", few(range(60), 20))
def test_what_forcing_costs_is_what_a_lock_costs(seed):
    """Solving the day with one more rule, a lock, loses exactly what was said."""
    company, rules = random_day(seed)
    day = day_of(company, *rules)
    result = solve(day.problem, seed=0, time_limit=60)
    if not result.status.has_solution:
        return
    for lead_id in day.problem.lead_ids:
        found = explain_lead(day, result, lead_id, seed=0, time_limit=60)
        for each in found.alternatives:
            if each.excluded_by:
                continue
            pair = [{"lead_id": lead_id, "rep_id": each.rep_id}]
            lock = rules_of({"kind": "lock", "name": "forced", "pairs": pair})
            forced = build_day(company.crm, [*day.rules, *lock], company.values)
            again = solve(forced.problem, seed=0, time_limit=60)
            if again.status == Status.INFEASIBLE:
                assert each.forced_cost == math.inf, (lead_id, each.rep_id)
            else:
                lost = result.objective - again.objective
                assert each.forced_cost == pytest.approx(lost, abs=1e-9)


@pytest.mark.parametrize("seed", range(60))
def test_the_chosen_rep_is_the_best_after_prices(seed):
    """Value less price explains every choice of a flow; none beats the chosen."""
    company, rules = random_day(seed)
    day, result = solved(company, *rules)
    if result.engine != "flow" or not result.status.has_solution:
        return
    net = day.problem.value - result.pair_price
    for lead in np.flatnonzero(result.solution.assigned):
        pairs = slice(*day.problem.indptr[lead : lead + 2])
        chosen = net[result.solution.pair[lead]]
        assert chosen >= net[pairs].max() - 1e-9
        if not day.problem.must[lead]:
            assert chosen >= -day.problem.skip_cost[lead] - 1e-9


@pytest.mark.parametrize("seed", range(60))
def test_every_relaxation_places_the_lead(seed):
    """A lead that could be forced has a relaxation, and the least comes first."""
    company, rules = random_day(seed)
    day, result = solved(company, *rules)
    if not result.status.has_solution:
        return
    for lead in np.flatnonzero(~result.solution.assigned):
        lead_id = day.problem.lead_ids[lead]
        found = explain_lead(day, result, lead_id, seed=0, time_limit=60)
        assert found.rep_id == ""
        order = [
            (relaxation.size, -relaxation.gain) for relaxation in found.relaxations
        ]
        assert order == sorted(order)
        forced = [each.forced_cost for each in found.alternatives]
        assert found.relaxations or not any(map(math.isfinite, forced))
        assert all(
            relaxation.rep_id in day.problem.rep_ids for relaxation in found.relaxations
        )

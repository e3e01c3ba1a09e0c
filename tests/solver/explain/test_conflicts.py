"""An infeasible day names its minimal conflict, and the cheapest relaxation."""

import time
from itertools import combinations, islice

import numpy as np
import pytest

from reporting import conflict_sentences
from solver import Conflict, Result, Status, find_conflict
from solver.explain.conflicts import _Search
from solver.problem.deadline import Deadline
from tests.solver.brute_force import optimum
from tests.solver.companies import Company
from tests.solver.days import day_of, solved
from tests.solver.random_companies import random_day, random_rule


def lock(*pairs):
    pairs = [{"lead_id": lead, "rep_id": rep} for lead, rep in pairs]
    return {"kind": "lock", "name": "promised", "pairs": pairs}


def conflict_of(company, *rules) -> Conflict:
    assert solved(company, *rules)[1].status == Status.INFEASIBLE
    return find_conflict(day_of(company, *rules), seed=0, time_limit=60)


def test_a_lock_against_a_rule_names_both_and_no_other():
    """The lead's territory is not the rep's, and the lock says it must be."""
    company = Company([{"territory": "FR"}], [{"territories": ("DE",)}, {}])
    found = conflict_of(
        company, {"kind": "capacity"}, {"kind": "territory"}, lock(("L0", "R0"))
    )
    assert set(found.rules) == {"territory", "promised"}
    assert found.is_smallest
    assert {relaxation.rule for relaxation in found.relaxations} == set(found.rules)


def test_more_locks_than_slots_asks_for_the_missing_slot():
    """Three promises, one slot: two more slots, or two promises fewer."""
    company = Company([{}, {}, {}], [{"daily_capacity": 1}, {}])
    locks = lock(("L0", "R0"), ("L1", "R0"), ("L2", "R0"))
    found = conflict_of(company, {"kind": "capacity"}, locks)
    assert set(found.rules) == {"capacity", "promised"}
    amount = {each.rule: (each.amount, each.places) for each in found.relaxations}
    assert amount["capacity"] == (2, ("R0: 2",))
    assert amount["promised"][0] == 2


def test_the_smallest_set_is_found_though_a_larger_one_comes_first():
    """A promise to a rep who is away cannot hold, whatever the others say."""
    company = Company(
        [{"territory": "FR"}, {}],
        [{"territories": ("DE",), "daily_capacity": 0}, {"active": False}],
    )
    rules = (
        {"kind": "capacity"},
        {**lock(("L0", "R0")), "name": "one"},
        {**lock(("L1", "R1")), "name": "two"},
    )
    found = conflict_of(company, *rules)
    assert found.rules == ("two",)
    assert found.is_smallest
    assert found.relaxations == ()


def test_the_sentences_name_rule_amount_and_place():
    """What a report prints."""
    company = Company([{}, {}], [{"daily_capacity": 1}])
    found = conflict_of(company, {"kind": "capacity"}, lock(("L0", "R0"), ("L1", "R0")))
    first, cheapest, _ = conflict_sentences(found)
    assert first == (
        "minimal conflict: rule capacity and rule promised cannot hold together today "
        "(the smallest such set)"
    )
    assert cheapest.startswith("the cheapest relaxation: rule ")
    assert "1 lead (" in cheapest


def test_two_conflicts_have_a_joint_relaxation():
    """No rule alone helps: one promise is excluded, and two leads for one slot."""
    company = Company([{}, {}, {}], [{"daily_capacity": 1}, {}])
    excluded = {"kind": "exclude", "pairs": [{"lead_id": "L0", "rep_id": "R1"}]}
    rules = (
        {"kind": "capacity"},
        {**lock(("L0", "R1")), "name": "one"},
        excluded,
        {**lock(("L1", "R0"), ("L2", "R0")), "name": "two"},
    )
    found = conflict_of(company, *rules)
    assert found.relaxations == ()
    giving = {each.rule: each.amount for each in found.joint_relaxation}
    assert sum(giving.values()) == 2
    assert len(giving.keys() & {"one", "exclude"}) == 1
    assert len(giving.keys() & {"two", "capacity"}) == 1
    *_, last = conflict_sentences(found)
    assert last.startswith("a joint relaxation: rule ")


@pytest.mark.parametrize("slots", [1, 2])
def test_giving_way_as_far_as_said_is_enough_and_less_is_not(slots):
    """Capacity raised by the amount that was named makes the day feasible."""
    leads, locks = [{}] * 4, lock(*((f"L{i}", "R0") for i in range(4)))
    company = Company(leads, [{"daily_capacity": slots}])
    (needed,) = (
        each.amount
        for each in conflict_of(company, {"kind": "capacity"}, locks).relaxations
        if each.rule == "capacity"
    )
    for more, status in ((0, Status.OPTIMAL), (1, Status.INFEASIBLE)):
        roomier = Company(leads, [{"daily_capacity": int(slots + needed - more)}])
        assert solved(roomier, {"kind": "capacity"}, locks)[1].status == status


def test_without_time_all_hard_rules_are_the_conflict_and_the_reader_is_told(
    monkeypatch,
):
    """Nothing is called minimal that was not found to be."""
    company = Company([{"territory": "FR"}], [{"territories": ("DE",)}, {}])
    rules = ({"kind": "capacity"}, {"kind": "territory"}, lock(("L0", "R0")))

    given = []

    def slow(problem, *, seed, time_limit):
        given.append(time_limit)
        time.sleep(time_limit)
        return Result.without_solution(problem, Status.NO_SOLUTION, "slow")

    monkeypatch.setattr("solver.explain.conflicts.solve", slow)
    found = find_conflict(day_of(company, *rules), seed=0, time_limit=0.5)
    assert sum(given) <= 0.5
    assert set(found.rules) == {"capacity", "territory", "promised"}
    assert not found.is_complete and not found.is_smallest
    said = list(conflict_sentences(found))
    assert said[0].startswith("conflict:") and "not all may be needed" in said[0]
    assert "before all relaxations" in said[1]


def test_hours_are_not_compared_with_leads():
    """A lead of three hours is promised to a rep with half an hour."""
    company = Company([{"effort_hours": 3.0}], [{"hours_per_day": 0.5}])
    found = conflict_of(company, {"kind": "workload"}, lock(("L0", "R0")))
    units = [(each.rule, each.amount, each.unit) for each in found.relaxations]
    assert units == [("promised", 1, "leads"), ("workload", 2.5, "hours")]
    _, first, second = conflict_sentences(found)
    promised = "a relaxation: rule promised would have to give way by 1 lead ("
    assert first.startswith(promised)
    assert second == ("or: rule workload would have to give way by 2.5 hours (R0: 2.5)")


def test_giving_way_in_two_units_saves_leads_first():
    """A promise to who is full, and one to who has no time: one lead, two hours."""
    company = Company(
        [{}, {"effort_hours": 3.0}],
        [{"daily_capacity": 0}, {"hours_per_day": 1.0}],
    )
    promises = (
        {**lock(("L0", "R0")), "name": "one"},
        {**lock(("L1", "R1")), "name": "two"},
    )
    found = conflict_of(company, {"kind": "capacity"}, {"kind": "workload"}, *promises)
    assert found.relaxations == ()
    day = day_of(company, {"kind": "capacity"}, {"kind": "workload"}, *promises)
    search = _Search(day, 0, Deadline.after(np.inf))
    capacity, workload, *_ = day.rules
    given = search.relaxations([workload, capacity])
    assert [(each.rule, each.amount, each.unit) for each in given] == [
        ("workload", 2.0, "hours"),
        ("capacity", 1.0, "leads"),
    ]


def infeasible_days():
    """Yield small days that no allocation obeys, with their rules by name."""
    for seed in range(60_000, 63_000):
        company, rules = random_day(seed)
        rules = [rule for rule in rules if rule["kind"] != "fair_share"]
        rng = np.random.default_rng(seed)
        more = [random_rule(rng, kind, company) for kind in ("lock", "min_per_rep")]
        named = [{**rule, "name": f"more {n}"} for n, rule in enumerate(more)]
        if optimum(company, [*rules, *named]) is None:
            yield company, [*rules, *named]


@pytest.mark.slow
def test_a_joint_relaxation_names_as_few_rules_as_suffice():
    """No smaller set of rules, were it gone, would leave a feasible day."""
    sizes = []
    for company, rules in islice(infeasible_days(), 60):
        day = day_of(company, *rules)
        found = find_conflict(day, seed=0, time_limit=60)
        given = {
            each.rule for each in (found.relaxations[:1] or found.joint_relaxation)
        }
        fewest = fewest_to_drop(company, rules)
        assert bool(given) == (fewest is not None)
        if given:
            assert len(given) == fewest
            rest = [rule for rule in rules if rule["name"] not in given]
            assert optimum(company, rest) is not None
            sizes.append(fewest)
    assert {1, 2} <= set(sizes)


def fewest_to_drop(company, rules):
    """Return how many hard rules must go at least, by trying all sets of them."""
    hard = [rule for rule in rules if rule.get("strength", "hard") == "hard"]
    for size in range(1, len(hard) + 1):
        for gone in combinations(hard, size):
            rest = [rule for rule in rules if rule not in gone]
            if optimum(company, rest) is not None:
                return size
    return None

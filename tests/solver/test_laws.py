"""What must hold between one company's day and a slightly different one."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from solver import Status
from tests.few import few
from tests.solver.companies import Company
from tests.solver.days import best_owners, solved
from tests.solver.pair_meanings import forbids
from tests.solver.random_companies import KINDS, random_day, random_rule
from tests.solver.several_leads import Several
from tests.solver.spoken_of import SEVERAL

SEEDS = range(30_000, 30_040)
PROHIBITIVE = 10_000.0
PARTS_OF_THE_STAFF = {"fair_share", "min_per_rep", "performer"}
"""Kinds that ask something of, or for, every rep there is."""


def best(company: Company, rules) -> float:
    """Return the optimum, minus infinity where nothing is feasible."""
    _, result = solved(company, *rules)
    return -np.inf if result.status == Status.INFEASIBLE else result.objective


def day_without_shares(seed):
    """Return a random day; what is a fair part of it no other rule can change."""
    company, rules = random_day(seed)
    return company, [rule for rule in rules if rule["kind"] != "fair_share"]


def softened(rule, penalty):
    return {**rule, "strength": "soft", "penalty": penalty}


def hard_days():
    """Yield random days with one more hard rule that could be soft."""
    for seed in SEEDS:
        company, rules = day_without_shares(seed)
        rng = np.random.default_rng(seed)
        rule = random_rule(rng, str(rng.choice(KINDS)), company)
        hard = {k: v for k, v in rule.items() if k not in {"strength", "penalty"}}
        # A rule that frees slots or prices pairs is two at once; here it forbids.
        for also in ("uses_capacity", "price_per_km"):
            hard.pop(also, None)
        yield company, rules, {"name": "one more", **hard}


@pytest.mark.parametrize("seed", range(40))
def test_order_of_rows_does_not_matter(seed):
    """Leads, reps and rules in another order give everyone the same leads."""
    company, rules = random_day(seed)
    rng = np.random.default_rng(seed)
    shuffled = replace(
        company,
        leads=[company.lead_rows[i] for i in rng.permutation(len(company.leads))],
        reps=[company.rep_rows[j] for j in rng.permutation(len(company.reps))],
    )
    assert best_owners(shuffled, *rules[::-1]) == best_owners(company, *rules)


def test_a_hard_rule_never_helps():
    """One more rule leaves the optimum or lowers it, and lowers it for some."""
    lost = []
    for company, rules, rule in hard_days():
        without, with_it = best(company, rules), best(company, [*rules, rule])
        assert with_it <= without + 1e-9
        lost.append(with_it < without - 1e-9)
    assert any(lost)


@pytest.mark.slow
def test_a_soft_rule_without_a_penalty_changes_nothing():
    """Everyone gets the same leads; those on several leads may break ties anew."""
    for company, rules, rule in hard_days():
        free = [*rules, softened(rule, 0)]
        assert best(company, free) == pytest.approx(best(company, rules))
        if rule["kind"] not in {*SEVERAL, "capacity", "stability"}:
            assert best_owners(company, *free) == best_owners(company, *rules)


@pytest.mark.slow
def test_a_prohibitive_penalty_is_a_hard_rule():
    """Where the hard rule can be obeyed, leads go where it lets them."""
    for company, rules, rule in hard_days():
        if (hard := best(company, [*rules, rule])) == -np.inf:
            continue
        dear = [*rules, softened(rule, PROHIBITIVE)]
        assert best(company, dear) == pytest.approx(hard)
        reps = {row["rep_id"]: row for row in company.rep_rows}
        owner = best_owners(company, *dear)
        for lead in company.lead_rows:
            rep_id = owner.get(lead["lead_id"])
            assert not (rep_id and forbids(company, rule, lead, reps[rep_id]))
        owners = [owner.get(lead["lead_id"], "") for lead in company.lead_rows]
        assert Several(company, [*rules, rule]).cost(owners, [rule]) == 0


def test_softer_never_hurts():
    """Hard, dear, cheap, none: the optimum rises on the way."""
    for company, rules, rule in hard_days():
        ways = [[rule], [softened(rule, 0.4)], [softened(rule, 0.1)], []]
        value = [best(company, [*rules, *way]) for way in ways]
        assert all(a <= b + 1e-9 for a, b in pairwise(value))


LOOSER = {
    "fair_share": {"min_share": 0.1, "max_share": 3.0},
    "max_per_rep": {"max_leads": 3},
    "min_per_rep": {"min_leads": 0},
    "performer": {"top_share": 0.9},
    "proximity": {"max_km": 1150},
    "stability": {"max_moves": 1},
    "team_quota": {"quotas": {"north": {"max": 2}, "south": {"min": 1}}},
    "territory": {"parents": {"Bonn": "DE", "FR": "EU", "DE": "EU"}},
    "workload": {"default_hours": 0.5},
}
TIGHTER = {
    "fair_share": {"min_share": 0.8, "max_share": 1.5},
    "max_per_rep": {"max_leads": 1},
    "min_per_rep": {"min_leads": 1},
    "performer": {"top_share": 0.2},
    "proximity": {"max_km": 1000},
    "stability": {"max_moves": 0},
    "team_quota": {"quotas": {"north": {"max": 1}, "south": {"min": 2}}},
    "territory": {},
    "workload": {"default_hours": 2.0},
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", few(LOOSER, 3))
def test_wider_bounds_never_hurt(kind):
    """Hard or soft, the optimum stays or rises, and rises for some."""
    gained = []
    for seed in SEEDS:
        company, rules = day_without_shares(seed)
        soft = {"strength": "soft", "penalty": 0.2} if seed % 2 else {}
        tight, loose = (
            best(company, [*rules, {"kind": kind, **terms, **soft}])
            for terms in (TIGHTER[kind], LOOSER[kind])
        )
        assert loose >= tight - 1e-9
        gained.append(loose > tight + 1e-9)
    assert any(gained)


@pytest.mark.slow
def test_more_hours_never_hurt():
    """One more hour for everyone who has a limit leaves the optimum or raises it."""
    gained = []
    for seed in SEEDS:
        company, rules = day_without_shares(seed)
        rules = [*rules, {"kind": "workload", "name": "hours"}]
        longer = [
            {**row, "hours_per_day": row["hours_per_day"] + 1}
            if "hours_per_day" in row
            else row
            for row in company.rep_rows
        ]
        before, after = (
            best(company, rules),
            best(replace(company, reps=longer), rules),
        )
        assert after >= before - 1e-9
        gained.append(after > before + 1e-9)
    assert any(gained)


@pytest.mark.slow
def test_more_capacity_never_hurts():
    """One more slot for everyone leaves the optimum or raises it."""
    gained = []
    for seed in SEEDS:
        company, rules = day_without_shares(seed)
        rules = [*rules, {"kind": "capacity", "name": "day", "open_book": False}]
        roomier = [
            {**row, "daily_capacity": row["daily_capacity"] + 1}
            for row in company.rep_rows
        ]
        before, after = (
            best(company, rules),
            best(replace(company, reps=roomier), rules),
        )
        assert after >= before - 1e-9
        gained.append(after > before + 1e-9)
    assert any(gained)


@pytest.mark.slow
def test_one_more_rep_never_hurts():
    """A copy of a rep leaves the optimum or raises it."""
    for seed in SEEDS:
        company, rules = random_day(seed)
        rules = [rule for rule in rules if rule["kind"] not in PARTS_OF_THE_STAFF]
        newcomer = {**company.rep_rows[0], "rep_id": "new"}
        larger = replace(company, reps=[*company.rep_rows, newcomer])
        assert best(larger, rules) >= best(company, rules) - 1e-9

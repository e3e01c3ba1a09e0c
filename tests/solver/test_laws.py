"""What must hold between one company's day and a slightly different one."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from solver import Status
from tests.solver.brute_force import forbids
from tests.solver.companies import Company
from tests.solver.days import best_owners, solved
from tests.solver.random_companies import KINDS, random_day, random_rule

SEEDS = range(30_000, 30_040)
HARD_ONLY = {"capacity", "exclude", "lock", "qualify"}
PROHIBITIVE = 100.0


def best(company: Company, rules) -> float:
    """Return the optimum, minus infinity where nothing is feasible."""
    _, result = solved(company, *rules)
    return -np.inf if result.status == Status.INFEASIBLE else result.objective


def softened(rule, penalty):
    return {**rule, "strength": "soft", "penalty": penalty}


def hard_days():
    """Yield random days with one more hard rule that could be soft."""
    kinds = [kind for kind in KINDS if kind not in HARD_ONLY]
    for seed in SEEDS:
        company, rules = random_day(seed)
        rng = np.random.default_rng(seed)
        rule = random_rule(rng, str(rng.choice(kinds)), company)
        hard = {k: v for k, v in rule.items() if k not in {"strength", "penalty"}}
        # A rule that frees slots is two rules at once; here it only forbids.
        hard.pop("uses_capacity", None)
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


def test_a_soft_rule_without_a_penalty_changes_nothing():
    """Everyone gets the same leads."""
    for company, rules, rule in hard_days():
        with_it = best_owners(company, *rules, softened(rule, 0))
        assert with_it == best_owners(company, *rules)


def test_a_prohibitive_penalty_is_a_hard_rule():
    """Where nothing is locked, leads go where the hard rule lets them."""
    for company, rules, rule in hard_days():
        if any(each["kind"] == "lock" for each in rules):
            continue
        dear = solved(company, *rules, softened(rule, PROHIBITIVE))[1]
        assert dear.objective == pytest.approx(best(company, [*rules, rule]))
        reps = {row["rep_id"]: row for row in company.rep_rows}
        owner = best_owners(company, *rules, softened(rule, PROHIBITIVE))
        for lead in company.lead_rows:
            rep_id = owner.get(lead["lead_id"])
            assert not (rep_id and forbids(company, rule, lead, reps[rep_id]))


def test_softer_never_hurts():
    """Hard, dear, cheap, none: the optimum rises on the way."""
    for company, rules, rule in hard_days():
        ways = [[rule], [softened(rule, 0.4)], [softened(rule, 0.1)], []]
        worth = [best(company, [*rules, *way]) for way in ways]
        assert all(a <= b + 1e-9 for a, b in pairwise(worth))


def test_more_capacity_never_hurts():
    """One more slot for everyone leaves the optimum or raises it."""
    gained = []
    for seed in SEEDS:
        company, rules = random_day(seed)
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


def test_one_more_rep_never_hurts():
    """A copy of a rep leaves the optimum or raises it."""
    for seed in SEEDS:
        company, rules = random_day(seed)
        newcomer = {**company.rep_rows[0], "rep_id": "new"}
        larger = replace(company, reps=[*company.rep_rows, newcomer])
        assert best(larger, rules) >= best(company, rules) - 1e-9

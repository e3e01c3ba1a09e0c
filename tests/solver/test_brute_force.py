"""Every kind of rule, alone and with every other, against trying every allocation."""

import numpy as np
import pytest

from solver import Status, solve, violations
from solver.policies import round_robin
from tests.solver.brute_force import is_broken, optimum
from tests.solver.companies import Company
from tests.solver.days import day_of, owners_of, rules_of
from tests.solver.random_companies import MENUS, random_day, random_owners

ROUND = len(MENUS)
QUICK, ALL = 1, 24
EACH_ROUND = pytest.mark.parametrize(
    "nth",
    [pytest.param(n, marks=[] if n < QUICK else pytest.mark.slow) for n in range(ALL)],
    scope="module",
)
"""Both tests of a round, one after the other: they share its companies."""


@EACH_ROUND
def test_optimum_equals_brute_force(nth):
    """Value and feasibility are those of trying everything, and no rule is broken."""
    for seed in range(nth * ROUND, (nth + 1) * ROUND):
        company, rules = random_day(seed)
        problem = day_of(company, *rules).problem
        result = solve(problem, seed=seed, time_limit=60)
        best = optimum(company, rules)
        if best is None:
            assert result.status == Status.INFEASIBLE, seed
            continue
        assert result.status == Status.OPTIMAL, seed
        assert result.objective == pytest.approx(best, abs=1e-9), seed
        taken_in_turn = round_robin(problem, np.random.default_rng(seed))
        for solution in (result.solution, taken_in_turn):
            assert found(company, rules, owners_of(solution)) == [], seed


@pytest.mark.slow
@EACH_ROUND
def test_violations_are_found_and_none_is_invented(nth):
    """Of owners drawn at random, those that break a hard rule are called out."""
    verdicts = []
    for seed in range(nth * ROUND, (nth + 1) * ROUND):
        company, rules = random_day(seed)
        rng = np.random.default_rng(seed)
        for owner in (random_owners(rng, company), {}):
            verdicts.append(is_broken(company, rules, owner))
            assert bool(found(company, rules, owner)) == verdicts[-1], (seed, owner)
    assert 0.1 < np.mean(verdicts) < 0.9


def found(company: Company, rules, owner):
    return violations(company.crm, rules_of(*rules), owner)

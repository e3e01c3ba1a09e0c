"""Twenty rules side by side cost what they cost one after the other, and anew."""

from functools import partial
from itertools import chain

import numpy as np
import pytest

from solver import Status, build_day, costs_of_rules, solve
from solver.building import ScoredPairs, bounds_sums
from solver.engines.price import solve_price
from solver.explain import rule_costs
from tests.few import few
from tests.solver.building.test_factorising import scores_of
from tests.solver.companies import Company
from tests.solver.days import rules_of
from tests.solver.random_companies import KINDS, random_company, random_rule

N_RULES, N_COMPANIES = 20, 60


def solved(day, seconds, engine):
    return engine(day.problem, seed=0, time_limit=seconds)


def large_day(seed):
    """Return a day of a few hundred leads under rules of as many kinds as there are."""
    rng = np.random.default_rng(seed)
    parts = [random_company(rng) for _ in range(N_COMPANIES)]
    reps = list(chain.from_iterable(part.reps for part in parts[::4]))
    company = Company(
        leads=list(chain.from_iterable(part.leads for part in parts)),
        reps=[rep | {"daily_capacity": int(rng.integers(0, 9))} for rep in reps],
        accounts=parts[0].accounts,
        absences=parts[0].absences,
        as_of=parts[0].as_of,
    )
    rules = []
    while len(rules) < N_RULES:
        kind = str(rng.permutation(KINDS)[0])
        rule = {"name": f"rule {len(rules)}", **random_rule(rng, kind, company)}
        if kind in {"must_assign", "lock"} and "penalty" not in rule:
            rule |= {"strength": "soft", "penalty": 0.2}
        rules += [one for one in rules_of(rule) if one not in bounds_sums([one])]
    return build_day(company.crm, rules, ScoredPairs(*scores_of(company.crm, seed)))


@pytest.mark.parametrize("seed", few(range(3), 1))
def test_threads_and_fresh_solves_agree(seed, monkeypatch):
    """To the bit in threads; within rounding where the flow solves each day anew.

    A rule that costs nothing costs 0, and no rounding.
    """
    day = large_day(seed)
    result = solved(day, 60.0, solve_price)
    assert result.status == Status.OPTIMAL
    costs = {}
    for cores in 1, 2, 5:
        monkeypatch.setattr(rule_costs, "n_cores", lambda cores=cores: cores)
        again = partial(solved, engine=solve_price)
        costs[cores] = costs_of_rules(day, result, again, time_limit=600)
    assert costs[1]["rule"].tolist() == [rule.name for rule in day.rules]
    assert costs[1]["proven"].all()
    assert costs[2].equals(costs[1])
    assert costs[5].equals(costs[1])
    size = costs[1]["cost"].abs()
    assert not size.between(0.0, 1e-12 * abs(result.objective), "neither").any()
    for place, rule in enumerate(day.rules):
        others = [other for other in day.rules if other is not rule]
        anew = solve(day.under(others).problem, seed=0, time_limit=60)
        cost = anew.objective - result.objective
        assert costs[2]["cost"][place] == pytest.approx(cost, abs=1e-8), rule

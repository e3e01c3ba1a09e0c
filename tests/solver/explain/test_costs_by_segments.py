"""What rules of a large day cost is the same from segments and from stored pairs."""

from functools import partial

import numpy as np
import pandas as pd
import pytest

from solver import Status, build_day, costs_of_rules, solve
from solver.building import ScoredPairs, bounds_sums
from solver.engines.price import solve_price
from tests.few import few
from tests.solver.building.test_factorising import scores_of
from tests.solver.days import rules_of
from tests.solver.random_companies import KINDS, random_company, random_rule

SECONDS = 60.0


def solved_day(day, seconds, engine):
    return engine(day.problem, seed=0, time_limit=seconds)


@pytest.mark.parametrize("seed", few(range(40), 15))
def test_costs_are_those_of_stored_pairs(seed: int) -> None:
    """By the same names, of the same number of leads where optima are unique."""
    rng = np.random.default_rng(seed)
    company = random_company(rng)
    written = [
        {"name": f"rule {number}", **random_rule(rng, str(kind), company)}
        for number, kind in enumerate(rng.choice(KINDS, size=4))
    ]
    rules = rules_of(*written, {"kind": "capacity"})
    rules = [rule for rule in rules if rule not in bounds_sums(rules)]
    day = build_day(company.crm, rules, ScoredPairs(*scores_of(company.crm, seed)))
    costs: list[pd.DataFrame] = []
    for engine in solve, solve_price:
        result = solved_day(day, SECONDS, engine)
        if result.status == Status.INFEASIBLE:
            return
        again = partial(solved_day, engine=engine)
        costs.append(costs_of_rules(day, result, again, time_limit=SECONDS))
    stored, by_segments = costs
    assert by_segments["proven"].all()
    assert by_segments["rule"].equals(stored["rule"])
    assert np.allclose(by_segments["cost"], stored["cost"], atol=1e-6)
    assert by_segments["leads_held_back"].equals(stored["leads_held_back"])

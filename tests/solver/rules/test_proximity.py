"""Proximity: a lead goes to an office nearby, or pays for the way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from solver import ProblemError
from tests.solver.companies import Company
from tests.solver.days import best_owners, broken, day_of, rules_of, solved

PARIS = {"latitude": 48.8566, "longitude": 2.3522}
LYON = {"latitude": 45.764, "longitude": 4.8357}
SYDNEY = {"latitude": -33.8688, "longitude": 151.2093}
PARIS_TO_LYON, PARIS_TO_SYDNEY = 391.5, 16_960.5
RULE = {"kind": "proximity", "max_km": 300}
PRICE = {"kind": "proximity", "price_per_km": 0.001}

COMPANY = Company(
    leads=[{**PARIS, "priority": "hot"}, {**LYON, "priority": "cold"}, {}],
    reps=[PARIS, LYON, {"latitude": 48.8}],
    pair_value={(f"L{i}", "R2"): 0.9 for i in range(3)} | {("L0", "R1"): 0.8},
)


def test_hard_is_obeyed():
    """Leads stay near an office; the one without a place goes anywhere."""
    assert best_owners(COMPANY) == {"L0": "R2", "L1": "R2", "L2": "R2"}
    assert best_owners(COMPANY, RULE) == {"L0": "R0", "L1": "R1", "L2": "R2"}


def test_broken_on_purpose_is_named():
    """An office too far, and a rep without a place, are both called out."""
    owner = {"L0": "R1", "L1": "R2", "L2": "R2"}
    found = broken(COMPANY, owner, RULE)
    assert found == [("proximity", "L0", "R1"), ("proximity", "L1", "R2")]


def test_soft_costs_the_penalty():
    """Beyond the limit, and with a rep who has no place."""
    soft = {**RULE, "strength": "soft", "penalty": 0.2}
    day, result = solved(COMPANY, soft)
    charged = [0.5, 0.6, 0.7, 0.3, 0.5, 0.7, 0.5, 0.5, 0.9]
    assert day.problem.value.tolist() == pytest.approx(charged)
    assert result.objective == pytest.approx(0.7 + 0.7 + 0.9)


def test_where_restricts_it():
    """Only the hot lead must stay near."""
    hot = {**RULE, "where": {"priority": "hot"}}
    assert best_owners(COMPANY, hot) == {"L0": "R0", "L1": "R2", "L2": "R2"}
    assert broken(COMPANY, {"L0": "R0", "L1": "R2"}, hot) == []


def test_every_km_has_its_price():
    """Whatever the strength, and nothing for a lead without a place."""
    day = day_of(Company(COMPANY.leads, [PARIS, LYON, SYDNEY]), PRICE)
    paid = (0.5 - day.problem.value.reshape(3, 3)) * 1000
    assert paid[0] == pytest.approx([0, PARIS_TO_LYON, PARIS_TO_SYDNEY], abs=0.1)
    assert paid[1, :2] == pytest.approx([PARIS_TO_LYON, 0], abs=0.1)
    assert paid[2].tolist() == [0, 0, 0]


def test_price_and_limit_add_up():
    """Within the limit the way alone is paid, beyond it the penalty too."""
    both = {**RULE, **PRICE, "strength": "soft", "penalty": 0.2}
    day = day_of(Company([PARIS], [PARIS, LYON]), both)
    beyond = 0.5 - 0.2 - PARIS_TO_LYON / 1000
    assert day.problem.value.tolist() == pytest.approx([0.5, beyond], abs=1e-4)


def test_price_where():
    """A lead that where does not pick pays nothing."""
    day = day_of(Company([PARIS], [SYDNEY]), {**PRICE, "where": {"priority": "hot"}})
    assert day.problem.value.tolist() == [0.5]


def test_a_price_needs_every_office():
    """A way to nowhere has no price; scenarios are refused before."""
    with pytest.raises(ProblemError, match="finite"):
        day_of(COMPANY, PRICE)


def test_the_same_place_is_near():
    """However small the limit, and on both sides of the date line."""
    rule = {**RULE, "max_km": 0.001}
    day = Company(
        [{"latitude": 0.0, "longitude": 180.0}, PARIS],
        [{"latitude": 0.0, "longitude": -180.0}, PARIS],
    )
    assert best_owners(day, rule) == {"L0": "R0", "L1": "R1"}


places = st.fixed_dictionaries(
    {"latitude": st.floats(-90, 90), "longitude": st.floats(-180, 180)}
)


@settings(deadline=None)
@given(places, places)
@pytest.mark.slow
def test_rule_and_check_agree_to_two_metres(lead, rep):
    """Two ways to measure the distance of any two places, and one verdict."""
    company = Company([lead], [rep])
    distance = 0.5 - day_of(company, {**PRICE, "price_per_km": 1.0}).problem.value[0]
    for more in (0.002, -0.002):
        if 0 < distance + more < 20_015:
            rule = {**RULE, "max_km": float(distance + more)}
            assert best_owners(company, rule) == ({"L0": "R0"} if more > 0 else {})
            assert (broken(company, {"L0": "R0"}, rule) == []) == (more > 0)


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ({}, "needs max_km, price_per_km or both"),
        ({"price_per_km": 0.1, "strength": "soft", "penalty": 1}, "needs max_km"),
        ({"max_km": 0}, "greater than 0"),
        ({"max_km": 20_100}, "less than or equal to 20016"),
        ({"price_per_km": -1}, "greater than or equal to 0"),
    ],
)
def test_impossible_terms_are_refused(terms, told):
    """Distances end half-way around the earth, and a rule says something."""
    with pytest.raises(ValidationError, match=told):
        rules_of({"kind": "proximity", **terms})

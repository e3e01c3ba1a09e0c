"""Fair share: nobody gets much more or much less than their part of the value."""

import numpy as np
import pytest
from pydantic import ValidationError

from tests.few import few
from tests.solver.companies import Company
from tests.solver.days import best_owners, broken, day_of, owners_of, rules_of, solved

RULE = {"kind": "fair_share", "min_share": 0.5, "max_share": 1.5}
# Four leads of equal value that R0 would all have; half of each fair part is one lead.
COMPANY = Company(
    leads=[{"expected_value": 0.2, "priority": p} for p in ("hot", "hot", "", "")],
    reps=[{}, {}],
    pair_value={(f"L{i}", "R0"): 0.9 - i / 10 for i in range(4)},
)


def fair(*reps, **more):
    company = Company(COMPANY.leads, list(reps), **more)
    [share] = day_of(company, RULE).problem.shares
    return share.fair.tolist()


def test_hard_is_obeyed():
    """R1 gets the lead that loses least by it."""
    assert set(best_owners(COMPANY).values()) == {"R0"}
    owner = best_owners(COMPANY, RULE)
    assert owner == {"L0": "R0", "L1": "R0", "L2": "R0", "L3": "R1"}
    exact = {**RULE, "min_share": 1.0, "max_share": 1.0}
    assert list(best_owners(COMPANY, exact).values()).count("R1") == 2


def test_broken_on_purpose_is_named():
    """Everything is twice a fair half, and nothing is none of it."""
    owner = dict.fromkeys(("L0", "L1", "L2", "L3"), "R0")
    named = [("fair_share", "", "R0"), ("fair_share", "", "R1")]
    assert broken(COMPANY, owner, RULE) == named
    assert broken(COMPANY, owner, {**RULE, "max_share": None}) == named[1:]
    assert broken(COMPANY, owner, {**RULE, "min_share": None}) == named[:1]
    assert broken(COMPANY, {**owner, "L3": "R1"}, RULE) == []
    assert broken(COMPANY, {}, RULE) == []


def test_what_a_lead_counts_does_not_depend_on_the_rep():
    """The bounds are of expected_value, not of the pair's value."""
    [share] = day_of(COMPANY, RULE).problem.shares
    assert share.weight.tolist() == [0.2] * 4


def test_fair_is_by_hours():
    """A missing one is the mean of the others; where none is given all are equal."""
    assert fair({"hours_per_day": 6.0}, {"hours_per_day": 2.0}) == pytest.approx(
        [0.75, 0.25]
    )
    told = fair({"hours_per_day": 6.0}, {}, {"hours_per_day": 2.0})
    assert told == pytest.approx([6 / 12, 4 / 12, 2 / 12])
    assert fair({}, {}) == [0.5, 0.5]
    assert fair({"hours_per_day": 0.0}, {}) == [0.5, 0.5]


def test_who_is_away_has_no_part():
    """Nor do their hours count in the mean."""
    away = {"hours_per_day": 100.0, "active": False}
    assert fair({"hours_per_day": 4.0}, {}, away) == [0.5, 0.5, 0.0]
    company = Company(COMPANY.leads, [{"hours_per_day": 4.0}, {}, away])
    owner = {"L0": "R0", "L1": "R0", "L2": "R1", "L3": "R1"}
    assert broken(company, owner, RULE) == []


def test_a_rep_without_hours_is_not_spoken_of():
    """No hours are no part, and whatever the rep gets is fine."""
    company = Company(COMPANY.leads, [{"hours_per_day": 4.0}, {"hours_per_day": 0.0}])
    assert broken(company, {"L0": "R0", "L1": "R1"}, {**RULE, "min_share": None}) == []
    assert fair(*company.reps) == [1.0, 0.0]


@pytest.mark.parametrize(
    ("penalty", "load", "objective"),
    [(0.2, [4, 0], 3.0 - 0.4 * 0.2), (0.3, [3, 1], 2.9)],
)
def test_soft_costs_the_penalty_per_unit_of_value(penalty, load, objective):
    """R0 has .2 too much and R1 .2 too little; with L3 (.6 or .5) at R1 all is fair."""
    soft = {**RULE, "strength": "soft", "penalty": penalty}
    _, result = solved(COMPANY, soft)
    assert result.solution.load.tolist() == load
    assert result.objective == pytest.approx(objective)
    assert broken(COMPANY, {"L0": "R0"}, soft) == []


def test_where_restricts_it():
    """The two hot leads are shared, the others go where they are best."""
    hot = {**RULE, "where": {"priority": "hot"}}
    owner = best_owners(COMPANY, hot)
    assert owner == {"L0": "R0", "L1": "R1", "L2": "R0", "L3": "R0"}
    assert broken(COMPANY, dict.fromkeys(("L0", "L2"), "R0"), hot) != []
    assert broken(COMPANY, dict.fromkeys(("L2", "L3"), "R0"), hot) == []


@pytest.mark.parametrize("bounds", [{}, {"min_share": 1.1}, {"max_share": 0.9}])
def test_bounds_that_cannot_be(bounds):
    """Not everybody can have more than a fair part, or less."""
    with pytest.raises(ValidationError):
        rules_of({"kind": "fair_share", **bounds})


def test_no_reps_at_work():
    """Nobody has a part, and nothing is broken."""
    assert np.array_equal(fair({"active": False}), [0.0])
    assert broken(Company(COMPANY.leads, [{"active": False}]), {}, RULE) == []


FULL = {"daily_capacity": 0}
NORTH, SOUTH = {"territories": ("North",)}, {"territories": ("South",)}
RULES = [{"kind": "capacity"}, {"kind": "territory"}, RULE]


def shared(leads, reps, *rules):
    """Return how many leads each rep gets in the optimum."""
    company = Company([{"expected_value": 0.2, **lead} for lead in leads], reps)
    _, result = solved(company, *(rules or RULES))
    assert result.status == "optimal"
    return result.solution.load.tolist()


@pytest.mark.parametrize("bounds", [{"max_share": None}, {"min_share": None}, {}])
def test_a_full_rep_has_no_part_to_reach(bounds):
    """The others share the leads, at least one and at most three for each."""
    load = shared([{}] * 4, [{}, {}, FULL], *RULES[:2], {**RULE, **bounds})
    assert sum(load) == 4
    assert load[2] == 0
    if "max_share" not in bounds:
        assert min(load[:2]) >= 1


def test_a_quiet_territory_has_no_part_to_reach():
    """The South has no lead; the North's two reps share theirs."""
    load = shared([{"territory": "North"}] * 4, [NORTH, NORTH, SOUTH])
    assert sum(load) == 4
    assert min(load[:2]) >= 1


def test_a_small_territory_gives_its_rep_what_there_is():
    """One lead there and seven here: by hours alone nobody could have seven."""
    leads = [{"territory": "North"}] * 7 + [{"territory": "South"}]
    assert shared(leads, [NORTH, SOUTH]) == [7, 1]


@pytest.mark.parametrize("share", [{}, {"min_share": 1.0, "max_share": 1.0}])
@pytest.mark.parametrize("n_leads", [1, 2, 3, 5])
def test_fewer_leads_than_reps_can_share_are_assigned(n_leads, share):
    """A part of less than a lead is none, and one of more than three may be four."""
    load = shared([{}] * n_leads, [{}] * 4, *RULES[:2], {**RULE, **share})
    assert sum(load) == n_leads
    assert max(load) <= 2


def test_two_reps_for_one_lead():
    """Either may have it; the others' leads are no less theirs for that."""
    leads = [{"territory": "South"}, *[{"territory": "North"}] * 4]
    load = shared(leads, [SOUTH, SOUTH, NORTH, NORTH])
    assert sum(load[:2]) == 1
    assert load[2:] == [2, 2] or sorted(load[2:]) == [1, 3]


def test_leads_that_fit_nobody_are_no_part():
    """Three hours fit into nobody's day; the other lead is assigned."""
    leads = [{"effort_hours": 3.0}, {"effort_hours": 1.0}]
    reps = [{"hours_per_day": 2.0}] * 2
    assert sum(shared(leads, reps, RULE, {"kind": "workload"})) == 1


def test_leads_of_one_owner_are_one_lead():
    """Both leads of an account go to one of the two."""
    leads = [{"account_id": "A"}] * 2
    one_owner = {"kind": "one_owner", "same": "account_id"}
    assert sorted(shared(leads, [{}, {}], RULE, one_owner)) == [0, 2]


@pytest.mark.parametrize("seed", few(range(40), 15))
def test_a_fair_share_never_empties_a_day(seed):
    """Whatever the weights, hours, slots, territories and bounds."""
    rng = np.random.default_rng(seed)
    places = ["North", "South", "West"]
    leads = [
        {"territory": str(rng.choice(places)), "expected_value": float(value)}
        for value in rng.uniform(0.05, 0.9, rng.integers(1, 12))
    ]
    reps = [
        {
            "territories": tuple(rng.choice(places, rng.integers(1, 3), replace=False)),
            "daily_capacity": int(rng.integers(0, 5)),
            "hours_per_day": float(rng.integers(1, 9)),
        }
        for _ in range(rng.integers(1, 5))
    ]
    bounds = {"min_share": float(rng.uniform(0, 1)), "max_share": 1 + rng.random()}
    company = Company(leads, reps)
    _, free = solved(company, *RULES[:2])
    _, result = solved(company, *RULES[:2], {"kind": "fair_share", **bounds})
    assert result.solution.n_assigned == free.solution.n_assigned
    owner = owners_of(result.solution)
    assert broken(company, owner, *RULES[:2], {**RULE, **bounds}) == []

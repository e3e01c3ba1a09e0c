"""Capacity: nobody gets more leads than they can work."""

import pytest

from tests.solver.companies import MONDAY, Company
from tests.solver.days import best_owners, broken, day_of, solved

RULE = {"kind": "capacity"}
DAILY = {"kind": "capacity", "open_book": False}


def staffed(n_leads=4, **rep):
    return Company([{}] * n_leads, [{"daily_capacity": 3, **rep}])


def test_daily_capacity_is_obeyed():
    """Three of four leads are distributed; without the rule all are."""
    assert len(best_owners(staffed(), RULE)) == 3
    assert len(best_owners(staffed())) == 4


@pytest.mark.parametrize(
    ("open_capacity", "open_leads", "slots"),
    [(10, 8, 2), (10, 2, 3), (10, 12, 0), (2, None, 2), (None, 8, 3)],
)
def test_the_open_book_limits_as_well(open_capacity, open_leads, slots):
    """Room is what is left of the open book, where there is one, and never negative."""
    company = staffed(open_capacity=open_capacity, open_leads=open_leads)
    assert day_of(company, RULE).problem.capacity.tolist() == [slots]
    assert len(best_owners(company, RULE)) == slots
    assert len(best_owners(company, DAILY)) == 3


@pytest.mark.parametrize(
    ("open_capacity", "open_leads", "room"),
    [(10, 8, 2), (10, 2, 3), (10, 12, 0), (2, None, 2), (None, 8, 3)],
)
def test_the_check_counts_the_same_room(open_capacity, open_leads, room):
    """As many leads as there is room for are fine, one more breaks the rule."""
    company = staffed(open_capacity=open_capacity, open_leads=open_leads)
    full = {f"L{i}": "R0" for i in range(room)}
    assert broken(company, full, RULE) == []
    assert broken(company, {**full, "L3": "R0"}, RULE) == [("capacity", "", "R0")]


def test_broken_on_purpose_says_by_how_much():
    """The rep is named once, with the leads held and the room there was."""
    company = Company([{}] * 4, [{"daily_capacity": 1}, {}])
    owner = {"L0": "R0", "L1": "R0", "L2": "R0", "L3": "R1"}
    assert broken(company, owner, RULE) == [("capacity", "", "R0")]


def test_the_tighter_of_two_rules_holds():
    """Two capacity rules are both obeyed."""
    company = staffed(open_capacity=10, open_leads=9)
    assert len(best_owners(company, DAILY, {**RULE, "name": "open book"})) == 1


@pytest.mark.parametrize(("penalty", "given"), [(0.3, 4), (0.6, 3)])
def test_soft_costs_the_penalty_per_lead_beyond_the_slots(penalty, given):
    """Every lead has value .5: it is given where the penalty is less."""
    soft = {**RULE, "strength": "soft", "penalty": penalty}
    _, result = solved(staffed(5), soft)
    assert result.objective == pytest.approx(max(5 * 0.5 - 2 * penalty, 3 * 0.5))
    assert len(best_owners(staffed(), soft)) == given
    assert broken(staffed(), dict.fromkeys(("L0", "L1", "L2", "L3"), "R0"), soft) == []


def test_soft_prices_a_slot():
    """One more saves its penalty."""
    soft = {**RULE, "strength": "soft", "penalty": 0.3}
    day, result = solved(staffed(5), soft)
    [limit] = day.problem.limits
    assert (limit.what, limit.key, limit.upper) == ("rep_slot", "R0", 3)
    assert result.limit_price.tolist() == pytest.approx([0.3])
    assert result.price.tolist() == [0]


def test_where_restricts_it():
    """Only hot leads take slots."""
    leads = [{"priority": "hot"}] * 3 + [{"priority": "cold"}] * 3
    company = Company(leads, [{"daily_capacity": 1}])
    hot = {**RULE, "where": {"priority": "hot"}}
    owner = best_owners(company, hot)
    assert len(owner) == 4
    assert {"L3", "L4", "L5"} < owner.keys()
    assert broken(company, owner, hot) == []
    assert broken(company, dict.fromkeys(("L0", "L1"), "R0"), hot) == [
        ("capacity", "", "R0")
    ]


RAMP_UP = {**RULE, "ramp_up": {"days": 60, "start": 0.25}}
STARTED = {
    "2026-09-07T23:00:00Z": 10,
    "2026-09-07T00:00:00Z": 10,
    "2026-09-06T23:59:59Z": 11,
    "2026-08-08T00:00:00Z": 25,
    "2026-07-10T00:00:00Z": 40,
    "2026-07-09T00:00:00Z": 40,
    "2020-01-01T00:00:00Z": 40,
    None: 40,
}


@pytest.mark.parametrize(("start_date", "slots"), STARTED.items(), ids=str)
def test_newcomers_grow_into_their_capacity(start_date, slots):
    """A quarter of 40 on the first day, then half a slot a day, rounded half up."""
    as_of = "2026-09-07T23:59:59Z"
    company = Company(
        [{}] * 41, [{"daily_capacity": 40, "start_date": start_date}], as_of=as_of
    )
    assert day_of(company, RAMP_UP).problem.capacity.tolist() == [slots]
    held = {f"L{i}": "R0" for i in range(slots)}
    assert broken(company, held, RAMP_UP) == []
    assert broken(company, {**held, "L40": "R0"}, RAMP_UP) == [("capacity", "", "R0")]


@pytest.mark.parametrize(("daily", "slots"), [(0, 0), (1, 1), (4, 1), (5, 1), (6, 2)])
def test_the_first_day_has_a_slot(daily, slots):
    """At least one where there is any capacity; 1.25 is one, and 1.5 is two."""
    newcomer = {"daily_capacity": daily, "start_date": MONDAY}
    company = Company([{}] * 3, [newcomer])
    assert day_of(company, RAMP_UP).problem.capacity.tolist() == [slots]
    held = {f"L{i}": "R0" for i in range(slots)}
    assert broken(company, held, RAMP_UP) == []
    assert broken(company, {**held, "L2": "R0"}, RAMP_UP) == [("capacity", "", "R0")]


def test_the_open_book_does_not_grow():
    """Whatever is left of it is left; the tighter of both holds."""
    rep = {"daily_capacity": 8, "open_capacity": 3, "open_leads": 2}
    company = Company([{}] * 3, [{**rep, "start_date": MONDAY}])
    assert day_of(company, RAMP_UP).problem.capacity.tolist() == [1]


@pytest.mark.parametrize(
    ("rep", "absences"),
    [
        ({"active": False}, []),
        ({"start_date": "2026-09-08T00:00:00Z"}, []),
        ({}, [("R0", MONDAY, MONDAY)]),
    ],
    ids=["inactive", "not started", "absent"],
)
def test_who_is_away_gets_nothing(rep, absences):
    """Whatever the capacity, and the check says so without any rule."""
    company = Company([{}], [rep], absences=absences)
    assert best_owners(company, RULE) == {}
    assert broken(company, {"L0": "R0"}, RULE) == [("availability", "L0", "R0")]


@pytest.mark.parametrize(("factor", "slots"), [(0, 0), (0.5, 2), (1.2, 4), (2, 6)])
def test_the_factor_multiplies_slots_and_rounds_half_up(factor, slots):
    """Three slots times so much, in the problem and in the check."""
    rule = {"kind": "capacity", "factor": factor}
    company = staffed(n_leads=7)
    assert day_of(company, rule).problem.capacity.tolist() == [slots]
    full = {f"L{i}": "R0" for i in range(slots)}
    assert broken(company, full, rule) == []
    assert broken(company, {**full, "L6": "R0"}, rule) == [("capacity", "", "R0")]

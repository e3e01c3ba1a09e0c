"""Every lead without an owner has a reason, and a detail that helps."""

import numpy as np
import pytest

from solver import Reason, Result, Solution, Status, known_reasons
from solver.explain import unassigned_leads
from tests.solver.companies import MONDAY, Company
from tests.solver.days import day_of, solved

LEAD = {
    "territory": "FR",
    "product": "car",
    "language": "fr",
    "account_id": "A",
    "priority": "cold",
    "deal_value": 50.0,
    "p_convert": 0.1,
    "expected_value": 0.1,
    "skills": "law|tax",
    "latitude": 48.9,
    "longitude": 2.4,
    "current_rep_id": "R0",
}
TERRITORY = {"kind": "territory", "name": "home"}
PRODUCT = {"kind": "product"}
LANGUAGE = {"kind": "language"}
SOFT = {**TERRITORY, "strength": "soft", "penalty": 0.7}
CAPACITY = {"kind": "capacity"}
PAIR = {"lead_id": "L0", "rep_id": "R0"}
LOCK = {"kind": "lock", "pairs": [PAIR]}
UNKNOWN_LOCK = {"kind": "lock", "pairs": [{**PAIR, "rep_id": "R9"}]}
FLOORS = {"kind": "qualify", "min_score": 0.2, "min_value": 60}
NONE = {"kind": "max_per_rep", "max_leads": 0}
SENIORS = {"kind": "seniority", "min_seniority": 2}
TOMORROW = "2026-09-08T00:00:00Z"
FULL, AWAY = {"daily_capacity": 0}, {"active": False}

# What is expected -> the reps, and the rules.
CASES = {
    ("no_rep_in_territory", "rule home (territory FR)"): ([{}], [TERRITORY]),
    ("no_rep_for_product", "rule product (product car)"): ([{}], [PRODUCT]),
    ("no_rep_for_language", "rule language (language fr)"): ([{}], [LANGUAGE]),
    ("no_rep_with_seniority", "rule seniority"): ([{"seniority": 1}], [SENIORS]),
    ("no_rep_in_team", "rule team"): (
        [{"team": "north"}],
        [{"kind": "team", "teams": ["south"]}],
    ),
    ("no_rep_in_territory", "rule territory (territory FR)"): (
        [{"territories": ("FR > Lyon",)}],
        [{"kind": "territory", "parents": {"FR": "EU"}}],
    ),
    ("no_rep_with_skill", "rule skill (skills law|tax)"): (
        [{"skills": "law"}, {"skills": "tax"}],
        [{"kind": "skill"}],
    ),
    ("no_rep_near", "rule proximity (latitude 48.9) (longitude 2.4)"): (
        [{"latitude": 45.8, "longitude": 4.8}, {}],
        [{"kind": "proximity", "max_km": 300}],
    ),
    ("no_top_performer", "rule performer"): (
        [{"assigned_conversion": 0.1, **AWAY}],
        [{"kind": "performer", "top_share": 0.5}],
    ),
    (Reason.NO_REP_AT_WORK, "away: R0"): (
        [
            {"assigned_conversion": 0.4, "start_date": TOMORROW},
            {"assigned_conversion": 0.1},
        ],
        [{"kind": "performer", "top_share": 0.5}],
    ),
    (
        Reason.NO_REP_MEETS_ALL_RULES,
        "rule home (territory FR) and rule stability (current_rep_id R0)",
    ): ([{}, {"territories": ("FR",)}], [TERRITORY, {"kind": "stability"}]),
    (Reason.REPS_FULL, "rule capacity, at most 0: R0"): (
        [FULL],
        [{**CAPACITY, "where": {"priority": "cold"}}],
    ),
    (Reason.REPS_FULL, "full: R0; rule stability, moves at most 0: R1"): (
        [FULL, {}],
        [CAPACITY, {"kind": "stability", "max_moves": 0}],
    ),
    (Reason.PENALTIES_EXCEED_VALUE, "at best -0.4 after penalties"): (
        [FULL],
        [{**CAPACITY, "strength": "soft", "penalty": 0.9}],
    ),
    ("account_owner_not_a_rep", "rule account_owner (account_id A)"): (
        [{}],
        [{"kind": "account_owner"}],
    ),
    ("excluded", "rule exclude"): ([{}], [{"kind": "exclude", "pairs": [PAIR]}]),
    ("locked_to_no_rep", "rule lock"): ([{}], [UNKNOWN_LOCK]),
    ("only_to_others", "rule only_to"): ([{}], [{**UNKNOWN_LOCK, "kind": "only_to"}]),
    (
        Reason.NO_REP_MEETS_ALL_RULES,
        "rule home (territory FR) and rule language (language fr)",
    ): (
        [
            {"territories": ("FR",), "products": ("car",)},
            {"languages": ("fr",), "products": ("car",)},
        ],
        [PRODUCT, TERRITORY, LANGUAGE],
    ),
    (Reason.NO_REP_AT_WORK, "away: R1, R2"): (
        [{}, *[{"territories": ("FR",), **AWAY}] * 2],
        [TERRITORY],
    ),
    (
        "below_floor",
        "rule qualify; p_convert 0.1 is below 0.2; deal_value 50 is below 60",
    ): ([{}], [FLOORS]),
    ("kept_for_nurturing", "rule qualify"): (
        [{}],
        [{"kind": "qualify", "where": {"priority": "cold"}}],
    ),
    (Reason.REPS_FULL, "full: R0, R1, R2, R3, R4 and 2 more"): ([FULL] * 7, [CAPACITY]),
    (Reason.REPS_FULL, "full: R0; penalties exceed the value with: R1"): (
        [{"territories": ("FR",), **FULL}, {}],
        [SOFT, CAPACITY],
    ),
    (Reason.LIMIT_REACHED, "rule max_per_rep, at most 0: R0, R1"): ([{}, {}], [NONE]),
    (Reason.LIMIT_REACHED, "rule workload, at most 0.5: R0"): (
        [{"hours_per_day": 0.5}],
        [{"kind": "workload"}],
    ),
    (Reason.LIMIT_REACHED, "rule team_quota, north at most 0: R0"): (
        [{"team": "north"}],
        [{"kind": "team_quota", "quotas": {"north": {"max": 0}}}],
    ),
    (Reason.REPS_FULL, "full: R0; rule max_per_rep, at most 0: R0"): (
        [FULL],
        [CAPACITY, NONE],
    ),
    (Reason.PENALTIES_EXCEED_VALUE, "at best -0.2 after penalties"): ([{}], [SOFT]),
    (Reason.PENALTIES_EXCEED_VALUE, "at best -0.3 after penalties"): (
        [{}],
        [{**NONE, "strength": "soft", "penalty": 0.8}],
    ),
    (
        Reason.PENALTIES_EXCEED_VALUE,
        "at best -0.2 after penalties, leaving it unassigned costs 0.1",
    ): ([{}], [SOFT, {"kind": "must_assign", "strength": "soft", "penalty": 0.1}]),
    (Reason.INFEASIBLE, "nothing was distributed"): ([FULL], [LOCK, CAPACITY]),
}


@pytest.mark.parametrize(
    ("said", "given"), CASES.items(), ids=[f"{r}, {d}" for r, d in CASES]
)
def test_each_reason(said, given):
    """A lead that each case leaves over says why, and which rule or reps."""
    reps, rules = given
    day, result = solved(Company([LEAD], reps, {"A": "R9"}), *rules)
    rows = unassigned_leads(day, result).to_numpy().tolist()
    assert rows == [["L0", *said]]


def test_out_of_time():
    """A lead that could have had a rep was not decided on."""
    day, _ = solved(Company([{}], [{}]))
    nothing = Solution.unassigned(day.problem)
    prices = np.zeros(1), np.zeros(0)
    result = Result(Status.NO_SOLUTION, nothing, np.nan, *prices, "flow")
    found = unassigned_leads(day, result)
    assert found["reason"].tolist() == [Reason.OUT_OF_TIME]


def test_leads_that_belong_together():
    """R1 would suit L1 best, but L0 of its account is with R0, who is full."""
    leads, reps = [{"account_id": "A"}] * 2, [{"daily_capacity": 1}, {}]
    company = Company(leads, reps, pair_value={("L1", "R1"): 0.9})
    day = day_of(company, CAPACITY, {"kind": "one_owner"})
    found = unassigned_leads(day, found_by_hand(day, [0, -1]))
    said = "full: R0; rule one_owner, account_id A is with R0: R1"
    assert found.to_numpy().tolist() == [["L1", Reason.OWNER_ELSEWHERE, said]]


def test_an_allocation_that_is_not_the_best():
    """A lead that could simply be added is not said to be in anybody's way."""
    day = day_of(Company([{}, {}], [{}, {"daily_capacity": 0}]), CAPACITY)
    found = unassigned_leads(day, found_by_hand(day, [0, -1]))
    assert found.to_numpy().tolist() == [["L1", Reason.ROOM_LEFT, "room with: R0"]]


def found_by_hand(day, pair):
    """Return a result that is not proven, the chosen pair of each lead given."""
    solution = Solution(day.problem, np.array(pair))
    prices = np.zeros(day.problem.n_reps), np.zeros(len(day.problem.limits))
    return Result(Status.FEASIBLE, solution, np.inf, *prices, "by hand")


ELSEWHERE = {
    Reason.UNASSIGNED_BY_RANDOMISATION,
    Reason.OUT_OF_TIME,
    Reason.OWNER_ELSEWHERE,
    Reason.ROOM_LEFT,
    Reason.SHARE_REACHED,
}


def test_every_reason_has_a_case_and_a_text():
    """The closed list is covered."""
    assert {reason for reason, _ in CASES} | ELSEWHERE == known_reasons()


def test_assigned_leads_are_not_unassigned():
    """Nothing unassigned is an empty table with its columns."""
    found = unassigned_leads(*solved(Company([{}], [{}])))
    assert found.columns.tolist() == ["lead_id", "reason", "detail"]
    assert found.empty


def test_an_absent_locked_rep_is_told_of():
    """The lead says who is away, the other leads that nothing was distributed."""
    company = Company([{}, {}], [{}, {}], absences=[("R0", MONDAY, MONDAY)])
    found = unassigned_leads(*solved(company, LOCK))
    assert found["reason"].tolist() == [Reason.NO_REP_AT_WORK, Reason.INFEASIBLE]

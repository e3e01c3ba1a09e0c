"""Every lead without an owner has a reason, and a detail that helps."""

import numpy as np
import pytest

from solver import REASON_TEXT, Reason, Result, Solution, Status, leftovers
from tests.solver.companies import MONDAY, Company
from tests.solver.days import solved

LEAD = {
    "territory": "FR",
    "product": "car",
    "language": "fr",
    "account_id": "A",
    "priority": "cold",
    "deal_value": 50.0,
    "p_convert": 0.1,
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
SENIORS = {"kind": "seniority", "min_seniority": 2}
FULL, AWAY = {"daily_capacity": 0}, {"active": False}

# What is expected -> the reps, and the rules.
CASES = {
    (Reason.NO_REP_IN_TERRITORY, "rule home (territory FR)"): ([{}], [TERRITORY]),
    (Reason.NO_REP_FOR_PRODUCT, "rule product (product car)"): ([{}], [PRODUCT]),
    (Reason.NO_REP_FOR_LANGUAGE, "rule language (language fr)"): ([{}], [LANGUAGE]),
    (Reason.NO_REP_WITH_SENIORITY, "rule seniority"): ([{"seniority": 1}], [SENIORS]),
    (Reason.NO_REP_IN_TEAM, "rule team"): (
        [{"team": "north"}],
        [{"kind": "team", "teams": ["south"]}],
    ),
    (Reason.ACCOUNT_OWNER_NOT_A_REP, "rule account_owner (account_id A)"): (
        [{}],
        [{"kind": "account_owner"}],
    ),
    (Reason.EXCLUDED, "rule exclude"): ([{}], [{"kind": "exclude", "pairs": [PAIR]}]),
    (Reason.LOCKED_TO_NO_REP, "rule lock"): ([{}], [UNKNOWN_LOCK]),
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
        Reason.BELOW_FLOOR,
        "rule qualify; p_convert 0.1 is below 0.2; deal_value 50 is below 60",
    ): ([{}], [FLOORS]),
    (Reason.KEPT_FOR_NURTURING, "rule qualify"): (
        [{}],
        [{"kind": "qualify", "where": {"priority": "cold"}}],
    ),
    (Reason.REPS_FULL, "full: R0, R1, R2, R3, R4 and 2 more"): ([FULL] * 7, [CAPACITY]),
    (Reason.REPS_FULL, "full: R0; penalties exceed the value with: R1"): (
        [{"territories": ("FR",), **FULL}, {}],
        [SOFT, CAPACITY],
    ),
    (Reason.PENALTIES_EXCEED_VALUE, "at best -0.2 after penalties"): ([{}], [SOFT]),
    (Reason.INFEASIBLE, "nothing was distributed"): ([FULL], [LOCK, CAPACITY]),
}


@pytest.mark.parametrize(
    ("said", "given"), CASES.items(), ids=[f"{r}, {d}" for r, d in CASES]
)
def test_each_reason(said, given):
    """A lead that each case leaves over says why, and which rule or reps."""
    reps, rules = given
    day, result = solved(Company([LEAD], reps, {"A": "R9"}), *rules)
    rows = leftovers(day, result).to_numpy().tolist()
    assert rows == [["L0", *said]]


def test_out_of_time():
    """A lead that could have had a rep was not decided on."""
    day, _ = solved(Company([{}], [{}]))
    nothing = Solution.unassigned(day.problem)
    result = Result(Status.NO_SOLUTION, nothing, np.nan, np.zeros(1), np.zeros(0), "flow")
    found = leftovers(day, result)
    assert found["reason"].tolist() == [Reason.OUT_OF_TIME]


def test_every_reason_has_a_case_and_a_text():
    """The closed list is covered."""
    assert {reason for reason, _ in CASES} | {Reason.OUT_OF_TIME} == set(Reason)
    assert set(REASON_TEXT) == set(Reason)


def test_assigned_leads_are_not_left_over():
    """Nothing left over is an empty table with its columns."""
    found = leftovers(*solved(Company([{}], [{}])))
    assert found.columns.tolist() == ["lead_id", "reason", "detail"]
    assert found.empty


def test_an_absent_locked_rep_is_told_of():
    """The lead says who is away, the other leads that nothing was distributed."""
    company = Company([{}, {}], [{}, {}], absences=[("R0", MONDAY, MONDAY)])
    found = leftovers(*solved(company, LOCK))
    assert found["reason"].tolist() == [Reason.NO_REP_AT_WORK, Reason.INFEASIBLE]

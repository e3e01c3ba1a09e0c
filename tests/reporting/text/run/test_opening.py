"""A run in one paragraph: every kind of day has its own."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from reporting.text.run.opening import opening_of
from reporting.text.run.placing import UnassignedGroup
from reporting.text.run.run import RunFigures
from solver import Conflict, Problem, Result, RuleRelaxation, Solution, Status

FULL = UnassignedGroup("reps_full", 3, full=[("R0", 0.5, 3)])
NOBODY = UnassignedGroup("no_rep_meets_all_rules", 1, spared=[("territory", 1, 1)])


def figures_of(n_assigned: int = 1, status: Status = Status.OPTIMAL) -> RunFigures:
    """Return a day of four leads, and two reps who may have each."""
    problem = Problem(
        lead_ids=np.array(["L0", "L1", "L2", "L3"], dtype=object),
        rep_ids=np.array(["R0", "R1"], dtype=object),
        indptr=np.array([0, 2, 4, 6, 8]),
        rep=np.array([0, 1] * 4, dtype=np.int32),
        value=np.full(8, 0.5),
        capacity=np.array([4, 4]),
        arrival=np.zeros(4, dtype=np.int64),
        must=np.zeros(4, dtype=bool),
        uses_slot=np.ones(8, dtype=bool),
        skip_cost=np.zeros(4),
    )
    pair = np.array([0, 2, 4, 6])
    pair[n_assigned:] = -1
    solution = Solution(problem, pair)
    result = Result(status, solution, 2.0, np.zeros(2), np.zeros(0), "flow")
    return RunFigures(
        scenario="daily",
        as_of=pd.Timestamp("2026-09-07", tz="UTC"),
        unit="conversions",
        n_rules=1,
        is_two_level=False,
        available=np.array([True, True]),
        optimum=result,
        result=result,
        conflict=None,
        assignments=pd.DataFrame({"p_convert": [0.5] * n_assigned}),
        unassigned=pd.DataFrame(),
        load=pd.DataFrame(
            {"rep_id": ["R0", "R1"], "name": ["Ann Lee", ""], "capacity": 4.0}
        ),
        rule_costs=pd.DataFrame(),
        experiment=None,
        card=None,
    )


def test_a_plain_day_says_what_was_decided() -> None:
    """How many, whether it is the best, what the model expects; nothing unusual."""
    opening = opening_of(figures_of(4), [], [])
    assert opening.decided == [
        "4 of 4 leads were assigned to 1 of 2 reps at work.",
        "It is proven to be the best that the rules allow, by the model.",
        "The model expects 2.00 conversions of them (model expectation).",
    ]
    assert (opening.unusual, opening.to_do) == ([], [])


def test_leads_without_an_owner_are_unusual_and_have_a_remedy() -> None:
    """Many that wait, territories of nobody, reps without leads; then what helps."""
    opening = opening_of(figures_of(1), [FULL, NOBODY], [("Islands", 2), ("West", 1)])
    unusual = " ".join(opening.unusual)
    assert (
        "3 leads (75%) stay without an owner, 3 since the eligible reps are" in unusual
    )
    assert (
        "No rep at work may have Islands (2 leads), nor 1 other with leads." in unusual
    )
    assert "R1 got no lead, though at work and leads are left." in unusual
    assert opening.to_do == [
        "3 leads need room: a slot more helps most with Ann Lee (R0).",
        "1 lead has no eligible rep: look at rule territory, or let more reps meet it.",
    ]


def test_what_is_not_proven_says_how_far_it_may_be() -> None:
    """The gap is told as a share."""
    opening = opening_of(figures_of(1, Status.FEASIBLE), [], [])
    assert (
        "It is the best that was found within the time limit, at most"
        in (opening.decided[1])
    )


def test_nothing_assigned_is_no_success() -> None:
    """Nor is it said to be proven the best."""
    kept = UnassignedGroup("below_floor", 4, kept_by=[("tiny", 4)])
    opening = opening_of(figures_of(0), [kept], [])
    assert opening.decided == ["None of 4 leads was assigned."]
    assert opening.unusual[0].startswith("NOTHING IS ASSIGNED")
    assert opening.to_do == ["Look at rule tiny, which keeps 4 leads."]


def test_a_day_for_revenue_has_the_revenue() -> None:
    """What is optimised is told, not conversions alone."""
    decided = opening_of(replace(figures_of(4), unit="revenue"), [], []).decided
    assert decided[-1] == (
        "The model expects 2.00 conversions of them, and 2.00 revenue after penalties "
        "(model expectation)."
    )


def test_reps_without_a_slot_are_no_limitless_reps() -> None:
    """No slot at all is unusual; no rule of capacity is not."""
    figures = figures_of(0)
    for capacity, is_told in ((0.0, True), (np.nan, False)):
        load = figures.load.assign(capacity=capacity)
        unusual = opening_of(replace(figures, load=load), [], []).unusual
        assert ("No rep at work has a slot today." in unusual) == is_told


@pytest.mark.parametrize("status", [Status.INFEASIBLE, Status.NO_SOLUTION])
def test_no_decision_is_said_first(status: Status) -> None:
    """All leads stay without an owner then."""
    opening = opening_of(figures_of(0, status), [], [])
    assert opening.decided[0].startswith("Nothing was decided")
    assert opening.unusual == ["All 4 leads stay without an owner."]


def test_a_conflict_names_the_cheapest_relaxation() -> None:
    """What to do is to decide which rule gives way."""
    relaxation = RuleRelaxation("least", 2.0, ("R0: 2",), "leads")
    conflict = Conflict(("least", "capacity"), True, (relaxation,), ())
    figures = replace(figures_of(0, Status.INFEASIBLE), conflict=conflict)
    (action,) = opening_of(figures, [], []).to_do
    assert action.startswith("Decide which rule gives way: rule least would have")
    assert action.endswith("by 2 leads (Ann Lee (R0): 2).")

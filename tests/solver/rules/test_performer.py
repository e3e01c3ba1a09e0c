"""Performer: the leads that matter most go to the reps who convert best."""

import pytest

from tests.solver.companies import MONDAY, Company
from tests.solver.days import best_owners, broken, day_of, rules_of, solved

RULE = {"kind": "performer", "top_share": 0.5}


def company(*given, **changes):
    """Two leads, and a rep per conversion; pairs of later reps are of higher value."""
    return Company(
        leads=[{"priority": "hot"}, {"priority": "cold"}],
        reps=[{"assigned_conversion": rate} for rate in given],
        pair_value={
            (f"L{i}", f"R{j}"): 0.5 + j / 100
            for i in range(2)
            for j in range(len(given))
        },
        **changes,
    )


def top(day, share):
    [rule] = rules_of({**RULE, "top_share": share})
    return [f"R{j}" for j in rule.top(day.crm).nonzero()[0]]


def test_hard_is_obeyed():
    """The best of the top half, not the one of highest value."""
    day = company(0.1, 0.4, 0.3, 0.2)
    assert best_owners(day) == {"L0": "R3", "L1": "R3"}
    assert best_owners(day, RULE) == {"L0": "R2", "L1": "R2"}


def test_broken_on_purpose_is_named():
    """Reps below the top half are called out."""
    found = broken(company(0.1, 0.4, 0.3, 0.2), {"L0": "R3", "L1": "R2"}, RULE)
    assert found == [("performer", "L0", "R3")]


def test_soft_costs_the_penalty():
    """Each pair with another rep has that much less value."""
    soft = {**RULE, "strength": "soft", "penalty": 0.3}
    day, result = solved(company(0.4, 0.2), soft)
    assert day.problem.value.tolist() == pytest.approx([0.5, 0.21] * 2)
    assert result.objective == pytest.approx(1.0)


def test_where_restricts_it():
    """Only the hot lead is for the best."""
    hot = {**RULE, "where": {"priority": "hot"}}
    assert best_owners(company(0.4, 0.2), hot) == {"L0": "R0", "L1": "R1"}
    assert broken(company(0.4, 0.2), {"L0": "R0", "L1": "R1"}, hot) == []


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.01, ["R1"]),
        (0.2, ["R1"]),
        (0.21, ["R1", "R2", "R4"]),
        (0.4, ["R1", "R2", "R4"]),
        (0.6, ["R1", "R2", "R4"]),
        (0.8, ["R0", "R1", "R2", "R4"]),
        (1, ["R0", "R1", "R2", "R3", "R4"]),
    ],
)
def test_the_share_is_rounded_up_and_ties_are_in(share, expected):
    """At least one rep; whoever ties with the last of them is a top performer too."""
    day = company(0.2, 0.4, 0.3, 0.1, 0.3)
    assert top(day, share) == expected
    rule = {**RULE, "top_share": share}
    called_out = {
        rep_id for j in range(5) if broken(day, {"L0": (rep_id := f"R{j}")}, rule)
    }
    assert called_out == {"R0", "R1", "R2", "R3", "R4"} - {*expected}


def test_a_tenth_of_thirty_is_three():
    """Though 0.1 * 30 is a little more in floats."""
    assert len(top(company(*(j / 100 for j in range(30))), 0.1)) == 3


def test_an_absence_promotes_nobody():
    """The share is one of the active reps, at work or not."""
    away = company(0.4, 0.2, absences=[("R0", MONDAY, MONDAY)])
    assert best_owners(away, RULE) == {}
    assert broken(away, {"L0": "R1"}, RULE) == [("performer", "L0", "R1")]


def test_who_left_does_not_count():
    """An inactive rep is no top performer, and takes nobody's place."""
    day = company(0.4, 0.2, 0.1)
    day.reps[0]["active"] = False
    assert top(day, 0.5) == ["R1"]
    assert broken(day, {"L0": "R1"}, RULE) == []


def test_reads_the_column_as_a_run_folder_has_it():
    """There the conversion is text."""
    day = company("0.4", "0.2", "0.1000001")
    assert day_of(day, RULE).problem.rep.tolist() == [0, 1, 0, 1]
    assert broken(day, {"L0": "R2", "L1": "R1"}, RULE) == [("performer", "L0", "R2")]


def test_nobody_active():
    """There is no best of nobody."""
    day = Company([{}], [{"assigned_conversion": 0.1, "active": False}])
    assert top(day, 1) == []
    assert best_owners(day, RULE) == {}

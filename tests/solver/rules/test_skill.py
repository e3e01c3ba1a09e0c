"""Skill: whoever gets the lead can do all that it asks for."""

import pytest

from tests.solver.companies import Company
from tests.solver.days import best_owners, broken, day_of, solved

RULE = {"kind": "skill"}


def company(needed, *able, column="skills"):
    """A hot lead in need of skills, a rep per list; the last has the highest value."""
    return Company(
        leads=[{column: needed, "priority": "hot"}],
        reps=[{column: skills} for skills in able],
        pair_value={("L0", f"R{j}"): 0.5 + j / 10 for j in range(len(able))},
    )


def test_hard_is_obeyed():
    """One of two skills is not enough; more than are needed do no harm."""
    day = company("law|tax", "art|tax| law", "law", "tax", "")
    assert best_owners(day) == {"L0": "R3"}
    assert best_owners(day, RULE) == {"L0": "R0"}


def test_broken_on_purpose_is_named():
    """The rep who lacks one skill is called out, whoever has all is not."""
    day = company("law|tax", "law|tax", "law")
    assert broken(day, {"L0": "R1"}, RULE) == [("skill", "L0", "R1")]
    assert broken(day, {"L0": "R0"}, RULE) == []


def test_soft_costs_the_penalty():
    """Once for the pair, however many skills are lacking."""
    soft = {**RULE, "strength": "soft", "penalty": 0.25}
    day, result = solved(company("law|tax", "law|tax", "law", ""), soft)
    assert day.problem.value.tolist() == pytest.approx([0.5, 0.6 - 0.25, 0.7 - 0.25])
    assert result.objective == pytest.approx(0.5)


def test_where_restricts_it():
    """A lead that where does not pick needs nothing."""
    day = company("law", "law", "")
    hot = {**RULE, "where": {"priority": "hot"}}
    cold = {**RULE, "where": {"priority": "cold"}}
    assert best_owners(day, hot) == {"L0": "R0"}
    assert best_owners(day, cold) == {"L0": "R1"}
    assert broken(day, {"L0": "R1"}, cold) == []


def test_a_lead_without_needs_goes_anywhere():
    """Nothing is said of a lead whose cell is empty."""
    assert best_owners(company("", "law", ""), RULE) == {"L0": "R1"}
    assert broken(company("", "law", ""), {"L0": "R1"}, RULE) == []


def test_a_star_is_every_skill():
    """Even one that nobody has by name."""
    assert best_owners(company("law|tax", "*", "law"), RULE) == {"L0": "R0"}
    assert broken(company("law|tax", "*", "law"), {"L0": "R0"}, RULE) == []


def test_other_columns():
    """Any column of leads and reps will do, lists as well."""
    rule = {**RULE, "lead_column": "product", "rep_column": "products"}
    day = Company(
        [{"product": "car"}], [{"products": ("home",)}, {"products": ("car",)}]
    )
    assert best_owners(day, rule) == {"L0": "R1"}
    assert broken(day, {"L0": "R0"}, rule) == [("skill", "L0", "R0")]


@pytest.mark.parametrize("needed", [3.0, "3", "3.0"])
def test_numbers_are_numbers(needed):
    """A column of numbers alone is read as such: 3 is 3.0, in the check as well."""
    day = company(needed, "4", "2|3", column="level")
    rule = {**RULE, "lead_column": "level", "rep_column": "level"}
    assert day_of(day, rule).problem.rep.tolist() == [1]
    assert broken(day, {"L0": "R1"}, rule) == []
    assert broken(day, {"L0": "R0"}, rule) == [("skill", "L0", "R0")]


def test_a_missing_number_is_no_need():
    """As an empty cell is."""
    leads = [{"level": 3.0}, {}]
    day = Company(leads, [{"level": "4"}])
    rule = {**RULE, "lead_column": "level", "rep_column": "level"}
    assert best_owners(day, rule) == {"L1": "R0"}
    assert broken(day, {"L1": "R0"}, rule) == []

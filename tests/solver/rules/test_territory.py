"""Territory: one inside another is covered by whoever covers the one around it."""

import pytest
from pydantic import ValidationError

from tests.solver.companies import Company
from tests.solver.days import best_owners, broken, rules_of, solved

RULE = {"kind": "territory"}
PARENTS = {**RULE, "parents": {"Paris": "France", "France": "EMEA"}}


def company(territory, *staff):
    """A lead in a territory; R1, who has none, is of higher value than R0."""
    reps = [{"territories": staff}, {}]
    leads = [{"territory": territory, "priority": "hot"}]
    return Company(leads, reps, pair_value={("L0", "R1"): 0.9})


COVERED = {
    "itself": ("EMEA > France > Paris", "EMEA > France > Paris", RULE),
    "the one around it": ("EMEA > France > Paris", "EMEA > France", RULE),
    "the outermost": ("EMEA > France > Paris", "EMEA", RULE),
    "spaces do not matter": ("EMEA>France >  Paris", " EMEA  >France", RULE),
    "itself, by parents": ("Paris", "Paris", PARENTS),
    "its parent": ("Paris", "France", PARENTS),
    "its parent's parent": ("Paris", "EMEA", PARENTS),
    "a parent of a path": ("France > Lyon", "EMEA", PARENTS),
    "a path as a parent": (
        "Paris",
        "World",
        {**RULE, "parents": {"Paris": "World >EMEA"}},
    ),
    "everything": ("EMEA > France", "*", RULE),
}
FOREIGN = {
    "a sister": ("EMEA > France", "EMEA > Spain", RULE),
    "one inside it": ("EMEA > France", "EMEA > France > Paris", RULE),
    "its last name": ("EMEA > France > Paris", "Paris", RULE),
    "a name that begins alike": ("EMEA East", "EMEA", RULE),
    "its parent, untold": ("Paris", "France", RULE),
    "a child, by parents": ("France", "Paris", PARENTS),
}


@pytest.mark.parametrize(("lead", "rep", "rule"), COVERED.values(), ids=COVERED)
def test_covered(lead, rep, rule):
    """The lead goes to the rep who covers it, and the check agrees."""
    day = company(lead, "Nowhere", rep)
    assert best_owners(day, rule) == {"L0": "R0"}
    assert broken(day, {"L0": "R0"}, rule) == []
    assert broken(day, {"L0": "R1"}, rule) == [("territory", "L0", "R1")]


@pytest.mark.parametrize(("lead", "rep", "rule"), FOREIGN.values(), ids=FOREIGN)
def test_not_covered(lead, rep, rule):
    """Nobody may have the lead, and the check says so of the rep."""
    day = company(lead, rep)
    assert best_owners(day, rule) == {}
    assert broken(day, {"L0": "R0"}, rule) == [("territory", "L0", "R0")]


def test_soft_charges_those_outside_alone():
    """A rep of the territory around is at home."""
    soft = {**RULE, "strength": "soft", "penalty": 0.3}
    day, _ = solved(company("EMEA > France", "EMEA"), soft)
    assert day.problem.value.tolist() == pytest.approx([0.5, 0.6])


def test_where_restricts_it():
    """A lead that where does not pick goes anywhere."""
    cold = {**PARENTS, "where": {"priority": "cold"}}
    assert best_owners(company("Paris", "France"), cold) == {"L0": "R1"}


@pytest.mark.parametrize(
    "parents",
    [
        {"Paris": "Paris"},
        {"Paris": "France", "France": "EMEA", "EMEA": "Paris"},
        {"EMEA": "EMEA > France"},
    ],
    ids=["itself", "three", "through a path"],
)
def test_a_circle_is_refused(parents):
    """A territory cannot lie inside itself."""
    with pytest.raises(ValidationError, match="lies inside itself"):
        rules_of({**RULE, "parents": parents})

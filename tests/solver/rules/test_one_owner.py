"""One owner: leads that belong together go to one rep."""

import pytest

from tests.solver.companies import Company
from tests.solver.days import best_owners, broken, day_of, solved

RULE = {"kind": "one_owner"}
# Apart they have value .9 + .8, together .9 + .5 with R0 or .5 + .8 with R1.
COMPANY = Company(
    leads=[
        {"account_id": "A", "company": "Acme", "priority": "hot"},
        {"account_id": "A", "company": " ACME"},
        {"account_id": "a"},
        {"company": ""},
    ],
    reps=[{}, {}],
    pair_value={("L0", "R0"): 0.9, ("L1", "R1"): 0.8, ("L2", "R1"): 0.7},
)
APART = {"L0": "R0", "L1": "R1"}


def test_hard_is_obeyed():
    """Both go to R0, who gains more; other ids are not bound by it."""
    assert best_owners(COMPANY) | APART == best_owners(COMPANY)
    owner = best_owners(COMPANY, RULE)
    assert (owner["L0"], owner["L1"], owner["L2"]) == ("R0", "R0", "R1")


def test_broken_on_purpose_is_named():
    """Two owners are one too many; one, and an unassigned lead, are not."""
    assert broken(COMPANY, APART, RULE) == [("one_owner", "", "")]
    assert broken(COMPANY, {"L0": "R0", "L2": "R1"}, RULE) == []


def test_text_is_compared_without_case_and_space():
    """Acme and ACME are one company, and leads without one are no group."""
    rule = {**RULE, "same": "company"}
    [group] = day_of(COMPANY, rule).problem.groups
    assert (group.key, group.lead.tolist()) == ("company acme", [0, 1])
    assert broken(COMPANY, APART, rule) == [("one_owner", "", "")]


def test_a_number_is_compared_as_it_is():
    """A column of duplicate groups, as people add to their tables."""
    leads = [{"duplicate_of": 17.0}, {"duplicate_of": 17.0}, {"duplicate_of": 18.0}, {}]
    company = Company(leads, [{}, {}])
    rule = {**RULE, "same": "duplicate_of"}
    [group] = day_of(company, rule).problem.groups
    assert (group.key, group.lead.tolist()) == ("duplicate_of 17", [0, 1])
    assert broken(company, {"L0": "R0", "L1": "R1"}, rule) == [("one_owner", "", "")]
    assert broken(company, {"L0": "R0", "L2": "R1", "L3": "R0"}, rule) == []


def test_only_leads_with_an_eligible_rep_make_a_group():
    """A lead that stays anyway binds nobody."""
    kept = {"kind": "qualify", "where": {"priority": "hot"}}
    assert day_of(COMPANY, RULE, kept).problem.groups == ()


@pytest.mark.parametrize(("penalty", "value"), [(0.2, 1.7 - 0.2), (0.4, 1.4)])
def test_soft_costs_the_penalty_per_further_owner(penalty, value):
    """Apart they gain .3."""
    soft = {**RULE, "strength": "soft", "penalty": penalty}
    company = Company(COMPANY.leads[:2], [{}, {}], pair_value=COMPANY.pair_value)
    assert solved(company, soft)[1].objective == pytest.approx(value)
    assert broken(COMPANY, APART, soft) == []


def test_where_restricts_it():
    """One hot lead alone is no group."""
    hot = {**RULE, "where": {"priority": "hot"}}
    assert day_of(COMPANY, hot).problem.groups == ()
    assert broken(COMPANY, APART, hot) == []

"""What each rule reached on a day follows from what its class says."""

from typing import Any, Literal

import pytest

from solver import Rule, build_day, reach_of_rules, reach_table
from tests.solver.companies import Company
from tests.solver.days import day_of


def reached(company, *rules):
    """Return leads, reps, and pairs removed, charged and bounded, of the last rule."""
    row = reach_table(reach_of_rules(day_of(company, *rules))).iloc[-1]
    return tuple(row.iloc[3:8])


def warned(company, *rules):
    """Return the warnings of the last rule."""
    return reach_of_rules(day_of(company, *rules))[-1].warnings


def unmet(company, *rules):
    """Return what never met, of the last rule."""
    return reach_of_rules(day_of(company, *rules))[-1].record[-1]


CAPACITY: dict[str, Any] = {"kind": "capacity"}
TERRITORY: dict[str, Any] = {"kind": "territory"}
SOFT: dict[str, Any] = {"strength": "soft", "penalty": 0.1}
COMPANY = Company(
    [
        {"territory": "North", "account_id": "A1", "current_rep_id": "R0"},
        {"territory": "South", "account_id": "A1"},
        {},
    ],
    [{"territories": ("North",)}, {"territories": ("North", "South")}, {"team": "x"}],
    accounts={"A1": "R1"},
    absences=[("R2", "2026-09-01T00:00:00Z", "2026-09-30T00:00:00Z")],
)


@pytest.mark.parametrize(
    ("rules", "figures"),
    [
        ([CAPACITY], (3, 2, 0, 0, 6)),
        ([TERRITORY], (2, 2, 1, 0, 0)),
        ([{**TERRITORY, **SOFT}], (2, 2, 0, 1, 0)),
        ([TERRITORY, CAPACITY], (3, 2, 0, 0, 5)),
        ([{"kind": "account_owner"}], (2, 1, 2, 0, 0)),
        ([{"kind": "stability"}], (1, 1, 1, 0, 0)),
        ([{"kind": "stability", "max_moves": 0}], (1, 1, 0, 0, 1)),
        ([{"kind": "one_owner"}], (2, 2, 0, 0, 4)),
        ([{"kind": "max_per_rep", "max_leads": 1}], (3, 2, 0, 0, 6)),
        ([{"kind": "must_assign", "where": {"territory": "South"}}], (1, 2, 0, 0, 2)),
        ([{"kind": "qualify", "where": {"territory": "South"}}], (1, 0, 2, 0, 0)),
        (
            [{"kind": "exclude", "pairs": [{"lead_id": "L0", "rep_id": "R1"}]}],
            (1, 1, 1, 0, 0),
        ),
    ],
    ids=lambda rules: rules[-1]["kind"] if isinstance(rules, list) else "",
)
def test_figures_of_each_shape_of_rule(rules, figures):
    """Leads, reps at work, and pairs removed, charged and bounded."""
    assert reached(COMPANY, *rules) == figures


@pytest.mark.parametrize(
    ("territory", "territories"),
    [
        ("FR", ["FR", "DE"]),
        ("FR", ["*"]),
        ("EMEA > France > Paris", ["EMEA"]),
        ("EMEA>France > Paris", ["APAC", "EMEA > France"]),
    ],
)
def test_a_need_that_is_met_is_no_warning(territory, territories):
    """By the same name, by a territory around it, or by everything."""
    reps = [{"territories": tuple(territories)}, {"territories": ()}]
    assert warned(Company([{"territory": territory}], reps), TERRITORY) == []


@pytest.mark.parametrize(
    ("territory", "entry", "hint"),
    [
        ("FR", "DE", ""),
        ("EMEA", "EMEA > France", ""),
        ("France > Paris", "EMEA > France", "; did you mean 'EMEA > France'?"),
        ("north", "North", "; did you mean 'North'?"),
        ("07500", "7500", "; did you mean '7500'?"),
        ("Nordrhein", "Nordrein", "; did you mean 'Nordrein'?"),
        ("DE;FR", "XX", "; looks like several; `split` says what separates them"),
    ],
)
def test_a_need_that_nobody_meets_is_a_warning(territory, entry, hint):
    """With what may be meant by it."""
    company = Company([{"territory": territory}, {}], [{"territories": (entry,)}])
    told = "rule territory: in the territories of no rep (territory of leads, 1 of 1): "
    assert warned(company, TERRITORY)[-1] == f"{told}{territory} (rows: 1{hint})"


@pytest.mark.parametrize("entry", ["DE;FR", "DE, FR", "75000-75020", "75*"])
def test_entries_that_look_like_more(entry):
    """A list cell that was never split is told, one that no lead needs is not."""
    company = Company([{"territory": "IT"}], [{"territories": ("IT", entry, "ES")}])
    assert f"{entry} (rows: 1; looks like" in " ".join(warned(company, TERRITORY))
    assert "of no lead (territories of reps, 2 of 3)" in unmet(company, TERRITORY)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("00123", "123"), ("001Qx00000AbCdEIAV", "001Qx00000AbCdE"), ("ACME-1", "acme-1")],
)
def test_accounts_in_another_spelling(ours, theirs):
    """Without zeros, in the short form, in other letters: no lead has its owner."""
    company = Company([{"account_id": ours}], [{}, {}], accounts={theirs: "R1"})
    [told] = warned(company, {"kind": "account_owner"})
    assert told == (
        "rule account_owner reaches no lead of the day: among no accounts (account_id "
        f"of leads, 1 of 1): {ours} (rows: 1; did you mean {theirs!r}?)"
    )


def test_empty_cells_are_counted():
    """A lead without a need goes anywhere, a rep without entries gets none of them."""
    leads = [{"territory": "N"}, {"territory": "N"}, {}]
    company = Company(leads, [{"territories": ("N",)}, {}])
    told = "empty territory of leads: 1 of 3; empty territories of reps: 1 of 2"
    assert unmet(company, TERRITORY) == told
    assert warned(company, TERRITORY) == []


def test_prospects_are_no_warning():
    """Accounts of leads that have no owner are in the table alone, if some have."""
    leads = [{"account_id": name} for name in ("A1", "B2")]
    company = Company(leads, [{}, {}], accounts={"A1": "R1", "C3": "R0"})
    assert warned(company, {"kind": "account_owner"}) == []
    assert "of no lead (account_id of accounts, 1 of 2): C3" in unmet(
        company, {"kind": "account_owner"}
    )


def test_hardly_any_account_is_a_warning():
    """One lead of twenty met its owner: the ids are of two systems."""
    leads = [{"account_id": f"X{i}"} for i in range(20)]
    company = Company(leads, [{}, {}], accounts={"X3": "R1"})
    [told] = warned(company, {"kind": "account_owner"})
    assert "among no accounts (account_id of leads, 19 of 20)" in told


@pytest.mark.parametrize(
    ("company", "rule", "told"),
    [
        (
            Company([{"account_id": "A1"}], [{}]),
            {"kind": "account_owner"},
            "reaches no lead of the day: accounts has no rows",
        ),
        (
            Company([{}], [{"territories": ("N",)}]),
            TERRITORY,
            "reaches no lead of the day: territory of leads is empty",
        ),
        (
            Company([{"product": "crm"}], [{}]),
            {"kind": "max_per_rep", "max_leads": 1, "where": {"product": "CRM"}},
            "reaches no lead of the day: none has product CRM",
        ),
        (
            Company([{}], [{}]),
            {"kind": "seniority", "min_seniority": 3},
            ": no rep at work may have the one lead it speaks of",
        ),
        (
            Company([{"territory": "N"}], [{"territories": ("*",)}]),
            TERRITORY,
            " binds nobody: every rep at work may have the one lead as it is",
        ),
        (
            Company([{"territory": "N"}], [{}, {"territories": ("N",)}]),
            {**TERRITORY, "strength": "soft", "penalty": 0},
            " binds nobody: every rep at work may have the one lead as it is",
        ),
    ],
)
def test_a_rule_that_binds_nobody_is_a_warning(company, rule, told):
    """With the reason: no lead, no rep, or no pair."""
    assert warned(company, rule)[0].endswith(told)


def test_words_of_where_that_no_lead_has():
    """One of two is mistyped; a word that is far from all is in the table alone."""
    company = Company([{"product": "Cloud"}, {"product": "Phone"}], [{}])
    rule = {"kind": "max_per_rep", "max_leads": 1}
    near = warned(company, {**rule, "where": {"product": ["Cloud", "phone"]}})
    assert near == [
        "rule max_per_rep: in product of no lead (`where` of product, 1 of 2): phone "
        "(rows: 1; did you mean 'Phone'?)"
    ]
    assert warned(company, {**rule, "where": {"product": ["Cloud", "Desk"]}}) == []


def test_leads_of_one_owner_that_are_nearly_alike():
    """Joined are those alike; who differs in signs alone is told."""
    names = ["Acme Ltd", "ACME ltd", "acme-ltd."]
    company = Company([{"company": name} for name in names], [{}, {}])
    [told] = warned(company, {"kind": "one_owner", "same": "company"})
    assert "acme-ltd. (rows: 1; did you mean 'acme ltd'?)" in told


def test_the_same_to_the_eye():
    """Names that print alike are not said to be each other's."""
    company = Company([{"territory": "I\u0302le"}], [{"territories": ("\u00cele",)}])
    assert "there is the same to the eye" in warned(company, TERRITORY)[-1]


class NoMondays(Rule):
    """A rule from outside that says nothing of what it reaches."""

    kind: Literal["no_mondays"] = "no_mondays"

    def charge(self, crm, lead, rep):
        """Charge the first lead."""
        return 1.0 * (lead == 0)

    def violations(self, allocation):
        """Yield nothing."""
        return iter(())


def test_a_rule_from_outside_needs_to_say_nothing():
    """What it reached follows from its methods."""
    day = build_day(COMPANY.crm, [NoMondays()], COMPANY.values)
    [reach] = reach_of_rules(day)
    assert reach.record[3:] == (1, 2, 0, 2, 0, "")
    assert reach.warnings == []


def test_a_soft_rule_beside_a_hard_one():
    """What it would charge is removed by the other: it is not said to bind nobody."""
    company = Company([{"territory": "N", "product": "P"}], [{"products": ("Q",)}])
    soft = {"kind": "product", **SOFT}
    [told] = warned(company, TERRITORY, soft)[-1:]
    assert "in the products of no rep" in told
    assert not any("binds nobody" in text for text in warned(company, TERRITORY, soft))

"""What `check` says of leads that are one, and of the section about them."""

import pytest

from runs import prepare
from scenarios import ScenarioError
from tests.scenarios.test_owners import company, told

__all__ = ["company"]


def test_leads_of_one_person(company):
    """In any form of the address, unless a rule joins some."""
    columns = {"email": ["a@b.de", "Ann <A@b.de>", "c@d.de"]}
    text = told(company(columns))[0]
    assert text == (
        "2 leads share their email with another one (L0, L1) and may go to several "
        "reps; a rule of kind one_owner with same: email gives them one, and so does "
        "`duplicates: {}` with a ledger, for one slot"
    )
    rule = "  - kind: one_owner\n    same: email\n"
    assert not [text for text in told(company(columns, rule)) if "share" in text]


def test_placeholders_are_no_person(company):
    columns = {"email": ["n/a", "n/a", "[not provided]"], "phone": ["0000000"] * 3}
    assert not [text for text in told(company(columns)) if "share" in text]


def test_numbers_without_a_country_are_compared_as_they_are(company):
    texts = told(company({"phone": ["030 123456", "030 123456", "030 123457"]}))
    assert any("2 leads share their phone" in text for text in texts)


def test_a_section_without_a_ledger_and_cells_that_join_nobody_are_told(company):
    columns = {"email": ["n/a", "a@b.de", ""], "phone": ["030 123456", "", ""]}
    path = company(columns, "duplicates: {}\n")
    texts = [i.expected for i in prepare(path).warnings if i.column == "duplicates"]
    assert any("one owner by the ledger" in text for text in texts)
    assert "phone of 1 lead needs a country, so it joins nobody: '030 123456'" in texts
    assert any("email of 1 lead stands for nothing" in text for text in texts)


@pytest.mark.parametrize(
    ("section", "fault"),
    [
        ("duplicates: {keys: [phone]}", "leads have no phone or mobile"),
        ("duplicates: {accounts: [domain]}", "leads have no website or domain"),
        ("duplicates: {country: Germany}", "expected an ISO 3166 code"),
        ("duplicates: {keys: [name]}", "expected 'email', 'phone', 'domain' or"),
    ],
)
def test_faults_of_the_section(company, section, fault):
    with pytest.raises(ScenarioError) as error:
        told(company({}, f"{section}\n"))
    assert fault in str(error.value)

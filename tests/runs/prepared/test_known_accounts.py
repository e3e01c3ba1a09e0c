"""Leads of known customers meet the owner of their account."""

import pytest

from runs import allocate, prepare
from tests.small_company import SCENARIO, write_company

LEADS = """\
lead_id,created_at,account_id,email,company
L1,2026-09-01,,mara@acme.com,
L2,2026-09-01,,tim@gmail.com,Beta Ltd
L3,2026-09-01,,kim@gamma.com,
L4,2026-09-01,A2,joe@acme.com,
"""
ACCOUNTS = """\
account_id,owner_rep_id,website,company
A1,R2,https://www.acme.com,Acme Inc
A2,R1,,BETA
A3,R1,gamma.com,Gamma
A4,R2,gamma.com,Gamma AG
"""
RULE = "  - kind: account_owner\n"


@pytest.fixture
def company(tmp_path):
    write_company(tmp_path)
    (tmp_path / "leads.csv").write_text(LEADS, encoding="utf-8")
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")

    def written(rules=RULE):
        head = SCENARIO.partition("rules:")[0]
        head += "duplicates: {accounts: [domain, company]}\n"
        path = tmp_path / "daily.yaml"
        path.write_text(f"{head}rules:\n  - kind: capacity\n{rules}", encoding="utf-8")
        return path

    return written


def test_a_lead_fits_one_account_by_domain_or_company(company):
    prepared = prepare(company())
    accounts = prepared.crm.leads.set_index("lead_id")["account_id"].to_dict()
    assert accounts == {"L1": "A1", "L2": "A2", "L3": "", "L4": "A2"}
    told = [i.expected for i in prepared.warnings if i.column == "duplicates.accounts"]
    assert told[0] == (
        "2 leads are those of known accounts: L1 of A1 by domain, L2 of A2 by company"
    )
    assert told[1].startswith("1 leads fit several accounts, so none: L3 of A3")


def test_its_owner_gets_it(company):
    owner = allocate(company()).owner
    assert owner["L1"] == "R2" and owner["L2"] == "R1"


def test_without_the_rule_the_way_to_the_owner_is_said(company):
    told = [i.expected for i in prepare(company("")).warnings]
    assert any("a rule of kind account_owner takes them" in text for text in told)

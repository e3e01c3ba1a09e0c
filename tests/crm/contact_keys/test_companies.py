"""Companies by name and by domain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.contact_keys.company import company_key
from crm.contact_keys.domain import domain_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Caf\u00e9 Lumi\u00e8re GmbH & Co. KG", "cafe lumiere"),
        ("CAFE\u0301  LUMIE\u0300RE", "cafe lumiere"),
        ("D\u00edaz\u00a0Hermanos S.L.", "diaz hermanos"),
        ("Acme, Inc.", "acme"),
        ("Acme Pty Ltd", "acme"),
        ("Kowalski Sp. z o.o.", "kowalski"),
        ("Dupont S.\u00e0 r.l.", "dupont"),
        ("M\u00fcller UG (haftungsbeschr\u00e4nkt)", "muller"),
        ("A.P. M\u00f8ller - M\u00e6rsk A/S", "ap m\u00f8ller m\u00e6rsk"),
        ("Limited Brands", "limited brands"),
        (
            "\u041e\u041e\u041e \u0420\u043e\u043c\u0430\u0448\u043a\u0430",
            "\u0440\u043e\u043c\u0430\u0448\u043a\u0430",
        ),
    ],
)
def test_names_lose_accents_signs_and_legal_form(name, key):
    assert company_key(name).key == key


def test_a_name_that_is_all_legal_form_stays():
    assert company_key("AG").key == "ag" and company_key("The Co").key == "the"


@pytest.mark.parametrize(
    "name", ["[not provided]", "n/a", "?", "self-employed", "k.A."]
)
def test_placeholders_are_no_company(name):
    assert company_key(name).why_not == "stands for nothing"


@pytest.mark.slow
@given(st.text(max_size=40))
def test_a_company_s_key_is_its_own_key(text):
    key = company_key(text).key
    assert key == "" or company_key(key).key == key


@pytest.mark.parametrize(
    "text",
    [
        "https://www.Acme.com:443/de?x=1#y",
        "mara@acme.com",
        "ACME.com.",
        "http://acme.com",
    ],
)
def test_one_domain_in_many_forms(text):
    assert domain_key(text).key == "acme.com"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("mara@gmail.com", "free mail"),
        ("mara@mail.gmx.net", "free mail"),
        ("tim@tutanota.com", "free mail"),
        ("https://linkedin.com/company/acme", "site on which many"),
        ("www.example.com", "stands for nothing"),
        ("mara@test.com", "stands for nothing"),
        ("acme", "no domain"),
    ],
)
def test_domains_of_strangers_join_nobody(text, why):
    assert why in domain_key(text).why_not


@given(st.text(max_size=40))
def test_a_domain_is_its_own_key(text):
    key = domain_key(f"{text}.com").key
    assert key == "" or domain_key(key).key == key

"""E-mail addresses: the same to the eye or to the postman is the same key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.contact_keys.email import email_key

LOCAL = st.text("abcxyz0189é_-", min_size=3, max_size=12).filter(
    lambda text: any(c.isalpha() for c in text) and text not in ("abc",)
)
SIGNS = st.sampled_from(["", " ", "\u200b", "\u00a0", "\ufeff", "\u00ad"])


@pytest.mark.parametrize(
    "text",
    [
        "Mara.Kovac@Acme.com ",
        '"Mara Kovac" <mara.kovac@acme.com>',
        "mailto:mara.kovac@acme.com",
        "mara.kovac\u200b@acme.com",
        "<MARA.KOVAC@ACME.COM>;",
        "\uff4dara.kovac@acme.com.",
    ],
)
def test_one_address_in_many_forms(text):
    assert email_key(text).key == "mara.kovac@acme.com"


def test_accents_composed_or_not_are_one():
    composed, decomposed = "jos\u00e9@acme.com", "jose\u0301@acme.com"
    assert email_key(composed) == email_key(decomposed)
    ours, theirs = "ann@m\u00fcnchen.de", "ann@xn--mnchen-3ya.de"
    assert email_key(ours) == email_key(theirs)


def test_a_plus_address_is_another_one_unless_the_scenario_says_so():
    plus = "mara+fair@acme.com"
    assert email_key(plus).key == plus
    assert email_key(plus, plus_addresses=True).key == "mara@acme.com"


@pytest.mark.parametrize(
    "text",
    [
        "[not provided]",
        "n/a",
        "none",
        "test@test.com",
        "-",
        "noreply@acme.com",
        "no-reply@acme.com",
        "x@acme.com",
        "user@example.com",
        "mara@acme.invalid",
    ],
)
def test_placeholders_are_nobody(text):
    assert email_key(text).why_not == "stands for nothing"


@pytest.mark.parametrize(
    "text", ["mara", "mara@acme", "a b@acme.com", "mara@acme.com; tim@acme.com"]
)
def test_what_is_no_address_is_no_key(text):
    assert email_key(text).why_not == "is no e-mail address"


@given(LOCAL, SIGNS, st.booleans())
def test_case_and_unseen_signs_change_nothing(local, sign, upper):
    plain = f"{local}@acme.com"
    other = f"{sign}{local}@acme.com{sign}"
    other = other.upper() if upper else other
    assert email_key(plain) == email_key(other)


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(text):
    for given_text in (text, f"{text}@acme.com"):
        key = email_key(given_text).key
        assert key == "" or email_key(key).key == key

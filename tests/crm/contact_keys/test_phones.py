"""Phone numbers: one key however they are dialled; none where that is a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.contact_keys.phone import phone_key

BERLIN = "+49301234567"


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("+49 30 1234567", ""),
        ("030/123 45 67", "DE"),
        ("0049 (30) 1234567", "de"),
        ("+49 (0)30 1234567", "US"),
        ("tel:+49-30-1234567", ""),
        ("\u200b+49\u00a030 1234567", ""),
    ],
)
def test_one_number_in_many_forms(text, country):
    assert phone_key(text, country).key == BERLIN


def test_without_a_country_only_international_numbers_are_read():
    assert phone_key("030 1234567").why_not == "needs a country"
    assert "no ISO code" in phone_key("030 1234567", "Germany").why_not
    assert phone_key("+49 30 1234567", "Germany").key == BERLIN


def test_extensions_tell_people_of_one_switchboard_apart():
    one = phone_key("(212) 555-2368 x12", "US")
    assert one.key == "+12125552368;ext=12"
    assert one != phone_key("(212) 555-2368 x13", "US")


@pytest.mark.parametrize(
    "text", ["000000", "0000000000", "1111111111", "123456789", "n/a", "-", "+"]
)
def test_placeholders_are_nobody_s(text):
    assert phone_key(text, "DE").why_not == "stands for nothing"


@pytest.mark.parametrize("text", ["call me maybe 5550", "9" * 7 + "8" * 30])
def test_what_is_no_number_is_no_key(text):
    assert phone_key(text, "DE").key == ""


@given(st.from_regex(r"[2-9][0-9]{2}[2-9][0-9]{6}", fullmatch=True))
def test_signs_between_digits_change_nothing(digits):
    written = f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"
    assert phone_key(digits, "US") == phone_key(written, "US")
    key = phone_key(digits, "US").key
    assert key == "" or phone_key(key).key == key

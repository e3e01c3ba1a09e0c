"""Phone numbers as keys, international and with their extension."""

import re
from functools import lru_cache

from crm.characters import look
from crm.contact_keys.placeholders import is_placeholder
from crm.contact_keys.reading import NOTHING, KeyReading

FEWEST_DIGITS = 6
_OTHER_CODES = {"UK": "GB", "EL": "GR"}
_NO_NUMBER = KeyReading(why_not="is no phone number")
_NO_COUNTRY = KeyReading(why_not="needs a country")
_STRANGE_COUNTRY = KeyReading(why_not="has a country that is no ISO code")
_SIGN = re.compile(r"\D")
_COUNTING = "01234567890123456789"


@lru_cache(maxsize=100_000)
def phone_key(text: str, country: str = "") -> KeyReading:
    """Return a number as E.164 has it, such as ``+493012345;ext=12``.

    Parameters
    ----------
    country
        ISO 3166 code of who dials; without it only international numbers are read.
    """
    import phonenumbers

    plain = look(text)
    digits = _SIGN.sub("", plain)
    if (not digits and is_placeholder(plain)) or _is_filler(digits):
        return NOTHING
    region = region_of(country) if country else ""
    if country and not region and not plain.startswith("+"):
        return _STRANGE_COUNTRY
    try:
        number = phonenumbers.parse(plain, region or None)
    except phonenumbers.NumberParseException as error:
        needs = error.error_type == error.INVALID_COUNTRY_CODE and not region
        return _NO_COUNTRY if needs and digits else _NO_NUMBER
    if not phonenumbers.is_possible_number(number):
        return _NO_NUMBER
    form = phonenumbers.PhoneNumberFormat.E164
    key = phonenumbers.format_number(number, form)
    return KeyReading(f"{key};ext={number.extension}" if number.extension else key)


def region_of(country: str) -> str:
    """Return the ISO 3166 code of a country, "" for what is none."""
    from phonenumbers.phonenumberutil import SUPPORTED_REGIONS

    code = look(country).upper()
    code = _OTHER_CODES.get(code, code)
    return code if code in SUPPORTED_REGIONS else ""


def _is_filler(digits: str) -> bool:
    """Tell of digits that somebody typed to get past a form."""
    own = digits.lstrip("0")
    is_counted = len(digits) >= FEWEST_DIGITS and digits in _COUNTING
    return len(set(own)) <= 1 or len(digits) < FEWEST_DIGITS or is_counted

"""What is written by a declared format is read back as it was."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.cells import numbers, timestamps
from crm.reading.amounts import Signs, amount, fitting_signs
from crm.reading.dates import fitting_formats, iso_texts

MOMENTS = st.datetimes(datetime(1955, 1, 1), datetime(2099, 12, 31))
FORMS = [
    *("%d.%m.%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%Y/%m/%d %H:%M:%S"),
    *("%d %b %Y %H:%M:%S", "%B %d, %Y %I:%M:%S %p", "%d-%b-%y %H:%M:%S"),
]
EXCEL = datetime(1899, 12, 30)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@given(moments=st.lists(MOMENTS, min_size=1, max_size=5))
def test_times_by_a_format(form, moments):
    """Of every day and second; years of two digits within a century."""
    moments = [m.replace(microsecond=0) for m in moments]
    if "%y" in form:
        moments = [m.replace(year=1970 + m.year % 60, day=1) for m in moments]
    read = timestamps(iso_texts([m.strftime(form) for m in moments], form))
    assert [m.to_pydatetime().replace(tzinfo=None) for m in read] == moments


@given(moments=st.lists(MOMENTS, min_size=1, max_size=5))
def test_times_as_excel_counts_them(moments):
    """To the second, though a day's fraction has few digits."""
    moments = [m.replace(microsecond=0) for m in moments]
    serials = [str((m - EXCEL) / timedelta(days=1)) for m in moments]
    read = timestamps(iso_texts(serials, "excel"))
    assert [m.to_pydatetime().replace(tzinfo=None) for m in read] == moments


@pytest.mark.parametrize("form", ["%d.%m.%Y %H:%M", "%m/%d/%Y, %I:%M %p", "%d/%m/%y"])
@given(moments=st.lists(MOMENTS, min_size=1, max_size=8))
def test_the_format_is_among_those_found(form, moments):
    """Whatever else fits."""
    assert form in fitting_formats([m.strftime(form) for m in moments])


CENTS = st.integers(-(10**12), 10**12)
SIGNS = [
    *(Signs(".", ","), Signs(",", "."), Signs(",", " "), Signs(".", "'")),
    *(Signs(",", None), Signs(".", None)),
]
UNITS = ["", "€", "$", "EUR", "US$", "%"]


def written(cents: int, signs: Signs, unit: str, in_front: bool) -> str:
    text = f"{cents / 100:,.2f}"
    table = {",": signs.thousands or "", ".": signs.decimal}
    number = "".join(table.get(sign, sign) for sign in text)
    return f"{unit} {number}".strip() if in_front else f"{number} {unit}".strip()


@pytest.mark.parametrize("signs", SIGNS)
@given(
    cents=st.lists(CENTS, min_size=1, max_size=5),
    unit=st.sampled_from(UNITS),
    in_front=st.booleans(),
)
def test_amounts_by_their_signs(signs, cents, unit, in_front):
    """With a unit on either side, to the cent; the signs are among those found."""
    texts = [written(c, signs, unit, in_front) for c in cents]
    read = [amount(text, signs) for text in texts]
    assert list(numbers([one.text for one in read])) == [c / 100 for c in cents]
    assert {one.unit for one in read} == {unit}
    values = [
        list(numbers(amount(t, s).text for t in texts)) for s in fitting_signs(texts)
    ]
    assert [c / 100 for c in cents] in values

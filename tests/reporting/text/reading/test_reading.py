"""How tables were read, in the words that a person sees before trusting them."""

import pytest

from crm.file_form import FileForm
from crm.table_reading import ColumnReading, OwnersReading, TableReading
from reporting.text.reading.reading import (
    file_words,
    filled_text,
    holds_text,
    owners_text,
    pair_text,
    rates_text,
)


def column(**told):
    return ColumnReading("x", "text", "X", n_rows=1000, **told)


@pytest.mark.parametrize(
    ("filled", "text"), [(1000, "100 %"), (999, "99.9 %"), (1, "0.1 %"), (0, "0 %")]
)
def test_not_all_is_never_shown_as_all(filled, text):
    """One cell that is empty, or filled, is seen."""
    assert filled_text(column(n_filled=filled)) == text


def test_a_column_holds_a_range_words_or_many():
    """What is not counted is said to be more."""
    assert holds_text(column()) == "nothing"
    assert holds_text(column(n_filled=9, lowest="1", highest="7")) == "1 to 7"
    words = tuple((name, 1) for name in "abcdef")
    assert holds_text(column(n_filled=6, words=words)).endswith("d 1 and 2 more")
    assert holds_text(column(n_filled=9, n_distinct=8)) == "8 different"
    many = column(n_filled=9, n_distinct_at_least=4_999)
    assert holds_text(many) == "over 4,999 different"


def test_a_pair_shows_what_changed():
    """A cell read as it is stands alone; one that was emptied says so."""
    assert pair_text("DE", "DE") == "DE"
    assert pair_text("#N/A", "") == "#N/A -> empty"
    assert pair_text("2026-09-07", "2026-09-07T00:00:00Z") == "2026-09-07"


def test_a_file_its_footer_and_its_rows():
    """Rows that are left out are counted; so are hidden ones that are read."""
    form = FileForm("Excel", sheet="Leads", header_row=3, n_footer_rows=1)
    reading = TableReading("a.xlsx", form, 12, 10, ())
    text = file_words(reading)
    assert "sheet Leads, header in row 3, 1 row of footer left out" in text
    assert "10 of 12 rows" in text


def test_owners_and_rates():
    """Who is no rep is named with rows; a factor with its currency."""
    owners = OwnersReading("rep_id", 3, 2, (("cy", 4),), 1)
    assert owners_text(owners) == (
        "2 of 3 owners found among the reps, not 'cy' (rows: 4); 1 row without an owner"
    )
    assert rates_text("EUR", {"GBP": 1.17}) == "all amounts in EUR, GBP x 1.17"

"""A file that needs several keys names all of them at once."""

import pytest

from crm import DataError
from crm.formats import read_table

TITLE = "All leads\nAs of 2026-04-15\n"
TABLE = "Lead ID,Lead Owner,Country,Create Date,Amount\n" + "".join(
    f"L{n},Mara Vogt,Norway,2026-04-0{n},{n}00\n" for n in range(1, 8)
)


def refused(tmp_path, text):
    """Return the issues of a file with this text."""
    path = tmp_path / "report.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError) as caught:
        read_table(path, "report.csv")
    return caught.value.issues


def test_header_and_footer_are_named_in_one_run(tmp_path):
    """As text, and as the keys that a program can take."""
    footer = "Copyright (c) 2000-2026 salesforce.com\nConfidential Information\n"
    issues = refused(tmp_path, TITLE + TABLE + footer)
    keys = {}
    for issue in issues:
        keys |= issue.mended_by
    assert keys == {"header_row": 3, "skip_footer": 2}
    told = " ".join(issue.expected for issue in issues)
    assert "`header_row: 3`" in told and "`skip_footer: 2`" in told


@pytest.mark.parametrize(
    "last", ["Summe;;;;2800", ",,,,2800", "Totaal,,,,2800", "Suma,,,2800"]
)
def test_a_total_is_a_footer(last, tmp_path):
    """By its word, also in a row that is too short, and without one by its sum."""
    separator = ";" if ";" in last else ","
    issues = refused(tmp_path, TABLE.replace(",", separator) + last + "\n")
    assert issues[0].mended_by == {"skip_footer": 1}


def test_a_number_that_is_no_sum_is_data(tmp_path):
    """A last row of which one cell is filled stays."""
    path = tmp_path / "report.csv"
    path.write_text(TABLE + ",,,,2801\n", "utf-8")
    assert len(read_table(path, "report.csv").rows) == 8

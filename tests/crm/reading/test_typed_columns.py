"""Cells become typed values, or issues that name row, column and value."""

import numpy as np
import pytest

from crm.reading.typed_columns import typed
from crm.schema import Column
from crm.table import Table, text_frame


def convert(texts: list[str], column: Column):
    """Return the typed column and the issues."""
    rows = np.arange(2, len(texts) + 2)
    table = Table("t.csv", text_frame(["x"], [texts]), rows)
    converted, issues = typed(table, {"x": column})
    return converted.frame["x"], issues


@pytest.mark.parametrize(
    ("column", "good", "bad"),
    [
        (Column("number"), ["1.5", "-2", ""], ["12,5", "1.234,56", "€5", "inf"]),
        (Column("number", minimum=0), ["0", "1e3"], ["-1"]),
        (Column("number", above=0, maximum=1), ["0.1", "1"], ["0", "1.01"]),
        (Column("integer", minimum=0), ["0", "7", "7.0", ""], ["7.5", "-1", "x"]),
        (Column("timestamp"), ["2026-09-07", ""], ["31/12/2025", "2026-02-30"]),
        (Column("boolean"), ["true", "No", "1"], ["maybe", "2"]),
        (Column("choice", choices=("won",)), ["won", "Won", ""], ["lost"]),
        (Column("id", filled=True), ["007", "x y"], [""]),
        (Column("list"), ["a|b", ""], []),
    ],
)
def test_kinds(column, good, bad):
    """Good cells give no issue; each bad one gives its own, with its row."""
    assert convert(good, column)[1] == []
    _, issues = convert([*good, *bad], column)
    assert [(i.row, i.value) for i in issues] == [
        (len(good) + 2 + k, text) for k, text in enumerate(bad)
    ]
    assert all(i.column == "x" and i.file == "t.csv" for i in issues)


def test_messages_say_how_to_mend():
    """The words tell the expected form and bounds."""
    number = Column("number", minimum=0)
    assert "no thousands separator" in str(convert(["1.234,5"], number)[1][0])
    assert "at least 0" in str(convert(["-1"], number)[1][0])
    assert "2026-09-07" in str(convert(["1/1/26"], Column("timestamp"))[1][0])


def test_values():
    """Missing cells are NaN, NaT, empty or the default; whole numbers are floats."""
    assert convert(["2", ""], Column("integer"))[0].tolist()[0] == 2.0
    assert convert(["", ""], Column("boolean"))[0].tolist() == [True, True]
    assert convert(["", "WON"], Column("choice", choices=("won",)))[0][1] == "won"
    assert convert([""], Column("list"))[0][0] == ()
    assert convert([""], Column("timestamp"))[0].isna()[0]


def test_a_wholly_wrong_column_stays_readable():
    """A thousand bad cells are twenty issues and a count."""
    _, issues = convert(["x"] * 1000, Column("number"))
    assert len(issues) == 21
    assert issues[-1].expected == "... and 980 more like it"


def test_a_required_column_that_is_absent():
    """It is one issue in the header, and counts as unreadable."""
    table = Table("t.csv", text_frame(["x"], [["1"]]), np.array([2]))
    converted, issues = typed(table, {"y": Column("id", required=True)})
    assert [(i.row, i.column) for i in issues] == [(1, "y")]
    assert not converted.readable("y")


def test_an_empty_box_beside_filled_ones():
    """Whether it means false cannot be known: the way out is named."""
    _, [issue] = convert(["true", ""], Column("boolean"))
    assert (issue.row, issue.value, issue.severity) == (3, "", "error")
    assert issue.expected.endswith("say what that means under `fill`")
    assert convert(["", ""], Column("boolean"))[1] == []

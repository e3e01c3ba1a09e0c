"""Tables of a page: every cell escaped, every form as people read it."""

import numpy as np
import pandas as pd
import pytest
from markupsafe import Markup

from reporting.page.report.grid import Form, GridColumn, bar, grid, shown


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (1234.5, "count", "1,234"),
        (0.1234, "percent", "12.3 %"),
        (1234.5, "amount", "1,234"),
        (0.25, "number", "0.25"),
        (np.nan, "count", "\N{EN DASH}"),
        (np.nan, "text", "\N{EN DASH}"),
        (None, "text", "\N{EN DASH}"),
        ("", "text", "\N{EN DASH}"),
        ("<b>", "text", "&lt;b&gt;"),
        ("a\u202eb", "text", r"a\u202eb"),
        (Markup("<b>1</b>"), "html", "<b>1</b>"),
    ],
)
def test_cells_are_shown_by_their_form(value: object, form: Form, text: str) -> None:
    """Numbers as people read them, missing ones as a dash, text as text."""
    assert shown(value, form) == text


def test_columns_say_how_they_sort() -> None:
    """Numbers as numbers; what is drawn does not sort; figures are labelled."""
    frame = pd.DataFrame({"a": ["x"], "n": [1.0], "b": [bar(1, 2, most=2)]})
    columns = [
        GridColumn("a", "Name"),
        GridColumn("n", "Figure", "number", "Model expectation"),
        GridColumn("b", "Drawn", "html"),
    ]
    html = grid(frame, columns, "What")
    assert '<th scope="col" data-column="0">Name</th>' in html
    assert '<th scope="col" data-column="1" class="number">' in html
    assert "<small>Model expectation</small> Figure</th>" in html
    assert '<th scope="col">Drawn</th>' in html
    assert '<tr><th scope="row">x</th><td class=number>1.00</td><td><span' in html


def test_rows_that_are_cut_are_said() -> None:
    """With the file that has all of them."""
    frame = pd.DataFrame({"a": list("abc")})
    html = grid(frame, [GridColumn("a", "A")], "What", most=2, rest="all.csv")
    assert html.count("<tr>") == 3
    assert "The first 2 of 3 rows; all are in all.csv." in html


def test_bars_are_parts_of_the_longest() -> None:
    """A missing whole has no track, and nothing is divided by nothing."""
    assert 'style="width:50%"></b><i style="width:25%">' in bar(1, 2, most=4)
    assert '<i class="extra" style="width:25%">' in bar(1, 2, 1, most=4)
    assert '<b style="width:0%"></b><i style="width:25%">' in bar(1, np.nan, most=4)
    assert "width:0%" in bar(0, 0)


def test_long_texts_scroll_and_short_names_keep_their_line() -> None:
    """A name of 300 letters makes no row of a hundred lines."""
    frame = pd.DataFrame({"a": ["L1"], "b": ["W" * 300]})
    html = grid(frame, [GridColumn("a", "A"), GridColumn("b", "B")], "What")
    assert f'<td><span class="long">{"W" * 300}</span></td>' in html
    assert '<tbody class="names">' in html
    assert "names" not in grid(frame, [GridColumn("b", "B")], "What")

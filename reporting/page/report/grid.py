"""Tables of a page: rows of any number, every cell escaped."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Literal

import pandas as pd
from markupsafe import Markup, escape

from crm import visible
from reporting.page.environment import FORMS, environment

ROWS = 2_500
"""Rows of a table that a page shows; it says where the others are."""
ONE_LINE, LONG = 24, 120
"""Letters up to which a row's name keeps its line, and beyond which a text is long."""
Form = Literal["text", "count", "percent", "amount", "money", "short", "number", "html"]


@dataclass(frozen=True)
class GridColumn:
    """A column of a table on a page.

    Attributes
    ----------
    name, label
        The frame's column; its heading.
    form
        How its cells are shown; ``html`` is shown as it is.
    over
        What its figures are, where the heading alone does not say so.
    """

    name: str
    label: str
    form: Form = "text"
    over: str = ""

    @property
    def is_number(self) -> bool:
        """Whether its cells stand to the right, and sort as numbers."""
        return self.form not in {"text", "html"}


def grid(
    frame: pd.DataFrame,
    columns: Sequence[GridColumn],
    caption: str,
    *,
    rest: str = "",
    search: bool = False,
    narrow: bool = False,
    most: int = ROWS,
) -> Markup:
    """Return a table that the page's script lets people sort; it needs no script.

    Parameters
    ----------
    frame
        One row per row; the first column names it.
    caption
        What it shows.
    rest
        Where the rows are that are too many for the page.
    search
        Whether people can search it.
    narrow
        Whether it is only as wide as its cells.
    most
        Rows that are shown.
    """
    return Markup(
        environment()
        .get_template("grid.html.j2")
        .render(
            caption=caption,
            columns=columns,
            rows=Markup("\n".join(_rows(frame.head(most), columns))),
            is_short=_is_short(frame[columns[0].name]),
            n_rows=len(frame),
            n_shown=min(len(frame), most),
            rest=rest,
            search=search,
            narrow=narrow,
        )
    )


def bar(part: float, whole: float, extra: float = 0.0, most: float = 0.0) -> Markup:
    """Return a bar of a part on the track of its whole; the cell beside has numbers.

    Parameters
    ----------
    part, whole
        What is drawn, and the length of its track; a missing whole has none.
    extra
        What lengthens the bar in another colour.
    most
        What the longest bar of the table stands for.
    """
    scale = 100 / most if most > 0 else 0.0
    track = 0.0 if pd.isna(whole) else whole
    widths = [round(amount * scale, 1) for amount in (track, part, extra)]
    inner = f'<i style="width:{widths[1]:g}%"></i>'
    if extra:
        inner += f'<i class="extra" style="width:{widths[2]:g}%"></i>'
    return Markup(
        f'<span class="bar"><b style="width:{widths[0]:g}%"></b>{inner}</span>'
    )


def _rows(frame: pd.DataFrame, columns: Sequence[GridColumn]) -> Iterator[str]:
    cells = [_cells(frame[column.name], column) for column in columns]
    tags = ["td" if place else "th" for place in range(len(columns))]
    opened = [_opened(tag, column) for tag, column in zip(tags, columns, strict=True)]
    for row in zip(*cells, strict=True):
        tagged = zip(opened, row, tags, strict=True)
        inner = "".join(f"{begin}{cell}</{tag}>" for begin, cell, tag in tagged)
        yield f"<tr>{inner}</tr>"


def _is_short(names: pd.Series) -> bool:
    return max(map(len, map(str, names)), default=0) <= ONE_LINE


def _opened(tag: str, column: GridColumn) -> str:
    scope = ' scope="row"' if tag == "th" else ""
    return f"<{tag}{scope}{' class=number' if column.is_number else ''}>"


def _cells(values: pd.Series, column: GridColumn) -> list[str]:
    """Return the content of a column's cells as HTML; what is alike is made once."""
    content = cache(partial(shown, form=column.form))
    return [content(value) for value in values.tolist()]


def shown(value: Any, form: Form) -> str:
    """Return a cell's content as HTML; a long text scrolls in a box of its own."""
    if form == "html":
        return str(value)
    text = visible(FORMS[form](value))
    inner = str(escape(text))
    return f'<span class="long">{inner}</span>' if len(text) > LONG else inner

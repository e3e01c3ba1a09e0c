"""The offline page of a day's variants."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
from markupsafe import Markup

from evaluation.labels import EXPECTED
from reporting.page.environment import environment
from reporting.text.layout.layout import number
from reporting.text.whatif.whatif import (
    growth_sentence,
    moved_sentence,
    notes,
    shared_sentence,
    title,
)
from reporting.text.whatif.whatif_figures import WhatIfFigures
from reporting.text.whatif.whatif_tables import (
    compared,
    costs_table,
    growth_rows,
    moved_table,
    teams_table,
    unassigned_table,
    variants_table,
)

ROWS = 300
"""Rows of a table that are shown."""
WIDE = 6
"""Columns from which a table scrolls sideways."""
TEXTS = {
    "variant",
    "difference",
    "difference in revenue",
    "proof",
    "lead",
    "from",
    "to",
    "why",
    "team",
}
TEXTS |= {"without", "one more", "unassigned, for"}
"""Columns that are no numbers."""


def render_whatif(whatif: WhatIfFigures) -> str:
    """Return the page as one HTML document that asks nothing of any network."""
    grey = [False, *(not (d.is_clear or d.is_same) for d in whatif.differences)]
    summary = _table("Variants", variants_table(whatif), grey=grey)
    template = environment().get_template("whatif.html.j2")
    return template.render(
        title=title(whatif),
        summary=summary,
        shared=shared_sentence(whatif),
        plot=_plot(whatif) if whatif.differences else None,
        variants=list(_variants(whatif)),
        tables=list(_tables(whatif)),
        notes=notes(whatif),
    )


def _plot(whatif: WhatIfFigures) -> Markup:
    from reporting.page.drawing import themed
    from reporting.plots.pictures import svg
    from reporting.plots.whatif import TITLE, whatif_figure

    return themed(svg(whatif_figure(whatif), TITLE))


def _variants(whatif: WhatIfFigures) -> Iterator[dict[str, Any]]:
    """Yield what each variant changes, and the leads that it moves."""
    for own, than in compared(whatif):
        if than is None:
            continue
        warnings = [f"Warning: {issue}" for issue in own.warnings]
        moved = ["Every lead has the same rep."] if than.is_same else []
        if len(than.moved):
            moved = [f"{moved_sentence(than)}."]
        yield {
            "name": own.name,
            "sentences": [*own.changes, *own.notes, *warnings, *moved],
            "moved": _table("", moved_table(whatif, than)) if len(than.moved) else None,
        }


def _tables(whatif: WhatIfFigures) -> Iterator[dict[str, Any]]:
    yield _table("Unassigned, by reason", unassigned_table(whatif))
    if len(costs := costs_table(whatif)):
        first = f"What the rules of {whatif.variants[0].name!r} cost"
        text = "In the objective's unit; the dearest in pairs, and all together."
        yield _table(first, costs, text)
    if len(whatif.growth):
        text = growth_sentence(whatif)
        yield _table("Next hire, skill or slot", growth_rows(whatif), text)
    teams = teams_table(whatif)
    teams[EXPECTED] = [number(value) for value in teams[EXPECTED]]
    yield _table("Teams", teams)


def _table(
    name: str, frame: pd.DataFrame, text: str = "", grey: list[bool] | None = None
) -> dict[str, Any]:
    shown = frame.head(ROWS)
    rows = [
        [cell if isinstance(cell, str) else _cell(cell) for cell in row]
        for row in shown.to_numpy(dtype=object)
    ]
    return {
        "title": name,
        "text": text,
        "names": [(str(column), str(column) not in TEXTS) for column in frame],
        "rows": list(zip(rows, (grey or [False] * len(frame))[:ROWS], strict=True)),
        "n_more": max(len(frame) - ROWS, 0),
        "is_wide": frame.shape[1] > WIDE,
    }


def _cell(value: Any) -> str:
    return "" if pd.isna(value) else f"{value:,.10g}"

"""The offline page of a ledger's days."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from reporting.page.environment import environment
from reporting.text.company.kpi import kpi_tables
from reporting.text.company.kpi_figures import KpiFigures
from reporting.text.company.kpi_sentences import kpi_lines, kpi_notes
from reporting.text.company.kpi_words import NUMBERS

ROWS = 500
"""Rows of a table that are shown."""
WIDE = 6
"""Columns from which a table scrolls sideways."""


def render_kpi(kpi: KpiFigures) -> str:
    """Return the page as one HTML document that asks nothing of any network."""
    tables = [
        {
            "title": title,
            "text": text,
            "names": [(str(name), str(name) in NUMBERS) for name in frame],
            "rows": [(row, False) for row in frame.head(ROWS).to_numpy(dtype=object)],
            "n_more": max(len(frame) - ROWS, 0),
            "is_wide": frame.shape[1] > WIDE,
        }
        for title, frame, text in kpi_tables(kpi)
    ]
    template = environment().get_template("kpi.html.j2")
    return template.render(
        title=f"{kpi.scenario}: {kpi.first} to {kpi.last}",
        lines=list(kpi_lines(kpi)),
        notes=list(kpi_notes(kpi)),
        plots=list(_plots(kpi)),
        tables=tables,
    )


def _plots(kpi: KpiFigures) -> Iterator[dict[str, Any]]:
    """Yield the plots of what there is, each with a title and a caption."""
    from reporting.plots import kpi as plots

    if len(kpi.periods) > 1:
        figure = plots.throughput_figure(kpi.periods, kpi.every)
        yield _plot(figure, "Leads that came in and went out", "Leads of each period.")
    if len(kpi.cohorts):
        figure = plots.cohorts_figure(kpi.cohorts, kpi.every)
        caption = (
            "Share of each cohort that was won so far, with its 95 % interval, and the "
            "share that is still open and may be won yet."
        )
        yield _plot(figure, "Conversion by cohort", caption)
    if kpi.ages["n_waiting"].any():
        yield _plot(
            plots.ages_figure(kpi.ages),
            "Leads that wait",
            "Leads without an owner until the end of these days, by age.",
        )
    if kpi.shares["n_assigned"].any():
        first, last = kpi.shares_days
        yield _plot(
            plots.shares_figure(_labelled(kpi)),
            "Leads by rep",
            f"Leads that runs assigned from {first} to {last}.",
        )


def _plot(figure: Any, title: str, caption: str) -> dict[str, Any]:
    from reporting.page.drawing import themed
    from reporting.plots.pictures import svg

    return {"title": title, "caption": caption, "svg": themed(svg(figure, title))}


def _labelled(kpi: KpiFigures) -> pd.DataFrame:
    shares = kpi.shares.sort_values("n_assigned", ascending=False, kind="stable")
    label = [kpi.names.get(rep) or rep for rep in shares["rep_id"]]
    return shares.assign(label=label)

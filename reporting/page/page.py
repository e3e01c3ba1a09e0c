"""The offline page of a run."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from reporting.page.environment import NOTHING, environment

if TYPE_CHECKING:
    from scoring import ModelCard

_TABLE_ROWS = 500
_CHART_REPS = 40
_PRICES = 20


@dataclass(frozen=True)
class Page:
    """The content of the page, as plain data; ids and names may be any text.

    Attributes
    ----------
    title
        The heading.
    summary
        About ten pairs of label and value.
    notes
        Warnings and caveats, a sentence each.
    assignments
        One row per assigned lead: ``lead_id``, ``rep_id``, ``backup_rep_id``,
        ``team``, ``p_convert`` and ``value`` (model expectation), ``arm``,
        ``propensity`` and ``reason``.
    unassigned
        One row per unassigned lead: ``lead_id``, ``reason``, ``detail``.
    load
        One row per rep: ``rep_id``, ``name``, ``team``, ``capacity`` (leads;
        missing is no limit), ``slots_used`` and ``slotless``, the assigned leads that
        take a slot and those that take none.
    prices
        One row per slot or limit: ``what``, ``key``, ``price`` (model expectation
        that one more would add) and ``rule``.
    rule_costs
        One row per rule: ``rule``, ``kind``, ``strength``, ``cost`` (model
        expectation lost), ``leads_held_back`` and ``proven``; empty where that was
        not asked for.
    card
        The model card; `None` shows none.
    rules
        Name and sentence of each rule of the day.
    reach
        One row per rule: ``rule``, ``leads``, ``reps``, ``pairs_removed``,
        ``pairs_charged``, ``pairs_bounded`` and ``unmet``; empty shows none.
    """

    title: str
    summary: Sequence[tuple[str, str]]
    notes: Sequence[str]
    assignments: pd.DataFrame
    unassigned: pd.DataFrame
    load: pd.DataFrame
    prices: pd.DataFrame
    rule_costs: pd.DataFrame
    card: "ModelCard | None" = None
    rules: Sequence[tuple[str, str]] = ()
    reach: pd.DataFrame = field(default_factory=pd.DataFrame)


def render(page: Page, *, with_chart: bool = True) -> str:
    """Return the page as one HTML document that asks nothing of any network.

    The same page gives the same text. Tables show at most 500 rows and the chart
    the 40 most loaded reps; where something is cut, the page says so.

    Parameters
    ----------
    with_chart
        Whether loads are drawn as well.
    """
    load = page.load.sort_values(["team", "rep_id"], ignore_index=True)
    template = environment().get_template("report.html.j2")
    return template.render(
        page=page,
        load=_records(load),
        n_reps=len(load),
        chart=_chart(load) if with_chart else Markup(),
        n_chart=min(len(load), _CHART_REPS),
        has_slotless=bool(load["slotless"].any()),
        rule_costs=_records(_dearest(page.rule_costs, "cost")),
        reach=_records(page.reach),
        prices=_records(_dearest(page.prices, "price").head(_PRICES)),
        reasons=_reasons(page.unassigned),
        unassigned=_records(page.unassigned),
        n_unassigned=len(page.unassigned),
        groups=_groups(page.assignments, load),
        n_assigned=len(page.assignments),
        n_shown=min(len(page.assignments), _TABLE_ROWS),
        model=_model(page.card),
    )


def _model(card: "ModelCard | None") -> str:
    """Return the section on the model; its plots are loaded where there is one."""
    if card is None:
        return ""
    from reporting.page.model_section import model_section

    return model_section(card)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows a table has room for, each as column -> value."""
    return [
        {str(column): value for column, value in row.items()}
        for row in frame.head(_TABLE_ROWS).to_dict("records")
    ]


def _chart(load: pd.DataFrame) -> Markup:
    """Return the drawing of the most loaded reps, empty where there are none."""
    if load.empty:
        return Markup()
    from matplotlib.figure import Figure

    from reporting.plots.load import load_against_capacity, load_height
    from reporting.plots.pictures import svg

    assigned = (load["slots_used"] + load["slotless"]).astype(float)
    busiest = assigned.nlargest(_CHART_REPS).index
    shown = load[load.index.isin(busiest)]
    figure = Figure((5.2, load_height(shown)), facecolor="none", layout="constrained")
    load_against_capacity(shown, figure.subplots())
    return Markup(svg(figure, "Leads assigned to each rep, on their capacity"))


def _reasons(unassigned: pd.DataFrame) -> list[tuple[str, int]]:
    """Return each reason and its number of leads, the most frequent first."""
    counted = unassigned["reason"].value_counts().items()
    rows = [(str(code), n) for code, n in counted]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _dearest(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the rows of nonzero cost or price, the largest first."""
    if frame.empty:
        return frame
    costly = frame[frame[column].abs() > NOTHING]
    return costly.sort_values(column, ascending=False, kind="stable")


def _groups(assignments: pd.DataFrame, load: pd.DataFrame) -> list[dict[str, Any]]:
    """Return one group per rep that got a lead, by team and rep, best lead first."""
    names = dict(zip(load["rep_id"], load["name"], strict=True))
    order = ["team", "rep_id", "p_convert"]
    rows = assignments.sort_values(order, ascending=[True, True, False], kind="stable")
    return [
        {
            "rep_id": rep_id,
            "team": team,
            "name": names.get(rep_id, ""),
            "leads": _records(leads),
        }
        for (team, rep_id), leads in rows.head(_TABLE_ROWS).groupby(
            ["team", "rep_id"], sort=False
        )
    ]

"""The rules of the day in words, what each costs, and what one more slot adds."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
from markupsafe import Markup

from reporting.page.environment import NOTHING
from reporting.page.report.grid import GridColumn, grid
from reporting.page.report.section import PageSection, section
from reporting.text.run.rule_prices import cost_sentence, price_sentence

PRICES = 10
"""Prices in words; the others are in the run's files."""
COSTS = (
    GridColumn("rule", "Rule"),
    GridColumn("kind", "Kind"),
    GridColumn("cost", "Objective lost", "amount"),
    GridColumn("leads_held_back", "Leads held back", "count"),
    GridColumn("proven", "Proven"),
)
DUALS = (
    GridColumn("key", "One more for"),
    GridColumn("row", "What"),
    GridColumn("price", "Objective", "amount"),
    GridColumn("together", "Together with"),
)
REACH = (
    GridColumn("rule", "Rule"),
    GridColumn("leads", "Leads", "count"),
    GridColumn("reps", "Reps", "count"),
    GridColumn("pairs_removed", "Removed", "count"),
    GridColumn("pairs_charged", "Charged", "count"),
    GridColumn("pairs_bounded", "Bounded", "count"),
    GridColumn("unmet", "Never met"),
)

OF_COSTS = (
    "What each rule takes from the objective, which is model expectation less "
    "penalties; solved again without it"
)
OF_DUALS = (
    "Dual prices: what one more would add to the objective, the highest first; where a "
    "rule asks for a least number, what one more of it would cost; where another row "
    "is named, less may come of one more without it, and all together bring their sum"
)
OF_REACH = (
    "Leads that a rule says something of, reps at work who may have one of them by it, "
    "pairs that it removes whatever other rules say, eligible pairs that it charges or "
    "has in a sum, and entries that the other side has not"
)


def rules_section(
    rules: Sequence[tuple[str, str]],
    rule_costs: pd.DataFrame,
    prices: pd.DataFrame,
    reach: pd.DataFrame,
    names: Mapping[str, str],
    unit: str,
) -> PageSection:
    """Return each rule's sentence with its price in words, and tables in a fold.

    Parameters
    ----------
    rules
        Name and sentence of each rule.
    rule_costs, prices, reach
        As a run has them.
    names, unit
        rep_id -> name; what the objective counts.
    """
    costs = {row["rule"]: row for row in rule_costs.to_dict("records")}
    told = [
        (name, sentence, cost_sentence(costs[name], unit) if name in costs else "")
        for name, sentence in rules
    ]
    dear = _dearest(prices, "price")
    return section(
        "rules",
        "Rules and what they cost",
        rules=told,
        has_costs=bool(costs),
        prices=[
            price_sentence(row, names, unit)
            for row in dear.head(PRICES).to_dict("records")
        ],
        n_prices=len(dear),
        tables=[*_tables(rule_costs, dear, reach)],
    )


def _tables(
    costs: pd.DataFrame, dear: pd.DataFrame, reach: pd.DataFrame
) -> Iterator[Markup]:
    costly = _dearest(costs, "cost")
    if len(costly):
        words = costly["proven"].map({True: "yes", False: "no"})
        yield grid(costly.assign(proven=words), COSTS, OF_COSTS)
    if len(dear):
        rows = dear.assign(row=dear["rule"].where(dear["rule"] != "", "slot"))
        columns = [column for column in DUALS if column.name in rows]
        yield grid(rows, columns, OF_DUALS, rest="prices.csv")
    if len(reach):
        yield grid(reach, REACH, OF_REACH)


def _dearest(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the rows of nonzero cost or price, the largest first."""
    if frame.empty:
        return frame
    costly = frame[frame[column].abs() > NOTHING]
    return costly.sort_values(column, ascending=False, kind="stable")

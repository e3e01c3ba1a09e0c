"""What figures of days are called, and how they are written."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from evaluation.labels import EXPECTED
from reporting.text.layout.layout import number

DAY_HOURS = 48.0
"""From so many hours on, a time is told in days."""
MISSING = "\N{EN DASH}"
COST = f"{EXPECTED}: cost"
GIVEN_UP = f"{EXPECTED}: given up"


def share_text(share: float) -> str:
    """Return a share in percent."""
    return MISSING if pd.isna(share) else f"{100 * share:.1f} %"


def hours_text(hours: float) -> str:
    """Return a time: in minutes, hours or days."""
    if pd.isna(hours):
        return MISSING
    if hours < 1:
        return f"{60 * hours:.0f} min"
    return f"{hours:.1f} h" if hours < DAY_HOURS else f"{hours / 24:.1f} d"


def days_text(days: float) -> str:
    """Return an age in days."""
    return MISSING if pd.isna(days) else f"{days:.1f} d"


def count_text(count: float) -> str:
    """Return a number of things."""
    return MISSING if pd.isna(count) else f"{count:,.0f}"


def amount_text(amount: float) -> str:
    """Return an amount, such as revenue."""
    return MISSING if pd.isna(amount) else number(float(amount))


def plain_text(cell: Any) -> str:
    """Return a word or a day."""
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}"
    return MISSING if cell is None or cell == "" or cell != cell else str(cell)


Form = Callable[[Any], str]
COLUMNS: Mapping[str, tuple[str, Form]] = {
    "n_generated": ("generated", count_text),
    "n_distributed": ("distributed", count_text),
    "n_waiting": ("not distributed", count_text),
    "wait_median": ("turn-around", hours_text),
    "wait_high": ("nine tenths within", hours_text),
    "same_day_share": ("same business day", share_text),
    "n_responded": ("responded", count_text),
    "response_median": ("response", hours_text),
    "response_high": ("nine tenths by", hours_text),
    "n_late": ("SLA missed", count_text),
    "in_time_share": ("SLA kept", share_text),
    "n_real": ("leads", count_text),
    "n_open": ("open", count_text),
    "n_won": ("won", count_text),
    "n_lost": ("lost", count_text),
    "won_share": ("won so far", share_text),
    "won_low": ("from", share_text),
    "won_high": ("to", share_text),
    "revenue": ("revenue", amount_text),
    "revenue_per_lead": ("revenue per lead", amount_text),
    "revenue_low": ("from (revenue)", amount_text),
    "revenue_high": ("to (revenue)", amount_text),
    "won_within_7": ("in 7 days", share_text),
    "won_within_30": ("in 30 days", share_text),
    "won_within_90": ("in 90 days", share_text),
    "period": ("from day", plain_text),
    "days": ("within days", count_text),
    "n_old_enough": ("leads old enough", count_text),
    "age_from": ("days", count_text),
    "age_to": ("below", count_text),
    "clock": ("clock", plain_text),
    "n_warned": ("warned", count_text),
    "n_escalated": ("escalated", count_text),
    "n_recalled": ("recalled", count_text),
    "rep_id": ("rep", plain_text),
    "name": ("name", plain_text),
    "n_assigned": ("leads assigned", count_text),
    "n_scored": ("scored", count_text),
    "expectation": (EXPECTED, amount_text),
    "actor": ("by", plain_text),
    "n_overrides": ("overrides", count_text),
    "expected_cost": (COST, amount_text),
    "n_not_scored": ("not scored", count_text),
    "expected_given_up": (GIVEN_UP, amount_text),
    "from": ("from rep", plain_text),
    "to": ("to rep", plain_text),
}
"""Column -> what it is called, and how a cell is written."""
DISTRIBUTION = (
    *("n_generated", "n_distributed", "n_waiting"),
    *("wait_median", "wait_high", "same_day_share"),
)
FOLLOW_UP = (
    *("n_distributed", "n_responded", "response_median", "response_high"),
    *("n_late", "in_time_share"),
)
OUTCOMES = (
    *("n_real", "n_open", "n_won", "n_lost", "won_share", "won_low", "won_high"),
    *("revenue", "revenue_per_lead", "revenue_low", "revenue_high"),
)
COHORTS = ("period", *OUTCOMES[:8], "won_within_7", "won_within_30", "won_within_90")


def written(
    frame: pd.DataFrame, columns: tuple[str, ...] | None = None
) -> pd.DataFrame:
    """Return a table of figures as people read it: names and cells of text.

    Parameters
    ----------
    columns
        Those to show, in order; all by default. One without a name is its own.
    """
    shown = [str(name) for name in (frame.columns if columns is None else columns)]
    texts = {}
    for name in shown:
        label, form = COLUMNS.get(name, (name, plain_text))
        texts[label] = [form(cell) for cell in frame[name]]
    return pd.DataFrame(texts, dtype=object)


NUMBERS = {label for label, form in COLUMNS.values() if form is not plain_text}
"""Names of columns that are written to the right."""

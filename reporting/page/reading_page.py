"""The offline page of how the tables were read."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from crm import CrmData
from crm.table_reading import TableReading
from reporting.page.environment import environment
from reporting.text.reading.day import day_text
from reporting.text.reading.reading import (
    file_words,
    filled_text,
    holds_text,
    table_facts,
    window_text,
)

COLUMNS = 500
"""Columns of a table, and rules, that are shown."""


def render_reading(
    crm: CrmData,
    reach: pd.DataFrame,
    warnings: Sequence[str],
    title: str,
    *,
    has_calendar: bool,
) -> str:
    """Return the page as one HTML document that asks nothing of any network.

    Parameters
    ----------
    crm
        The day's tables, with how they were read.
    reach
        One row per rule, as :func:`reporting.reach_text` shows it.
    warnings
        A sentence each.
    title
        The heading.
    has_calendar
        Whether the scenario names a calendar.
    """
    template = environment().get_template("reading.html.j2")
    return template.render(
        title=title,
        day=day_text(crm, is_given=has_calendar),
        window=window_text(crm),
        warnings=warnings,
        tables=[_table(name, told) for name, told in crm.readings.items()],
        reach=reach.head(COLUMNS).to_dict("records"),
    )


def _table(name: str, reading: TableReading) -> dict[str, Any]:
    return {
        "name": name,
        "file": file_words(reading),
        "facts": list(table_facts(reading)),
        "columns": [
            {
                "name": column.name,
                "source": column.source,
                "filled": filled_text(column),
                "holds": holds_text(column),
                "pairs": column.pairs,
            }
            for column in reading.columns[:COLUMNS]
        ],
        "n_columns": len(reading.columns),
    }

"""Example leads as rows of the day's table, read as its cells are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from crm import TABLES, CrmData, Issue, suggestion
from crm.cells import cell_text
from crm.opening_hours import WEEK
from crm.reading.typed_columns import typed
from crm.schema import Column
from crm.table import Table, text_frame
from scenarios.example import Example
from scenarios.validation import ScenarioFile


def example_leads(file: ScenarioFile, crm: CrmData) -> tuple[pd.DataFrame, list[Issue]]:
    """Return one row per example, typed as the day's leads, and what is wrong.

    Ids are those of the day's leads, or the names of the examples.
    """
    examples = file.scenario.tests or []
    issues = list(_unknown(file, crm, examples))
    columns = {name: _column(crm.leads, name) for name in map(str, crm.leads.columns)}
    texts = [_texts(example, crm) for example in examples]
    cells = [[row.get(name, "") for row in texts] for name in columns]
    rows = np.arange(len(examples), dtype=np.int64)
    table = Table(str(file.path), text_frame(list(columns), cells), rows)
    told, found = typed(table, columns, zone=crm.calendar.zone)
    for issue in found:
        if issue.row is not None and issue.severity == "error":
            keys = ("tests", int(issue.row), "lead", issue.column or "")
            issues.append(file.issue(keys, issue.expected, value=issue.value))
    return told.frame, issues


def alone(crm: CrmData, leads: pd.DataFrame, reps: str) -> CrmData:
    """Return the day with these leads; with all reps free unless it says ``today``."""
    leads = leads.reset_index(drop=True)
    if reps == "today":
        return replace(crm, leads=leads)
    every_day = {"working_days": list(WEEK), "holidays": []}
    return replace(
        crm,
        leads=leads,
        reps=crm.reps.assign(open_leads=0.0),
        absences=crm.absences.iloc[:0],
        calendar=crm.calendar.model_copy(update=every_day),
    )


def lead_words(example: Example) -> str:
    """Return which lead an example has, in words."""
    parts = [f"lead {example.lead_id}"] if example.lead_id else []
    cells = (f"{name} {cell_text(cell)}" for name, cell in example.lead.items())
    return ", ".join([*parts, *cells])


def _unknown(
    file: ScenarioFile, crm: CrmData, examples: Sequence[Example]
) -> Iterator[Issue]:
    """Yield an error for each lead and column that there is not."""
    ids = set(crm.leads["lead_id"])
    known = sorted({*crm.file_columns.get("leads", ()), *TABLES["leads"]})
    for place, example in enumerate(examples):
        if example.lead_id is not None and example.lead_id not in ids:
            expected = f"no such lead today{suggestion(example.lead_id, ids)}"
            keys = ("tests", place, "lead_id")
            yield file.issue(keys, expected, value=example.lead_id)
        for name in example.lead:
            if name not in crm.leads or name == "lead_id":
                expected = f"leads have no such column{suggestion(name, known)}"
                if name == "lead_id":
                    expected = "write lead_id beside `lead`, not in it"
                yield file.issue(("tests", place, "lead", name), expected)


def _texts(example: Example, crm: CrmData) -> dict[str, str]:
    """Return column -> text of an example's cells."""
    texts = {"created_at": cell_text(crm.as_of), "lead_id": example.name}
    rows = crm.leads[crm.leads["lead_id"] == example.lead_id]
    for row in rows.to_dict("records")[:1]:
        texts |= {str(name): _text(cell) for name, cell in row.items()}
    return texts | {name: _text(cell) for name, cell in example.lead.items()}


def _text(cell: Any) -> str:
    return (
        "" if not isinstance(cell, list | tuple) and pd.isna(cell) else cell_text(cell)
    )


def _column(leads: pd.DataFrame, name: str) -> Column:
    if name in TABLES["leads"]:
        return TABLES["leads"][name]
    cells = leads[name]
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        return Column("timestamp")
    if cells.dtype != object:
        return Column("number")
    is_list = len(cells) > 0 and isinstance(cells.iloc[0], tuple)
    return Column("list" if is_list else "text")

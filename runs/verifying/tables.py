"""The tables of a run folder held against what its scores and rules give."""

from collections.abc import Iterator
from itertools import islice

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import Issue
from crm.cells import cell_text, numbers
from crm.table import Table
from runs.folder.day import ASSIGNMENTS
from runs.folder.scores import PRICES
from runs.job.pair_values import with_scores
from runs.job.tables import assignment_table, price_table
from runs.job.wait import part_left
from runs.verifying.audit import CLOSE, Audit
from runs.verifying.folder_files import REACH
from solver import Result, assigned_leads, unassigned_leads
from solver.day.scored_columns import EXPECTED_VALUE, P_CONVERT

UNASSIGNED = "unassigned.csv"
SHOWN = 20
"""Cells of a table that are named before the rest is counted."""


def table_problems(audit: Audit) -> Iterator[str]:
    """Yield a sentence for each cell that is not what scores and rules give."""
    yield from _input_problems(audit)
    yield from differences(audit.run.table(REACH, "rule"), audit.reach)
    if audit.solution is None:
        return
    result = audit.result_with(audit.solution, audit.run.manifest.status)
    for file, expected in (
        (ASSIGNMENTS, assignments(audit, result)),
        (UNASSIGNED, unassigned(audit, result)),
    ):
        yield from differences(audit.run.table(file, "lead_id"), expected)
    if audit.optimum is not None:
        optimum = audit.result_with(audit.optimum, audit.run.manifest.status)
        yield from differences(audit.run.table(PRICES, "what"), price_table(optimum))


def assignments(audit: Audit, result: Result) -> pd.DataFrame:
    """Return assignments.csv as it follows, but for what an experiment drew."""
    seed = audit.day.seed(audit.run.file.scenario.solve.seed)
    assigned = assigned_leads(audit.day, result, seed)
    experiment, unknown = audit.run.manifest.experiment, np.full(len(assigned), None)
    return assignment_table(
        audit.day,
        assigned,
        audit.scores,
        arm=unknown,
        propensity=unknown,
        reason=experiment.choices(assigned, audit.run.rows),
    )


def unassigned(audit: Audit, result: Result) -> pd.DataFrame:
    """Return unassigned.csv as it follows, but for what an experiment drew."""
    table = unassigned_leads(audit.day, result)
    told = audit.run.manifest.experiment.unassigned(table, audit.run.rows)
    return told.assign(arm=None, propensity=None)


def _input_problems(audit: Audit) -> Iterator[str]:
    """Yield the leads whose scores with an average rep are not those of the scores."""
    crm = with_scores(audit.run.crm, audit.scores, audit.value)
    columns = ["lead_id", P_CONVERT, EXPECTED_VALUE]
    table = audit.run.table("inputs/leads.csv", *columns)
    yield from _cell_problems(table, crm.leads[columns])
    if audit.run.file.scenario.objective.maximise == "conversions":
        expected = part_left(audit.run.crm, audit.run.file.scenario.ageing)
        for lead in np.flatnonzero(~np.isclose(audit.value, expected, atol=CLOSE)):
            lead_id = audit.run.crm.leads["lead_id"].iloc[lead]
            number = f"{expected[lead]:.6g}"
            yield f"inputs/lead_scores.csv: lead {lead_id} counts other than {number}"


def differences(table: Table, expected: pd.DataFrame) -> Iterator[str]:
    """Yield where columns, rows or cells differ; a column of None may be anything."""
    names = list(expected.columns)
    if table.names != names:
        yield f"{table.file} has the columns {', '.join(table.names)}, not {names}"
        return
    key = names[0]
    if table.frame[key].tolist() == expected[key].tolist():
        yield from _cell_problems(table, expected)
    elif sorted(table.frame[key]) == sorted(expected[key]):
        yield f"{table.file}: the rows are in another order than the day's leads"
    else:
        yield f"{table.file} has {len(table.rows)} rows, {len(expected)} are due"


def _cell_problems(table: Table, expected: pd.DataFrame) -> Iterator[str]:
    for column in expected.columns:
        cells = expected[column]
        if len(cells) and cells.isna().all():
            continue
        wrong = ~_agrees(table.frame[column], cells)
        for at in islice(np.flatnonzero(wrong), SHOWN):
            text = f"it follows {cell_text(cells.iloc[at]) or 'nothing'}"
            row, cell = int(table.rows[at]), str(table.frame[column].iloc[at])
            yield str(Issue(table.file, text, row, str(column), cell))
        if (more := int(wrong.sum()) - SHOWN) > 0:
            yield f"{table.file}, column {column}: ... and {more:,} more"


def _agrees(cells: pd.Series, expected: pd.Series) -> NDArray[np.bool_]:
    if pd.api.types.is_numeric_dtype(expected) and expected.dtype != bool:
        given = numbers(cells)
        return np.isclose(given, expected.to_numpy(float), rtol=CLOSE, atol=CLOSE)
    return (cells == expected.map(cell_text)).to_numpy(dtype=bool)

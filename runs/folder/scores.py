"""The scores and prices that a run folder keeps, held against its day."""

import numpy as np
from numpy.typing import NDArray

from crm import DataError, Issue
from crm.table import Table
from runs.folder.reading import RunFolder
from runs.job.pair_values import ERROR, INTERACTION, LEADS, LOG_ODDS, REPS, VALUE
from scoring import PairScores
from solver import Problem

PRICES = "prices.csv"
ROW = "what", "key", "rule"
"""What a row of the prices is about."""


def read_scores(run: RunFolder) -> tuple[PairScores, NDArray[np.float64]]:
    """Return the scores of every pair, and what each lead counts once won, (n_leads,).

    Raises
    ------
    DataError
        Where a table is missing, has other leads or reps than the day, or a cell that
        is no number.
    """
    leads, lead_factors, _ = _side(run, LEADS, "lead_id", LOG_ODDS, VALUE)
    reps, rep_factors, rep_error = _side(run, REPS, "rep_id", LOG_ODDS)
    if lead_factors.shape[1] != rep_factors.shape[1]:
        expected = f"has other {INTERACTION} columns than inputs/{LEADS}.csv"
        raise DataError([Issue(f"inputs/{REPS}.csv", expected)])
    scores = PairScores(leads[:, 0], reps[:, 0], lead_factors, rep_factors, rep_error)
    return scores, leads[:, 1]


def _side(
    run: RunFolder, name: str, id_column: str, *columns: str
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the named columns, the factors of the interaction, and standard errors."""
    table = run.table(f"inputs/{name}.csv", id_column, *columns)
    ids = run.crm.leads["lead_id"] if name == LEADS else run.crm.reps["rep_id"]
    _check_rows(table, [id_column], [(row_id,) for row_id in ids])
    factors = [column for column in table.names if column.startswith(INTERACTION)]
    errors = [f"{ERROR}{name}" for name in (LOG_ODDS, *factors)]
    errors = errors if errors[0] in table.names else []
    numbers = run.numbers(table, *columns, *factors, *errors)
    own, of_factors, of_errors = np.split(
        numbers, [len(columns), len(columns) + len(factors)], axis=1
    )
    return own, of_factors, of_errors


def read_prices(
    run: RunFolder, problem: Problem
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the dual price of each rep's slots and of each limit.

    Raises
    ------
    DataError
        Where the table is missing, has other rows than the day has slots and limits,
        or a price is no number.
    """
    table = run.table(PRICES, *ROW, "price")
    slots = [("rep_slot", rep_id, "") for rep_id in problem.rep_ids]
    limits = [(limit.what, limit.key, limit.rule) for limit in problem.limits]
    _check_rows(table, list(ROW), [*slots, *limits])
    price, limit_price = np.split(run.numbers(table, "price")[:, 0], [problem.n_reps])
    return price, limit_price


def _check_rows(
    table: Table, columns: list[str], expected: list[tuple[str, ...]]
) -> None:
    """Raise where the rows are about other things than the day has, in its order."""
    rows = list(table.frame[columns].itertuples(index=False, name=None))
    if rows == expected:
        return
    for number, row, other in zip(table.rows.tolist(), rows, expected, strict=False):
        if row != other:
            raise DataError([_issue(table, number, columns[0], other, row)])
    problem = f"has {len(rows):,} rows, the day needs {len(expected):,}"
    raise DataError([Issue(table.file, problem)])


def _issue(
    table: Table,
    number: int,
    column: str,
    expected: tuple[str, ...],
    row: tuple[str, ...],
) -> Issue:
    text = "the run wrote " + ", ".join(part for part in expected if part) + " here"
    return Issue(table.file, text, number, column, ", ".join(filter(None, row)))

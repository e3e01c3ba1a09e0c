"""A day that a rule empties, or halves: said loudly, with the rule that does it."""

from collections.abc import Hashable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from reporting.text.layout.layout import counted, number
from solver import Solution

Row = dict[Hashable, Any]

ROOM_ALONE = {"capacity"}
"""Kinds that hold leads back where reps are simply full."""
HOW_TO_SEE = "solve: {rule_costs: true} shows which rule does it, and what it costs."


def held_back_sentences(
    solution: Solution, rule_costs: pd.DataFrame, unit: str
) -> Iterator[str]:
    """Yield which rules leave fewer than half of the leads assigned, and their price.

    Parameters
    ----------
    solution
        The best allocation.
    rule_costs
        As :func:`solver.costs_of_rules` has it; empty where it was not asked for.
    unit
        What the objective counts.
    """
    rows = rule_costs.to_dict("records")
    if solution.n_assigned == 0 and solution.problem.n_pairs:
        yield _nothing(solution, rows, unit)
        return
    for row in rows:
        if row["kind"] not in ROOM_ALONE and _is_halved(solution, row):
            verb = "halves" if solution.n_assigned else "empties"
            assigned = f"{solution.n_assigned:,} assigned"
            without = _without(solution, row, unit)
            yield f"Rule {row['rule']} {verb} the day: {assigned}, {without}."
    with_pair = int(np.count_nonzero(np.diff(solution.problem.indptr)))
    if not rows and 2 * solution.n_assigned < with_pair:
        assigned = f"{solution.n_assigned:,} of {with_pair:,}"
        yield f"Of the leads with an eligible rep {assigned} are assigned. {HOW_TO_SEE}"


def _nothing(solution: Solution, rows: list[Row], unit: str) -> str:
    pairs = counted(solution.problem.n_pairs, "eligible pair")
    head = f"NOTHING IS ASSIGNED, in spite of {pairs}."
    if not rows:
        return f"{head} {HOW_TO_SEE}"
    alone = [
        f"Rule {row['rule']}: {_without(solution, row, unit)}."
        for row in rows
        if row["leads_held_back"] > 0
    ]
    if not alone:
        return f"{head} No rule does it alone; reasons are in unassigned.csv."
    return " ".join([head, *alone])


def _is_halved(solution: Solution, row: Row) -> bool:
    return 2 * solution.n_assigned < solution.n_assigned + int(row["leads_held_back"])


def _without(solution: Solution, row: Row, unit: str) -> str:
    without = solution.n_assigned + int(row["leads_held_back"])
    return f"{without:,} without it, and {number(row['cost'])} more expected {unit}"

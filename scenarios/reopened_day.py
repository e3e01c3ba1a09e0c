"""The day of a run folder, and who got what, built again from what the folder keeps."""

import pandas as pd

from crm import DataError, Issue
from scenarios.reopening import Reopened
from scenarios.worth import VALUE, pair_worth, read_score_tables, scores_of
from solver import Day, Solution, build_day

ASSIGNMENTS = "assignments.csv"


def reopened_day(run: Reopened) -> Day:
    """Return the problem that the run decided.

    Raises
    ------
    DataError
        Where a table is missing, unreadable, or not as the run wrote it.
    """
    _unchanged(run)
    leads, reps = read_score_tables(run.folder)
    worth = pair_worth(scores_of(leads, reps), leads[VALUE].to_numpy())
    return build_day(run.crm, run.file.scenario.rules, worth)


def given_out(run: Reopened, day: Day) -> Solution:
    """Return who got which lead, as ``assignments.csv`` has it.

    Raises
    ------
    DataError
        Where the rules do not allow a row.
    """
    problem = day.problem
    ids = problem.lead_ids[problem.lead], problem.rep_ids[problem.rep]
    pairs = pd.MultiIndex.from_arrays(ids)
    rows = pd.DataFrame(run.rows(ASSIGNMENTS, "lead_id", "rep_id"), dtype=object)
    chosen = pd.MultiIndex.from_frame(rows[["lead_id", "rep_id"]])
    found = pairs.get_indexer(chosen)
    expected = "the rules do not allow this assignment; was the run changed?"
    issues = [
        Issue(ASSIGNMENTS, expected, value=lead_id)
        for lead_id in rows["lead_id"][found < 0]
    ]
    if issues:
        raise DataError(issues)
    pair = Solution.unassigned(problem).pair
    pair[problem.lead[found]] = found
    return Solution(problem, pair)


def _unchanged(run: Reopened) -> None:
    """Raise where the day's tables are not what the run wrote."""
    issues = [
        Issue(str(run.folder / name), f"{what}, so the day cannot be told again")
        for name, what in run.changed.items()
        if name.startswith("inputs/") or name in {ASSIGNMENTS, "scenario.yaml"}
    ]
    if issues:
        raise DataError(issues)

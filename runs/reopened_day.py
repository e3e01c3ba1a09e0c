"""The day of a run folder, and who got what, built again from what the folder keeps."""

from collections.abc import Collection

import pandas as pd

from crm import DataError, Issue
from runs.pair_values import VALUE, pair_value, read_score_tables, scores_of
from runs.reopening import Reopened
from solver import Day, Solution, build_day

ASSIGNMENTS = "assignments.csv"


def reopened_day(run: Reopened) -> Day:
    """Return the problem that the run decided.

    Raises
    ------
    DataError
        Where a table is missing, unreadable, or not as the run wrote it.
    """
    refuse_changed(run, {ASSIGNMENTS, "scenario.yaml"}, "the day cannot be told again")
    return decided_day(run)


def decided_day(run: Reopened) -> Day:
    """Return the same without asking whether its tables were changed."""
    leads, reps = read_score_tables(run.folder)
    worth = pair_value(scores_of(leads, reps), leads[VALUE].to_numpy())
    return build_day(run.crm, run.file.scenario.rules, worth)


def given_out(run: Reopened, day: Day, file: str = ASSIGNMENTS) -> Solution:
    """Return who got which lead, as a file of the folder has it.

    Raises
    ------
    DataError
        Where the rules do not allow a row.
    """
    problem = day.problem
    ids = problem.lead_ids[problem.lead], problem.rep_ids[problem.rep]
    pairs = pd.MultiIndex.from_arrays(ids)
    columns = ["lead_id", "rep_id"]
    rows = pd.DataFrame(run.rows(file, *columns), columns=columns, dtype=object)
    chosen = pd.MultiIndex.from_frame(rows)
    found = pairs.get_indexer(chosen)
    expected = "the rules do not allow this assignment; was the run changed?"
    issues = [
        Issue(file, expected, value=lead_id) for lead_id in rows["lead_id"][found < 0]
    ]
    if issues:
        raise DataError(issues)
    pair = Solution.unassigned(problem).pair
    pair[problem.lead[found]] = found
    return Solution(problem, pair)


def refuse_changed(run: Reopened, files: Collection[str], so: str) -> None:
    """Raise where these files or the inputs are not what the run wrote.

    Parameters
    ----------
    so
        What therefore cannot be done, for the message.
    """
    issues = [
        Issue(str(run.folder / name), f"{what}, so {so}")
        for name, what in run.changed.items()
        if name.startswith("inputs/") or name in files
    ]
    if issues:
        raise DataError(issues)

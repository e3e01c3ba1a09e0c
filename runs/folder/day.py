"""The problem and the allocation of a run folder, rebuilt from its files."""

from collections.abc import Collection

import pandas as pd

from crm import DataError, Issue
from runs.folder.reading import RunFolder
from runs.folder.scores import read_scores
from runs.job.tie_widths import known_width
from solver import Day, Solution, build_day
from solver.building import ScoredPairs

ASSIGNMENTS = "assignments.csv"


def unchanged_day(run: RunFolder) -> Day:
    """Return the problem that the run decided.

    Raises
    ------
    DataError
        Where a table is missing, unreadable, or not as the run wrote it.
    """
    refuse_changed(run, {ASSIGNMENTS, "scenario.yaml"}, "the day cannot be told again")
    return decided_day(run)


def decided_day(run: RunFolder) -> Day:
    """Return the same without checking whether its tables were changed."""
    scenario = run.file.scenario
    values = ScoredPairs(*read_scores(run), known_width(scenario.objective))
    return build_day(run.crm, scenario.rules, values)


def assigned_solution(run: RunFolder, day: Day, file: str = ASSIGNMENTS) -> Solution:
    """Return the allocation in a file of the folder.

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
    chosen = pairs.get_indexer(pd.MultiIndex.from_frame(rows))
    expected = "the rules do not allow this assignment; was the run changed?"
    issues = [
        Issue(file, expected, value=lead_id) for lead_id in rows["lead_id"][chosen < 0]
    ]
    if issues:
        raise DataError(issues)
    pair = Solution.unassigned(problem).pair
    pair[problem.lead[chosen]] = chosen
    return Solution(problem, pair)


def refuse_changed(
    run: RunFolder, files: Collection[str] | None, consequence: str
) -> None:
    """Raise where these files or the inputs are not what the run wrote.

    Parameters
    ----------
    files
        Besides the inputs; None is every file.
    consequence
        What cannot be done then, for the message.
    """
    issues = [
        Issue(str(run.folder / name), f"{change}, so {consequence}")
        for name, change in run.changed.items()
        if files is None or name.startswith("inputs/") or name in files
    ]
    if issues:
        raise DataError(issues)

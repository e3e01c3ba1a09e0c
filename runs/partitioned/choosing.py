"""Which days are decided in partitions."""

from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path

from runs.partitioned.partitioned_day import PartitionedDay
from runs.partitioned.partitions import LARGE, is_large, n_leads_of
from runs.partitioned.whole_days import whole_day_issues
from scenarios import ScenarioError, read_scenario


def partitioned_day(
    path: Path,
    data: Path | None = None,
    model: Path | None = None,
    as_of: datetime | date | None = None,
) -> PartitionedDay | None:
    """Return the day in partitions; `None` where it is held at once.

    Parameters
    ----------
    path, data, model, as_of
        As for :func:`runs.allocate`.

    Raises
    ------
    ScenarioError
        Where the leads are too many for one go, and the scenario asks for what
        partitions cannot give.
    """
    folder = path.parent if data is None else data
    try:
        file = read_scenario(path)
    except ScenarioError:
        # Who reads the day at once tells all that is wrong with it.
        return None
    if as_of is not None:
        file = file.at(as_of)
    if not is_large(file, folder):
        return None
    n_leads = n_leads_of(file, folder)
    issues = list(whole_day_issues(file, n_leads, LARGE))
    if model is None:
        needed = f"a day of {n_leads:,} leads needs a trained model: --model"
        issues.append(file.issue(("data",), needed))
    if find_spec("numba") is None:
        needed = f'a day of {n_leads:,} leads needs: pip install "rightrep[fast]"'
        issues.append(file.issue(("data",), needed))
    if issues or model is None:
        raise ScenarioError(issues)
    return PartitionedDay(file, folder, model)

"""The reps of a scenario, read without the day's leads."""

import pandas as pd

from crm import read_crm
from runs.company.company import Company

REPS = "reps"


def reps_of(here: Company) -> pd.DataFrame:
    """Return the table of reps as the scenario reads it.

    Raises
    ------
    DataError
        With everything found wrong in it.
    """
    sources = {REPS: here.file.scenario.data.reps}
    moment = here.moment()
    folder = here.file.path.parent
    crm, _ = read_crm(sources, folder, moment, here.calendar, needed=(REPS,))
    return crm.reps


def manager_of(reps: pd.DataFrame) -> dict[str, str]:
    """Return rep -> manager, of reps who have one."""
    named = reps[reps["manager"] != ""]
    return dict(zip(named["rep_id"], named["manager"], strict=True))

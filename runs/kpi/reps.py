"""The scenario's reps, where their table can be read: the ledger knows ids alone."""

import pandas as pd

from crm import DataError, read_crm
from runs.company.company import Company

COLUMNS = ("rep_id", "name", "team", "active")


def reps_of(company: Company) -> tuple[pd.DataFrame, str]:
    """Return the table of reps, or an empty one and why it cannot be read."""
    file = company.file
    reps = {"reps": file.scenario.data.sources["reps"]}
    folder, calendar = file.path.parent, file.scenario.calendar
    now = company.moment()
    try:
        crm, _ = read_crm(reps, folder, now, calendar, needed=reps, with_rows=reps)
    except DataError as error:
        first = error.issues[0]
        return pd.DataFrame(columns=[*COLUMNS]), f"{first.file}: {first.expected}"
    return crm.reps, ""

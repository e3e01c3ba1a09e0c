"""The scenario's reps, where their table can be read: the ledger knows ids alone."""

import pandas as pd

from crm import DataError
from runs.company.company import Company
from runs.service_levels import reps as table

COLUMNS = ("rep_id", "name", "team", "active")


def reps_of(company: Company) -> tuple[pd.DataFrame, str]:
    """Return the table of reps, or an empty one and why it cannot be read."""
    try:
        return table.reps_of(company), ""
    except DataError as error:
        first = error.issues[0]
        return pd.DataFrame(columns=[*COLUMNS]), f"{first.file}: {first.expected}"

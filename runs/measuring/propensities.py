"""Whether the propensities of a history can weigh outcomes, by its row numbers."""

from dataclasses import replace

import numpy as np
import pandas as pd

from crm import DataError
from evaluation.off_policy.log_checks import propensity_issues
from runs.job.prepared import Prepared


def check_propensities(prepared: Prepared, rows: pd.DataFrame) -> None:
    """Raise where a lead that was assigned has no propensity, or one that cannot be.

    Parameters
    ----------
    prepared
        The scenario; its history is as it was read, in file order.
    rows
        The rows of it that are to be read as a log.

    Raises
    ------
    DataError
        Naming row, value and fix.
    """
    source = prepared.file.scenario.data.history
    file = "history" if source is None else source.file
    places = np.sort(rows.index.to_numpy())
    issues = list(propensity_issues(prepared.crm.history, places))
    if issues:
        raise DataError([replace(issue, file=file) for issue in issues])

"""What reps are called."""

import pandas as pd


def names_of(reps: pd.DataFrame) -> dict[str, str]:
    """Return rep_id -> name, empty where none is known.

    Parameters
    ----------
    reps
        Any table with ``rep_id`` and ``name``, one row per rep.
    """
    return dict(zip(reps["rep_id"], reps["name"], strict=True))

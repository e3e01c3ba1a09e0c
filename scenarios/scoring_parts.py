"""How the score of a lead with each rep comes about, from the run folder alone."""

from pathlib import Path

import numpy as np
import pandas as pd

from crm.formats import read_table
from scenarios.worth import LEADS, REPS, read_scores


def score_parts(folder: Path, lead_id: str) -> pd.DataFrame:
    """Return what lead, rep and their match add to the log odds, one row per rep.

    Parameters
    ----------
    folder
        A run folder that was not changed.
    lead_id
        A lead of that run.

    Returns
    -------
    pandas.DataFrame
        ``rep_id``, ``p_convert``, and ``lead_log_odds``, ``rep_log_odds``,
        ``match_log_odds``, whose sum is the logit of ``p_convert``.
    """
    scores, _ = read_scores(folder)
    rep_ids = _ids(folder, REPS)
    lead = np.full(len(rep_ids), _ids(folder, LEADS).index(lead_id))
    rep = np.arange(len(rep_ids))
    return pd.DataFrame(
        {
            "rep_id": pd.Series(rep_ids, dtype=object),
            "p_convert": scores.probability(lead, rep),
            "lead_log_odds": scores.lead[lead],
            "rep_log_odds": scores.rep,
            "match_log_odds": scores.match(lead, rep),
        }
    )


def _ids(folder: Path, name: str) -> list[str]:
    file = f"inputs/{name}.csv"
    return [str(cell) for cell in read_table(folder / file, file).frame.iloc[:, 0]]

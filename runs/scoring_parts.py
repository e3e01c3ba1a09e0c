"""How the score of a lead with each rep comes about, from the run folder alone."""

from pathlib import Path

import numpy as np
import pandas as pd

from runs.folder.reading import read_folder
from runs.folder.scores import read_scores


def score_parts(folder: Path, lead_id: str) -> pd.DataFrame:
    """Return what lead, rep and their interaction add to the log odds, one row per rep.

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
        ``interaction_log_odds``, whose sum is the logit of ``p_convert``.
    """
    run = read_folder(folder)
    scores, rep_ids = read_scores(run)[0], run.crm.reps["rep_id"]
    lead = np.full(len(rep_ids), run.crm.leads["lead_id"].tolist().index(lead_id))
    rep = np.arange(len(rep_ids))
    return pd.DataFrame(
        {
            "rep_id": rep_ids,
            "p_convert": scores.probability(lead, rep),
            "lead_log_odds": scores.lead[lead],
            "rep_log_odds": scores.rep,
            "interaction_log_odds": scores.interaction(lead, rep),
        }
    )

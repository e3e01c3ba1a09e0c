"""Values of pairs from scores, and the scores as tables."""

from dataclasses import replace

import numpy as np
import pandas as pd

from crm import CrmData
from scoring import PairScores
from solver.day.scored_columns import EXPECTED_VALUE, P_CONVERT

LEADS, REPS = "lead_scores", "rep_scores"
LOG_ODDS, VALUE, INTERACTION = "log_odds", "value_if_won", "interaction_"
ERROR = "error_of_"
"""Prefix of a column of standard errors; the name of what they are of follows."""


def with_scores(crm: CrmData, scores: PairScores, value: np.ndarray) -> CrmData:
    """Return the tables whose leads carry their scores with an average rep."""
    p_convert = scores.with_average_rep()
    scored = {P_CONVERT: p_convert, EXPECTED_VALUE: p_convert * value}
    return replace(crm, leads=crm.leads.assign(**scored))


def score_tables(
    crm: CrmData, scores: PairScores, value: np.ndarray
) -> dict[str, pd.DataFrame]:
    """Return the parts of the scores as tables: what leads and reps add to log odds.

    The interaction of a lead and a rep is the sum of the products of their
    ``interaction_`` columns. Reps have the standard errors of theirs, too.
    """
    leads = {"lead_id": crm.leads["lead_id"], LOG_ODDS: scores.lead, VALUE: value}
    reps = {"rep_id": crm.reps["rep_id"], LOG_ODDS: scores.rep}
    reps |= _interaction_columns(scores.rep_factors)
    errors = zip([*reps][1:], scores.rep_error.T, strict=False)
    reps |= {f"{ERROR}{name}": error for name, error in errors}
    return {
        LEADS: pd.DataFrame({**leads, **_interaction_columns(scores.lead_factors)}),
        REPS: pd.DataFrame(reps),
    }


def _interaction_columns(side: np.ndarray) -> dict[str, np.ndarray]:
    return {f"{INTERACTION}{k + 1}": column for k, column in enumerate(side.T)}

"""Values of pairs: from scores, and from the tables that keep them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from crm import CrmData
from crm.formats import read_table
from scoring import PairScores
from solver import PairValue
from solver.day.scored_columns import EXPECTED_VALUE, P_CONVERT

LEADS, REPS = "lead_scores", "rep_scores"
LOG_ODDS, VALUE, INTERACTION = "log_odds", "value_if_won", "interaction_"


def pair_value(scores: PairScores, value: np.ndarray) -> PairValue:
    """Return the values of pairs before penalties, in the objective's unit.

    Parameters
    ----------
    scores
        Log odds of every pair.
    value
        What each lead counts for once won, (n_leads,): 1 where conversions count.
    """
    return lambda lead, rep: scores.probability(lead, rep) * value[lead]


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
    ``interaction_`` columns.
    """
    leads = {"lead_id": crm.leads["lead_id"], LOG_ODDS: scores.lead, VALUE: value}
    reps = {"rep_id": crm.reps["rep_id"], LOG_ODDS: scores.rep}
    return {
        LEADS: pd.DataFrame({**leads, **_interaction_columns(scores.lead_factors)}),
        REPS: pd.DataFrame({**reps, **_interaction_columns(scores.rep_factors)}),
    }


def read_score_tables(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables of :func:`score_tables` that a run folder keeps.

    Raises
    ------
    DataError
        Where a table is missing or unreadable.
    """
    leads, reps = (_read(folder, name) for name in (LEADS, REPS))
    return leads, reps


def scores_of(leads: pd.DataFrame, reps: pd.DataFrame) -> PairScores:
    """Return the scores in the tables of :func:`score_tables`."""
    sides = (_interaction_of(leads), _interaction_of(reps))
    return PairScores(leads[LOG_ODDS].to_numpy(), reps[LOG_ODDS].to_numpy(), *sides)


def _interaction_columns(side: np.ndarray) -> dict[str, np.ndarray]:
    return {
        f"{INTERACTION}{k + 1}": column
        for k, column in enumerate(side.T)
        if len(column)
    }


def _interaction_of(table: pd.DataFrame) -> np.ndarray:
    own = {"lead_id", "rep_id", LOG_ODDS, VALUE}
    return table[[name for name in table.columns if name not in own]].to_numpy()


def _read(folder: Path, name: str) -> pd.DataFrame:
    """Return a table with its ids as text and all else as numbers."""
    file = f"inputs/{name}.csv"
    frame = read_table(folder / file, file).frame
    return frame.astype(dict.fromkeys(frame.columns[1:], float))

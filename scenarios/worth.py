"""What pairs are worth: from scores, and from the tables that keep them."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from crm import CrmData
from crm.formats import read_table
from scenarios.schema import Unit
from scoring import PairScores
from solver import PairWorth
from solver.rules import SCORE
from solver.rules.fair_share import NEUTRAL

LEADS, REPS = "lead_scores", "rep_scores"


def pair_worth(crm: CrmData, scores: PairScores, unit: Unit) -> PairWorth:
    """Return what pairs are worth before penalties, in the objective's unit."""
    if unit == "conversions":
        return scores.probability
    value = deal_value(crm).to_numpy()
    return lambda lead, rep: scores.probability(lead, rep) * value[lead]


def with_scores(crm: CrmData, scores: PairScores, unit: Unit) -> CrmData:
    """Return the tables whose leads carry what they are worth with an average rep."""
    p_convert = scores.with_average_rep()
    value = 1.0 if unit == "conversions" else deal_value(crm)
    worth = {SCORE: p_convert, NEUTRAL: p_convert * value}
    return replace(crm, leads=crm.leads.assign(**worth))


def deal_value(crm: CrmData) -> pd.Series:
    """Return each lead's value, the median where it is missing, shape (n_leads,)."""
    given = crm.leads["deal_value"]
    return given.fillna(given.dropna().median()).fillna(0.0)


def score_tables(crm: CrmData, scores: PairScores) -> dict[str, pd.DataFrame]:
    """Return the parts of the scores as tables: what leads and reps add to log odds."""
    leads = {"lead_id": crm.leads["lead_id"], "log_odds": scores.lead}
    reps = {"rep_id": crm.reps["rep_id"], "log_odds": scores.rep}
    return {LEADS: pd.DataFrame(leads), REPS: pd.DataFrame(reps)}


def read_scores(folder: Path) -> PairScores:
    """Return the scores that a run folder keeps.

    Raises
    ------
    DataError
        Where a table is missing or unreadable.
    """
    parts = []
    for name in (LEADS, REPS):
        file = f"inputs/{name}.csv"
        cells = read_table(folder / file, file).frame["log_odds"]
        parts.append(cells.to_numpy().astype(float))
    return PairScores(*parts)

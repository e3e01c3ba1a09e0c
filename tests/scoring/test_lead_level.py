"""The lead part's level is that of the leads that will be scored: those given out."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from scoring.history import closed_history, is_distributed, is_won
from scoring.lead_features.selection import choose_features
from scoring.lead_model.lead_model import fit_lead_part
from tests.scoring.worlds import history_of


def with_found_leads(history: pd.DataFrame, share: float, seed: int) -> pd.DataFrame:
    """Return the history with some leads found by the reps, nearly all of them won."""
    rng = np.random.default_rng(seed)
    found = rng.random(len(history)) < share
    won = found & (rng.random(len(history)) < 0.9)
    outcome = np.where(won, "won", np.where(found, "lost", history["outcome"]))
    origin = np.where(found, "self_generated", "distributed")
    return history.assign(
        outcome=pd.Series(outcome, index=history.index, dtype=object),
        origin=pd.Series(origin, index=history.index, dtype=object),
    )


@pytest.mark.parametrize("seed", range(3))
def test_leads_that_reps_found_do_not_raise_the_level(seed):
    """The mean score of the leads given is their win rate, whatever the others did."""
    history, _ = history_of(seed=seed, n=4000)
    rows = closed_history(with_found_leads(history, 0.3, seed))
    part = fit_lead_part(rows, choose_features(rows, None))
    given = is_distributed(rows)
    expected = expit(part.logit(rows[given])).mean()
    assert expected == pytest.approx(is_won(rows)[given].mean(), rel=0.04)

"""How well the model does on the public data sets, trained on the past only."""

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm
from sklearn.metrics import roc_auc_score

from benchmarks.rows import Row
from benchmarks.scoring_scorers import fitted
from benchmarks.scoring_worlds import CONFIDENCE
from crm import CrmData, from_account_history, read_crm
from reporting import rep_sentence
from scenarios import read_scenario
from scoring import train

READY = Path(__file__).parents[1] / "scenarios"
TESTED_FROM = pd.Timestamp("2017-08-22", tz="UTC")
AFTER_ALL = pd.Timestamp("2019-12-31", tz="UTC")


def it_bids(folder: Path) -> Row:
    """Return AUC and log loss on the bids from :data:`TESTED_FROM` on.

    ``rep_effects_gain`` is how much lower the log loss is with the rep effects than
    without, with its 95 % interval over the bids.
    """
    data = read_scenario(READY / "it_bids.yaml").scenario.data
    history = data.sources["history"].model_copy(update={"where": {}})
    crm, _ = read_crm(data.sources | {"history": history}, folder, AFTER_ALL)
    rows = crm.history[crm.history["outcome"].isin(["won", "lost"])]
    is_new = rows["assigned_at"] >= TESTED_FROM
    train_rows = rows[~is_new].reset_index(drop=True)
    test_rows = rows[is_new].reset_index(drop=True)
    reps = test_rows["rep_id"].unique().tolist()
    scores = fitted(train_rows, test_rows).score(test_rows, reps)
    place = pd.Index(reps, dtype=object).get_indexer(test_rows["rep_id"])
    whole = scores.probability(np.arange(len(test_rows)), place)
    lead_only = scores.with_average_rep()
    won = (test_rows["outcome"] == "won").to_numpy()
    gain = losses(lead_only, won) - losses(whole, won)
    return {
        "train": len(train_rows),
        "test": len(test_rows),
        "auc": float(roc_auc_score(won, whole)),
        "log_loss": float(losses(whole, won).mean()),
        "auc_lead_only": float(roc_auc_score(won, lead_only)),
        "log_loss_lead_only": float(losses(lead_only, won).mean()),
        "log_loss_constant": float(losses(np.full(len(won), won.mean()), won).mean()),
        "rep_effects_gain": interval_of_mean(gain),
    }


def maven_crm(folder: Path) -> Row:
    """Return what the card says of the reps, and how far apart it puts them.

    ``rep_spread`` is the standard deviation over the reps of their mean predicted
    conversion of the open leads.
    """
    crm = maven_tables(folder)
    trained = train(crm)
    reps = sorted(set(crm.history["rep_id"]))
    scores = trained.model.score(crm.leads, reps)
    every = np.arange(len(crm.leads))
    means = [
        scores.probability(every, np.full(len(every), place)).mean()
        for place in range(len(reps))
    ]
    return {
        "card": rep_sentence(trained.card),
        "reps": len(reps),
        "rep_spread": float(np.std(means)),
    }


def maven_tables(folder: Path) -> CrmData:
    """Return the tables that the ready scenario makes of it."""
    data = read_scenario(READY / "maven_crm.yaml").scenario.data
    crm, _ = read_crm(data.sources, folder, data.as_of)
    return from_account_history(crm)


def losses(p: NDArray[np.float64], won: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return each row's log loss in nats, (n_rows,)."""
    return -np.log(np.where(won, p, 1 - p))


def interval_of_mean(values: NDArray[np.float64]) -> list[float]:
    """Return the mean and the ends of its interval."""
    middle = float(values.mean())
    error = float(values.std(ddof=1)) / np.sqrt(len(values))
    reach = float(norm.ppf((1 + CONFIDENCE) / 2)) * error
    return [middle, middle - reach, middle + reach]

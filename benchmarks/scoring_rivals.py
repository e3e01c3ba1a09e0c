"""What is usually done to score pairs, and the most that could be known."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack
from scipy.special import expit
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from benchmarks.scoring_task import TEXT, Matrix, ScoringTask, Table

RIDGE_C = 0.03
"""A stronger penalty than is usual, which serves the plain ridge well."""
WIDE = 3.0
"""Prior spread of what a lead's features add for every rep, in logits."""


def trees(task: ScoringTask) -> Table:
    """Return scikit-learn's boosted trees, at its defaults, the rep as a category."""
    levels = {name: sorted(set(task.closed[name])) for name in TEXT}
    levels["rep_id"] = task.reps["rep_id"].tolist()

    def frame(rows: pd.DataFrame) -> pd.DataFrame:
        texts = {
            name: pd.Categorical(rows[name], categories=known)
            for name, known in levels.items()
        }
        return rows[task.numeric].assign(**texts)

    model = HistGradientBoostingClassifier(
        categorical_features="from_dtype", random_state=0
    )
    model.fit(frame(task.closed), task.won)
    n_leads, n_reps = len(task.leads), len(task.reps)
    pairs = task.leads.loc[task.leads.index.repeat(n_reps)].reset_index(drop=True)
    pairs["rep_id"] = np.tile(task.reps["rep_id"].to_numpy(dtype=object), n_leads)
    return model.predict_proba(frame(pairs))[:, 1].reshape(n_leads, n_reps)


def ridge(task: ScoringTask) -> Table:
    """Return a logistic regression on features, reps, and all their products."""
    train, test = task.encoded(task.numeric)
    by_rep = with_one(train), with_one(test)
    return regression(task, (train, test), by_rep, RIDGE_C)


def knowing(task: ScoringTask) -> Table:
    """Return a ridge that is given the true spread of every effect of a rep.

    Where the world is linear in its signals, hardly more can be known from this
    history.
    """
    train, test = task.encoded(task.signals)
    n, spec = len(task.signals), task.spec
    spread = np.r_[spec.rep_sd, np.full(n, spec.interaction_sd / np.sqrt(n))]
    by_rep = with_one(train[:, :n]) * spread, with_one(test[:, :n]) * spread
    return regression(task, (train * WIDE, test * WIDE), by_rep, 1.0)


def with_one(x: Matrix) -> Matrix:
    """Return the columns with one of ones in front."""
    return np.hstack([np.ones((len(x), 1)), x])


def regression(
    task: ScoringTask,
    shared: tuple[Matrix, Matrix],
    by_rep: tuple[Matrix, Matrix],
    c: float,
) -> Table:
    """Return a logistic regression on columns for all reps, and columns for each.

    Parameters
    ----------
    shared, by_rep
        Of history's rows, and of the leads.
    c
        Prior variance of every coefficient.
    """
    n_reps = len(task.reps)
    model = LogisticRegression(C=c, solver="newton-cg", max_iter=1000)
    model.fit(crossed(shared[0], by_rep[0], task.rep, n_reps), task.won)
    common, own = np.split(model.coef_[0], [shared[0].shape[1]])
    lead = shared[1] @ common + model.intercept_
    return expit(lead[:, None] + by_rep[1] @ own.reshape(n_reps, -1).T)


def crossed(
    shared: Matrix, by_rep: Matrix, rep: NDArray[np.intp], n_reps: int
) -> csr_array:
    """Return the shared columns, then a block per rep, filled in its own rows."""
    n_rows, width = by_rep.shape
    columns = rep[:, None] * width + np.arange(width)
    begins = np.arange(n_rows + 1) * width
    blocks = csr_array(
        (by_rep.ravel(), columns.ravel(), begins), shape=(n_rows, n_reps * width)
    )
    return hstack([csr_array(shared), blocks], format="csr")

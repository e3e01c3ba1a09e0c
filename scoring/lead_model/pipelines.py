"""Pipelines from features to the log odds of a win: scikit-learn only."""

from typing import Any

import numpy as np
import pandas as pd
import sklearn
from scipy.special import logit
from sklearn.base import clone
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler, TargetEncoder
from sklearn.utils.validation import has_fit_parameter

from scoring.history.cells import spread_out
from scoring.lead_features.features import WEEKDAY, Features

MIN_FREQUENCY = 20
MOMENT_WEIGHT = 0.1
"""Makes the penalty of weekdays a hundred times that of other categories: the leads of
one day share theirs, so that its noise would move all of them alike."""
PRIOR_ROWS = 20.0
"""Rows of the average win rate that a level's own win rate is mixed with."""
MAX_ROWS = 100_000
BLOCK = 100_000
SURE = 1e-9
"""Least distance of a probability from 0 and 1."""


def lead_pipeline(features: Features, penalty: float) -> Pipeline:
    """Return an unfitted logistic regression on the frame of `features`.

    Rare levels share one column and a level never seen falls in with them; a
    missing number takes the median and a column of its own that says so.

    Parameters
    ----------
    features
        What :meth:`scoring.lead_features.features.Features.frame` will give.
    penalty
        Weight of the squared coefficients beside the sum of log losses.
    """
    regression = LogisticRegression(C=1 / penalty, solver="newton-cholesky")
    return classifier_pipeline(features, regression)


def classifier_pipeline(features: Features, classifier: Any) -> Pipeline:
    """Return an unfitted pipeline that gives this classifier numbers, none missing.

    Parameters
    ----------
    features
        What :meth:`scoring.lead_features.features.Features.frame` will give.
    classifier
        Unfitted, with `predict_proba`.
    """
    moment = [WEEKDAY]
    categories = [name for name in features.categorical_names if name not in moment]
    columns = ColumnTransformer(
        [
            ("numeric", numeric_steps(), features.numeric_names),
            ("categorical", categorical_step(), categories),
            ("moment", categorical_step(), moment),
            ("encoded", encoded_steps(), features.encoded_names),
        ],
        transformer_weights={"moment": MOMENT_WEIGHT},
    )
    return Pipeline([("columns", columns), ("classifier", clone(classifier))])


def boosted_pipeline(features: Features) -> Pipeline:
    """Return unfitted boosted trees on the frame of `features`.

    Shallow trees, a low learning rate and a fixed number of iterations: rows of the
    same days cannot decide when to stop early.
    """
    columns = ColumnTransformer(
        [
            ("categorical", "passthrough", features.categorical_names),
            ("numeric", imputer(), features.numeric_names),
            ("encoded", target_encoder(), features.encoded_names),
        ]
    )
    trees = HistGradientBoostingClassifier(
        learning_rate=0.05,
        max_iter=200,
        max_leaf_nodes=8,
        categorical_features=list(range(len(features.categorical_names))),
        early_stopping=False,
        random_state=0,
    )
    return Pipeline([("columns", columns), ("classifier", trees)])


def numeric_steps() -> Pipeline:
    """Return imputation, then scaling."""
    return make_pipeline(imputer(), StandardScaler())


def imputer() -> SimpleImputer:
    """Return imputation by the median, with a column that says where."""
    return SimpleImputer(
        strategy="median", add_indicator=True, keep_empty_features=True
    )


def categorical_step() -> OneHotEncoder:
    """Return one column per frequent level, and one for the others."""
    return OneHotEncoder(
        handle_unknown="infrequent_if_exist",
        min_frequency=MIN_FREQUENCY,
        sparse_output=False,
    )


def encoded_steps() -> Pipeline:
    """Return one column of win rates by level, scaled."""
    return make_pipeline(target_encoder(), StandardScaler())


def target_encoder() -> TargetEncoder:
    """Return win rates by level, those of training rows from the other folds.

    A fixed number of prior rows, as the encoder's own estimate does not shrink a
    level of one row, or of rows with one outcome.
    """
    options = {"target_type": "binary", "smooth": PRIOR_ROWS}
    if tuple(map(int, sklearn.__version__.split(".")[:2])) < (1, 9):
        return TargetEncoder(random_state=0, **options)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    return TargetEncoder(cv=folds, **options)


def fit_pipeline(
    pipeline: Pipeline, frame: pd.DataFrame, won: np.ndarray, weight: np.ndarray
) -> Pipeline:
    """Return the pipeline, fitted on at most `MAX_ROWS` rows spread over all.

    Parameters
    ----------
    pipeline
        Its last step is named `classifier`, and need not take weights.
    frame
        Features, (n_rows, n_features), in order of time.
    won, weight
        1.0 or 0.0, and how much the row counts, (n_rows,) each.
    """
    sample = spread_out(len(won), MAX_ROWS)
    weight, weights = weight[sample], {}
    if np.any(weight != 1) and has_fit_parameter(pipeline[-1], "sample_weight"):
        weights = {"classifier__sample_weight": weight}
    return pipeline.fit(frame.iloc[sample], won[sample], **weights)


def log_odds(pipeline: Pipeline, frame: pd.DataFrame) -> np.ndarray:
    """Return a fitted pipeline's log odds of a win, (n_rows,), block by block."""
    blocks = [
        pipeline.predict_proba(frame.iloc[start : start + BLOCK])[:, 1]
        for start in range(0, len(frame), BLOCK)
    ]
    p = np.concatenate([np.empty(0), *blocks]).astype(np.float64)
    return logit(np.clip(p, SURE, 1 - SURE))

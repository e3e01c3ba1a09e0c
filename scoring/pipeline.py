"""From features to the log odds of a win: scikit-learn only, nothing custom."""

from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from scoring.features import Features

MIN_FREQUENCY = 20


def lead_pipeline(features: Features, penalty: float) -> Pipeline:
    """Return an unfitted logistic regression on the frame of `features`.

    Rare levels share one column and a level never seen falls in with them; a
    missing number takes the median and a column of its own that says so.

    Parameters
    ----------
    features
        What :meth:`scoring.features.Features.frame` will give.
    penalty
        Weight of the squared coefficients beside the sum of log losses.
    """
    columns = ColumnTransformer(
        [
            ("numeric", numeric_steps(), features.numeric_names),
            ("categorical", categorical_step(), features.categorical_names),
        ]
    )
    regression = LogisticRegression(C=1 / penalty, solver="newton-cholesky")
    return Pipeline([("columns", columns), ("regression", regression)])


def numeric_steps() -> Pipeline:
    """Return imputation by the median, with an indicator, then scaling."""
    imputer = SimpleImputer(
        strategy="median", add_indicator=True, keep_empty_features=True
    )
    return make_pipeline(imputer, StandardScaler())


def categorical_step() -> OneHotEncoder:
    """Return one column per frequent level, and one for the others."""
    return OneHotEncoder(
        handle_unknown="infrequent_if_exist",
        min_frequency=MIN_FREQUENCY,
        sparse_output=False,
    )

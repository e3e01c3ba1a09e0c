import numpy as np
import pandas as pd
import pytest

from scoring.lead_features.features import Features
from scoring.rep_effects.interaction_columns import (
    MAX_LEVELS,
    QUALITY,
    WIDEST,
    choose_columns,
)

LOGIT = np.linspace(-2, 1, 100)


def features(numeric=(), levels=()):
    return Features(
        dict.fromkeys(numeric, (-1e9, 1e9)),
        (),
        dict.fromkeys(levels, ("a", "b", "c")),
        moments={},
        dropped={},
    )


def frame(**columns):
    return pd.DataFrame(columns, index=range(100))


def chosen(table, names=None, logit=LOGIT, **of):
    found = choose_columns(features(**of), table, logit, names)
    return found, found.matrix(table, logit)


def test_numbers_are_standardised_and_kept_within_bounds():
    """Mean 0, sd 1, no further out than three, 0 where unknown."""
    size = np.r_[np.arange(98.0), 1e6, np.nan]
    found, matrix = chosen(frame(size=size), names=["size"], numeric=["size"])
    assert found.names == ("size",)
    assert matrix[-1, 0] == 0
    assert matrix[-2, 0] == WIDEST
    _, matrix = chosen(frame(size=np.arange(100.0)), numeric=["size"])
    assert matrix[:, 0].mean() == pytest.approx(0)
    assert matrix[:, 0].std() == pytest.approx(1)


def test_a_category_has_a_centred_column_per_frequent_level():
    """Rare and unknown levels are 0 in all columns."""
    code = np.array([0] * 60 + [1] * 38 + [2] + [-1])
    found, matrix = chosen(frame(kind=code), names=["kind"], levels=["kind"])
    assert matrix.shape == (100, 2)
    assert matrix[:98].mean(axis=0) == pytest.approx([0, 0])
    assert matrix[98:].tolist() == [[0, 0], [0, 0]]
    assert found.feature.tolist() == [1, 1]


@pytest.mark.parametrize("value", [3.0, 0.1, np.nan])
def test_a_constant_column_tells_no_reps_apart(value):
    """Neither one number nor nothing at all gives a column."""
    found, _ = chosen(frame(size=np.full(100, value)), numeric=["size"])
    assert found.names == (QUALITY,)


def test_a_category_of_one_or_of_too_many_levels_is_left_out():
    """One level says nothing, too many say too little each."""
    table = frame(one=np.zeros(100, int), many=np.arange(100) % (MAX_LEVELS + 1))
    found, _ = chosen(table, levels=["one", "many"])
    assert found.names == (QUALITY,)


def test_the_quality_of_a_lead_is_a_feature_of_it():
    """Unless features are named, or all leads are alike."""
    table = frame(size=np.arange(100.0))
    assert chosen(table, numeric=["size"])[0].names == ("size", QUALITY)
    assert chosen(table, ["size"], numeric=["size"])[0].names == ("size",)
    alike = chosen(table, logit=np.zeros(100), numeric=["size"])[0]
    assert alike.names == ("size",)


def test_fewer_features_are_the_same_columns():
    """What is kept is not changed by what is left out."""
    table = frame(size=np.arange(100.0), kind=np.arange(100) % 3)
    whole, matrix = chosen(table, numeric=["size"], levels=["kind"])
    assert whole.feature.tolist() == [1, 2, 2, 2, 3]
    kind = whole.only(["kind"]).matrix(table, LOGIT)
    assert kind.tolist() == matrix[:, 1:4].tolist()
    assert whole.only([]).matrix(table, LOGIT).shape == (100, 0)

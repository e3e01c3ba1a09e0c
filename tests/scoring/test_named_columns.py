import numpy as np
import pandas as pd
import pytest

from crm import DataError
from scoring import ConversionModel, train
from scoring.named_columns import ColumnError
from tests.scoring.worlds import crm_of, history_of, texts


@pytest.mark.parametrize("option", ["keep", "leave_out", "match_features"])
def test_a_column_that_is_not_there_is_named(option):
    """An option that names a column nobody has says which, and the nearest."""
    model = ConversionModel(**{option: ["sorce"]})
    with pytest.raises(ColumnError, match=f"{option}: .*'sorce'.* mean 'source'"):
        model.fit(history_of(n=100)[0])


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("source", {"leave_out": ["source"]}, "not learnt from: left out by choice"),
        ("colour", {}, "not learnt from: the same in every row"),
        ("town", {}, "more than 30 different values"),
        ("territory", {}, "empty, or no feature"),
        ("outcome", {}, "no feature of a lead"),
    ],
)
def test_a_match_feature_that_is_not_learnt_from_is_refused(name, options, message):
    """Whoever asks for a match learns why it cannot be had."""
    history, _ = history_of(n=400)
    history["colour"] = texts(["red"] * 400)
    history["town"] = texts(f"town {i % 60}" for i in range(400))
    model = ConversionModel(match_features=[name], **options)
    with pytest.raises(ColumnError, match=message):
        model.fit(history)


def test_named_match_features_are_the_ones_used():
    """A number, a text and a time may be named; nothing else is looked at."""
    history, _ = history_of(n=2000, rep_sd=1.0)
    days = pd.to_timedelta(np.arange(2000) % 50, unit="D")
    history["signup_at"] = history["created_at"] - days
    names = ["visits", "source", "signup_at"]
    model = ConversionModel(match_features=names).fit(history)
    assert set(model.rep_part_.columns.names) == {
        "visits",
        "source",
        "days from signup_at",
    }


@pytest.mark.parametrize("option", ["keep", "leave_out", "match_features"])
def test_training_says_what_is_wrong_with_a_name(option):
    """What the model refuses is an issue of the data, not a traceback."""
    model = ConversionModel(**{option: ["vistis"]})
    with pytest.raises(DataError, match=r"^scoring: .*'vistis'.* mean 'visits'"):
        train(crm_of(history_of(n=100)[0]), model)

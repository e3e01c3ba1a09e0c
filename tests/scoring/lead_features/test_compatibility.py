import numpy as np
import pandas as pd
import pytest

from crm import DataError
from scoring import ConversionModel, train
from scoring.lead_features.compatibility import (
    ColumnError,
    altered_columns,
    missing_columns,
)
from scoring.lead_features.features import Features
from tests.scoring.synthetic_history import crm_of, history_of, texts

FEATURES = Features(
    numeric={"visits": (0.0, 9.0), "days from since": (0.0, 99.0)},
    logged=(),
    categorical={"zip": ("", "10115", "80331")},
    moments={},
    dropped={"duration": "target leakage"},
    encoded={"city": ("Bonn", "Trier")},
    ages={"days from since": "since"},
)


@pytest.fixture
def leads():
    return pd.DataFrame(
        {
            "visits": [1.0, 2.0],
            "since": pd.to_datetime(["2025-01-01", None], utc=True),
            "zip": [10115.0, 99999.0],
            "city": pd.Series(["Bonn", ""], dtype=object),
        }
    )


def test_leads_with_the_same_columns_are_taken(leads):
    """Numbers, times and texts, codes as numbers among them."""
    assert missing_columns(FEATURES, leads, set(leads)) == []
    assert altered_columns(FEATURES, leads) == {}


def test_columns_that_no_file_gave_are_named(leads):
    """An empty column that was given is only empty."""
    nothing = leads.assign(visits=float("nan"), city="")
    assert missing_columns(FEATURES, nothing, {"visits", "since", "zip"}) == ["city"]
    assert missing_columns(FEATURES, leads[["zip"]], {"zip"}) == [
        "city",
        "since",
        "visits",
    ]
    assert altered_columns(FEATURES, nothing) == {}


def test_a_filled_column_needs_no_file(leads):
    """A territory found for the account is there, whether a file gave it or not."""
    assert missing_columns(FEATURES, leads, set()) == []


def test_columns_of_another_kind_are_named(leads):
    """Text for numbers, numbers for times, and codes that nobody has seen."""
    other = leads.assign(
        visits=pd.Series(["many", "few"], dtype=object),
        since=[1.0, 2.0],
        zip=[1.0, 2.0],
    )
    assert altered_columns(FEATURES, other) == {
        "since": "times when the model was fitted, now numbers",
        "visits": "numbers when the model was fitted, now text",
        "zip": "text when the model was fitted, now numbers",
    }


@pytest.mark.parametrize("option", ["keep", "leave_out", "interaction_features"])
def test_a_column_that_is_not_there_is_named(option):
    """An option that names a column nobody has says which, and the nearest."""
    model = ConversionModel(**{option: ["sorce"]})
    with pytest.raises(ColumnError, match=f"{option}: .*'sorce'.* mean 'source'"):
        model.fit(history_of(n=100)[0])


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("source", {"leave_out": ["source"]}, "is left out: left out by choice"),
        ("colour", {}, "is left out: the same in every row"),
        ("town", {}, "more than 30 different values"),
        ("territory", {}, "empty, or no feature"),
        ("outcome", {}, "no feature of a lead"),
    ],
)
def test_an_interaction_feature_that_is_not_used_is_refused(name, options, message):
    """Whoever asks for an interaction is told why it cannot be had."""
    history, _ = history_of(n=400)
    history["colour"] = texts(["red"] * 400)
    history["town"] = texts(f"town {i % 60}" for i in range(400))
    model = ConversionModel(interaction_features=[name], **options)
    with pytest.raises(ColumnError, match=message):
        model.fit(history)


@pytest.mark.slow
def test_named_interaction_features_are_the_ones_used():
    """A number, a text and a time may be named; nothing else is looked at."""
    history, _ = history_of(n=2000, rep_sd=1.0)
    days = pd.to_timedelta(np.arange(2000) % 50, unit="D")
    history["signup_at"] = history["created_at"] - days
    names = ["visits", "source", "signup_at"]
    model = ConversionModel(interaction_features=names).fit(history)
    assert set(model.rep_effects_.columns.names) == {
        "visits",
        "source",
        "days from signup_at",
    }


@pytest.mark.parametrize("option", ["keep", "leave_out", "interaction_features"])
def test_training_says_what_is_wrong_with_a_name(option):
    """What the model refuses is an issue of the data, not a traceback."""
    model = ConversionModel(**{option: ["vistis"]})
    with pytest.raises(DataError, match=r"^scoring: .*'vistis'.* mean 'visits'"):
        train(crm_of(history_of(n=100)[0]), model)

"""A model scores only leads that have the columns it was taught."""

import pandas as pd
import pytest

from scoring.lead_features.compatibility import altered_columns, missing_columns
from scoring.lead_features.features import Features

FEATURES = Features(
    numeric={"visits": (0.0, 9.0), "days from since": (0.0, 99.0)},
    logged=(),
    categorical={"zip": ("", "10115", "80331")},
    hour=False,
    dropped={"duration": "knows the future"},
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


def test_leads_as_taught_are_taken(leads):
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
        "since": "times when the model was taught, now numbers",
        "visits": "numbers when the model was taught, now text",
        "zip": "text when the model was taught, now numbers",
    }

"""Names, addresses and numbers of people are never features."""

import numpy as np
import pandas as pd
import pytest

from scoring.lead_features.people import why_personal
from scoring.lead_features.selection import choose_features
from tests.scoring.synthetic_history import texts


@pytest.mark.parametrize(
    "name",
    [
        *("FirstName", "Last Name", "last_name", "Vorname", "Prénom", "Name"),
        *("Email", "E-Mail-Adresse", "Phone Number", "Mobile Phone", "Work email"),
        *("Téléphone", "Contact Name", "fax"),
    ],
)
def test_a_person_is_told_by_the_name_of_the_column(name):
    """In English, German, French and Spanish, however the words are parted."""
    assert why_personal(pd.Series(["x", "y"], name=name, dtype=object))


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Company Name",
            "Campaign name",
            "email_opt_in",
            "email domain",
            "phone type",
        ),
        *("Contact source", "Product Name", "Has phone"),
    ],
)
def test_what_is_of_a_company_or_a_choice_is_kept(name):
    """A word of the name is not enough."""
    assert why_personal(pd.Series(["x", "y"], name=name, dtype=object)) is None


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (["a.b@c.example", "d@e.example", ""], "e-mail addresses"),
        (["+49 30 5550101", "(030) 555 0102", ""], "phone numbers"),
        (["01/07/2026", "02/07/2026"], None),
        (["Web", "Fair"], None),
    ],
)
def test_a_person_is_told_by_the_cells(cells, reason):
    """Whatever the column is called."""
    assert why_personal(pd.Series(cells, name="x", dtype=object)) == reason


def test_numbers_are_no_people():
    """Such as how many e-mails somebody was sent."""
    assert why_personal(pd.Series([1.0, 2.0], name="email")) is None


def test_keep_has_the_last_word():
    """It is left out by name, with the reason; `keep` makes it a feature."""
    rng = np.random.default_rng(0)
    won = rng.random(200) < 0.4
    history = pd.DataFrame(
        {
            "lead_id": texts(range(200)),
            "rep_id": texts(rng.integers(0, 3, 200)),
            "created_at": pd.date_range("2026-01-01", periods=200, tz="UTC"),
            "assigned_at": pd.date_range("2026-01-01", periods=200, tz="UTC"),
            "outcome": np.where(won, "won", "lost").astype(object),
            "FirstName": rng.choice(["Jo", "Sam", "Kim"], 200).astype(object),
        }
    )
    assert choose_features(history, None).dropped["FirstName"] == "names a person"
    kept = choose_features(history, None, keep=["FirstName"])
    assert "FirstName" in kept.categorical

"""Conditions are told as people say them."""

from datetime import date

import pytest

from crm import Bounds
from crm.where_words import count_words, number_words, where_words


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("North", "is North"),
        (["web", "event"], "is web or event"),
        (True, "is yes"),
        (Bounds(min=20000), "is at least 20,000"),
        (Bounds(min=1000.5, below=5000.0), "is at least 1,000.5 and is below 5,000"),
        (Bounds(max=date(2026, 9, 7)), "is until 2026-09-07"),
        (Bounds(**{"not": ["web", "event"]}), "is not web or event"),
        (Bounds(missing=True), "is empty"),
        (Bounds(missing=False), "is filled"),
    ],
)
def test_a_condition_is_the_rest_of_a_sentence(condition, words):
    """With its thousands apart, and every digit."""
    assert where_words({"deal_value": condition}) == f"deal value {words}"


def test_several_conditions_are_joined():
    """The column that scoring adds is told as what it is."""
    where = {"p_convert": Bounds(above=0.2), "source": "web"}
    told = "probability of converting is above 0.2 and whose source is web"
    assert where_words(where) == told


def test_numbers_keep_their_digits():
    """No exponent, no rounding."""
    assert [number_words(n) for n in (1234567.0, 0.02, 3)] == ["1,234,567", "0.02", "3"]
    assert [count_words(n, "lead") for n in (1, 2000)] == ["1 lead", "2,000 leads"]

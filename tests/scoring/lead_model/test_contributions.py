"""What each column contributes to the lead model."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from scoring import ConversionModel
from tests.scoring.synthetic_history import history_of


@pytest.mark.slow
@pytest.mark.parametrize("classifier", [None, LogisticRegression()])
def test_the_columns_that_decide_contribute_most(classifier):
    """Visits and the source decide, and nothing else."""
    history, _ = history_of(n=4000)
    model = ConversionModel(classifier).fit(history)
    parts = model.lead_model_.selection.contributions
    assert set(list(parts)[:2]) == {"visits", "source"}
    assert parts["visits"] > 0.01
    assert abs(parts["deal_value"]) < 0.005
    assert list(parts.values()) == sorted(parts.values(), reverse=True)


def test_too_few_leads_tell_nothing():
    """No newer leads to judge by."""
    history, _ = history_of(n=60)
    assert ConversionModel().fit(history).lead_model_.selection.contributions == {}


@pytest.mark.slow
def test_they_are_the_same_again():
    """The order of the permutation is fixed."""
    history, _ = history_of(n=1000)
    first, again = (
        ConversionModel().fit(history).lead_model_.selection.contributions
        for _ in range(2)
    )
    assert np.array_equal(list(first.values()), list(again.values()))

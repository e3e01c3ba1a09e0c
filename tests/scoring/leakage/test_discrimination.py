import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from scoring.leakage.discrimination import auc, column_auc
from tests.scoring.synthetic_history import texts


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def test_the_area_is_scikit_learns(rng):
    """Ties count as half; few rows have a wider interval than many."""
    won = (rng.random(400) < 0.4).astype(float)
    score = np.round(won + rng.normal(size=400), 1)
    found = auc(score, won)
    assert found.value == pytest.approx(roc_auc_score(won, score))
    assert auc(score[:50], won[:50]).low < found.low < found.value


def test_texts_of_no_meaning_tell_nothing(rng):
    """A level is judged by other rows: many levels do not look better than few."""
    won = (rng.random(2000) < 0.3).astype(float)
    for n_levels in (3, 50, 1500):
        column = texts(f"level {i}" for i in rng.integers(0, n_levels, 2000))
        assert column_auc(column, won).value == pytest.approx(0.5, abs=0.05)


def test_what_is_missing_tells_as_a_level_does(rng):
    """Empty cells of lost rows give the column away, numbers or texts."""
    won = (rng.random(500) < 0.3).astype(float)
    numbers = pd.Series(np.where(won > 0, rng.normal(size=500), np.nan))
    words = texts(np.where(won > 0, rng.choice(["a", "b"], 500), ""))
    assert column_auc(numbers, won).value > 0.99
    assert column_auc(words, won).value > 0.99

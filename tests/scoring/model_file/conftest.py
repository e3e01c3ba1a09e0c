"""A model and its file."""

import pytest

from scoring import save_model, train
from tests.scoring.synthetic_history import crm_of, history_of


@pytest.fixture(scope="module")
def model():
    """Return a trained model."""
    return train(crm_of(history_of(n=800, rep_sd=1.0)[0]))


@pytest.fixture
def path(model, tmp_path):
    """Return the file it is saved in."""
    save_model(model, tmp_path / "model")
    return tmp_path / "model"

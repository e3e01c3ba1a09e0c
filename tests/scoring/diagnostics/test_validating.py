"""Validation in a process of its own: the same figures, and when it is worth one."""

import os

import pytest
from sklearn.linear_model import LogisticRegression

from crm import DataError
from scoring import ConversionModel, train
from scoring.diagnostics import validating
from scoring.model_file.storage import file_content
from scoring.processes import beside
from tests.scoring.synthetic_history import history_of
from tests.scoring.test_training import crm_of


@pytest.fixture
def crm():
    return crm_of(history_of(n=400)[0])


@pytest.fixture
def begun(monkeypatch):
    """Let every history be large enough; return the processes that are begun."""
    tasks = []

    def counted(*task):
        tasks.append(task[0])
        return beside.begun(*task)

    monkeypatch.setattr(validating, "begun", counted)
    monkeypatch.setattr(validating, "LEAST_ROWS", 0)
    monkeypatch.setattr(validating, "has_room", lambda: True)
    return tasks


@pytest.mark.slow
def test_the_model_file_is_the_same_to_the_byte(crm, begun, monkeypatch, tmp_path):
    """Whether figures come from another process or from this one."""
    there = train(crm)
    monkeypatch.setattr(validating, "has_room", lambda: False)
    here = train(crm)
    assert len(begun) == 1
    assert there.card.validation.measures is not None
    path = tmp_path / "model"
    assert file_content(there, path) == file_content(here, path)


@pytest.mark.slow
def test_a_small_history_needs_no_process(crm, begun, monkeypatch):
    """Nor is one begun for a classifier of one's own, which may live here alone."""
    train(crm, ConversionModel(lead_classifier=LogisticRegression()))
    monkeypatch.setattr(validating, "LEAST_ROWS", len(crm.history) + 1)
    train(crm)
    assert begun == []


@pytest.mark.slow
def test_a_killed_process_is_replaced_by_this_one(crm, begun, monkeypatch):
    """The figures do not depend on how much memory there was."""
    expected = train(crm).card.validation
    monkeypatch.setattr(validating, "validate_as_known", lambda *_: os._exit(7))
    assert train(crm).card.validation == expected


@pytest.mark.slow
def test_what_fails_there_fails_here(crm, begun, monkeypatch):
    """An error of the validation ends the training, as if it had happened here."""

    def impossible(*_):
        raise ArithmeticError("no figures")

    monkeypatch.setattr(validating, "validate_as_known", impossible)
    with pytest.raises(ArithmeticError, match="no figures"):
        train(crm)


def test_a_model_that_cannot_be_fitted_says_why(crm, begun):
    """The error of the fit comes first."""
    with pytest.raises(DataError, match="nowhere"):
        train(crm, ConversionModel(interaction_features=["nowhere"]))
    assert len(begun) == 1

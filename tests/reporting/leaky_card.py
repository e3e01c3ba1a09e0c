"""The card of a company whose reps differ, and whose history has target leakage."""

from dataclasses import replace

import numpy as np
import pytest

from scoring import train
from tests.scoring.synthetic_history import crm_of, history_of


@pytest.fixture(scope="module")
def card():
    history, _ = history_of(n=1200, rep_sd=1.0)
    rng = np.random.default_rng(0)
    won = history["outcome"] == "won"
    telling = won.to_numpy(float) + rng.normal(0, 0.1, len(history))
    history["duration"] = telling
    leads = history.tail(40).drop(
        columns=["rep_id", "assigned_at", "outcome", "closed_at", "origin"]
    )
    return train(crm_of(history, leads)).card


def changed(card, **figures):
    """Return the card with other figures of its validation."""
    measures = replace(card.validation.measures, **figures)
    return replace(card, validation=replace(card.validation, measures=measures))

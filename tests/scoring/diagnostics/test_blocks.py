"""Blocks of columns that are filled in the same rows."""

import numpy as np
import pytest

from scoring import ConversionModel
from scoring.diagnostics.blocks import find_blocks
from scoring.history.rows import closed_history, is_won
from tests.scoring.synthetic_history import history_of


def with_block(history, strength):
    """Return history with four columns that know a little each, filled in half."""
    rng = np.random.default_rng(1)
    won, filled = is_won(history), rng.random(len(history)) < 0.5
    for name in ("q1", "q2", "q3", "q4"):
        noisy = strength * won + rng.normal(size=len(history))
        history[name] = np.where(filled, noisy, np.nan)
    return history


def blocks_of(history):
    model = ConversionModel().fit(history)
    rows = closed_history(history)
    return find_blocks(rows, model.lead_model_, model.censoring_.weight(rows))


@pytest.mark.slow
def test_columns_that_leak_together_are_named_together():
    """None of the four is striking alone."""
    history = with_block(history_of(n=2000)[0], 1.2)
    (block,) = blocks_of(history)
    assert block.names == ("q1", "q2", "q3", "q4")
    assert block.filled == pytest.approx(0.5, abs=0.05)
    assert block.brings > 0.1


@pytest.mark.slow
def test_columns_that_say_little_are_no_block():
    """They may well be filled together."""
    assert blocks_of(with_block(history_of(n=2000)[0], 0.0)) == ()


@pytest.mark.slow
def test_columns_filled_apart_are_no_block():
    """Each has its own gaps."""
    history, _ = history_of(n=1000)
    rng = np.random.default_rng(2)
    for name in ("a", "b"):
        gaps = rng.random(len(history)) < 0.5
        history[name] = np.where(gaps, np.nan, is_won(history) + rng.normal(size=1000))
    assert blocks_of(history) == ()

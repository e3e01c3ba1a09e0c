"""Synthetic histories whose leads were drawn for an arm, as our own runs draw them."""

from dataclasses import replace

import numpy as np

from evaluation.experiment import DrawnLeads
from evaluation.off_policy import read_log
from tests.evaluation.off_policy.synthetic_logs import (
    AFTER_ALL,
    REPS,
    synthetic_history,
)


def drawn_history(share, seed=1, first_wins=0.0, **options):
    """Return leads of which a share went to any rep, the others to a chosen one.

    Who is chosen depends on nothing, and who has a lead does not matter; unless the
    first rep wins so many more, whom the optimal arm then always chooses.
    """
    history = synthetic_history(seed=seed, **options)
    rng = np.random.default_rng(seed + 100)
    n_leads = len(history)
    best, anyone = rng.integers(len(REPS), size=(2, n_leads))
    best *= first_wins == 0
    is_control = rng.random(n_leads) < share
    rep = np.where(is_control, anyone, best)
    is_more = (rep == 0) & (rng.random(n_leads) < first_wins)
    history["outcome"] = history["outcome"].mask(is_more, "won")
    return history.assign(
        rep_id=np.array(REPS, dtype=object)[rep],
        arm=np.where(is_control, "control", "optimal").astype(object),
        propensity=share / len(REPS) + (1 - share) * (rep == best),
    )


def drawn_leads(history, share):
    """Return the leads of a history of assigned ones."""
    return DrawnLeads.of_log(read_log(history, AFTER_ALL), share)


def recorded(history, share=None):
    """Return the same leads as if runs had recorded the draw."""
    return replace(drawn_leads(history, share), is_recorded=True)

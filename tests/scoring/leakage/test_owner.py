"""Owners who were decided by how a lead ended, and honest differences between reps."""

import numpy as np
import pytest

from scoring import ConversionModel
from scoring.leakage.owner import apart
from tests.scoring.synthetic_history import history_of, texts


def answer_of(history):
    effects = ConversionModel().fit(history).rep_effects_
    return effects.answer, effects.doubt


@pytest.mark.slow
@pytest.mark.parametrize("queue", ["", "X", "R00"])
def test_owners_of_won_leads_alone_tell_nothing_of_the_reps(queue):
    """Lost leads lie with nobody, with a user, or with one of the reps."""
    history, _ = history_of(n=800)
    lost = history["outcome"] == "lost"
    history["rep_id"] = history["rep_id"].mask(lost, queue)
    answer, doubt = answer_of(history)
    assert answer == "cannot_tell"
    assert "decided by how it ended" in doubt


@pytest.mark.slow
def test_half_of_the_lost_leads_are_enough():
    """The others lie with the reps who worked on them."""
    history, _ = history_of(n=1500)
    lost = (history["outcome"] == "lost") & (history.index % 2 == 0)
    history["rep_id"] = history["rep_id"].mask(lost, "pool")
    assert answer_of(history)[0] == "cannot_tell"


@pytest.mark.slow
def test_small_queues_are_told_apart_together():
    """No one of them has leads enough to be noticed by itself."""
    history, _ = history_of(n=1200)
    queues = texts(f"Q{i % 200}" for i in range(len(history)))
    lost = history["outcome"] == "lost"
    history["rep_id"] = history["rep_id"].where(~lost, queues)
    assert answer_of(history)[0] == "cannot_tell"


@pytest.mark.slow
@pytest.mark.parametrize("rep_sd", [0.0, 0.5, 0.8])
@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 2))]
)
def test_reps_who_differ_honestly_are_compared(rep_sd, seed):
    """However strong they are, short of what no selling explains."""
    assert answer_of(history_of(seed, n=3000, n_reps=20, rep_sd=rep_sd)[0])[1] == ""


@pytest.mark.slow
def test_leads_without_an_owner_train_the_lead_model_only():
    """The reps are judged by their own leads."""
    history, _ = history_of(n=3000, rep_sd=0.6)
    history["rep_id"] = history["rep_id"].where(history.index % 3 > 0, "")
    model = ConversionModel().fit(history)
    assert model.rep_effects_.answer == "yes"
    assert "" not in model.rep_effects_.rep_ids
    assert len(model.held_out_) == 3000
    assert model.rep_effects_.n_leads.sum() == 2000


def test_better_leads_are_no_better_rep():
    """Who gets the good leads wins more, with the same leads no more."""
    rng = np.random.default_rng(0)
    quality = np.r_[np.full(500, -3.0), np.full(500, 2.0)]
    won = rng.random(1000) < 1 / (1 + np.exp(-quality))
    group = np.r_[np.zeros(500, int), np.ones(500, int)]
    assert not apart(quality, won * 1.0, group).any()
    assert apart(np.zeros(1000), won * 1.0, group).all()

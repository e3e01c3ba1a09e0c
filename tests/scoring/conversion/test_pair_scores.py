import numpy as np
import pytest
from scipy.special import expit

from scoring import PairScores
from scoring.conversion import pair_scores

RNG = np.random.default_rng(0)


@pytest.fixture
def scores():
    return PairScores(
        lead=RNG.normal(size=500),
        rep=RNG.normal(size=30),
        lead_factors=RNG.normal(size=(500, 4)),
        rep_factors=RNG.normal(size=(30, 4)),
    )


def test_probabilities_are_those_of_the_sum():
    """A pair's log odds are its lead's plus its rep's where nothing interacts."""
    scores = PairScores(lead=np.array([0.0, 1.0]), rep=np.array([0.5, -2.0, 0.0]))
    p = scores.probability(np.array([0, 1, 1]), np.array([2, 0, 1]))
    assert p == pytest.approx([0.5, expit(1.5), expit(-1.0)])


def test_a_pair_is_the_sum_of_its_three_parts(scores):
    """Lead, rep and interaction add up to the logit, to the last bit."""
    lead, rep = RNG.integers(0, 500, 1000), RNG.integers(0, 30, 1000)
    parts = scores.lead[lead] + scores.rep[rep] + scores.interaction(lead, rep)
    assert scores.logit(lead, rep).tolist() == parts.tolist()
    assert scores.probability(lead, rep).tolist() == expit(parts).tolist()
    by_hand = [
        scores.lead_factors[i] @ scores.rep_factors[j]
        for i, j in zip(lead, rep, strict=True)
    ]
    assert scores.interaction(lead, rep) == pytest.approx(np.array(by_hand))


def test_blocks_do_not_change_a_bit(scores, monkeypatch):
    """Pairs scored a few at a time are those scored at once."""
    lead, rep = np.divmod(np.arange(500 * 30), 30)
    at_once = scores.logit(lead, rep)
    monkeypatch.setattr(pair_scores, "BLOCK", 7)
    assert scores.logit(lead, rep).tolist() == at_once.tolist()


@pytest.mark.slow
def test_millions_of_pairs_are_those_of_one_product():
    """2.5 million pairs, block by block, are one product of two matrices."""
    lead_factors, rep_factors = RNG.normal(size=(10_000, 8)), RNG.normal(size=(250, 8))
    scores = PairScores(np.zeros(10_000), np.zeros(250), lead_factors, rep_factors)
    lead, rep = np.divmod(np.arange(2_500_000), 250)
    product = (lead_factors @ rep_factors.T).ravel()
    assert np.allclose(scores.logit(lead, rep), product, rtol=0, atol=1e-12)


def test_the_average_rep_is_the_lead_alone(scores):
    """Neither rep nor interaction is in it."""
    assert scores.with_average_rep().tolist() == expit(scores.lead).tolist()


def test_no_pairs_have_no_scores(scores):
    """Nothing asked, nothing answered."""
    nobody = np.array([], dtype=int)
    assert scores.probability(nobody, nobody).shape == (0,)

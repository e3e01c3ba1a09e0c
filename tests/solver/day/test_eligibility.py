"""Sparse pairs: exactly those that every rule allows, whatever the blocks."""

import numpy as np
import pytest

from solver.day import eligibility
from solver.day.eligibility import Eligibility, eligible_pairs


def random_rules(rng, n_leads, n_reps):
    """Return up to three rules; row 0 allows everything."""
    rules = []
    for _ in range(rng.integers(0, 4)):
        n_keys = int(rng.integers(1, 5))
        allowed = rng.random((n_keys, n_reps)) < 0.6
        allowed[0] = True
        rules.append(Eligibility(rng.integers(0, n_keys, n_leads), allowed))
    return rules


def dense(rules, available, kept):
    """Return the pairs as a table, shape (n_leads, n_reps)."""
    table = np.outer(kept, available)
    for rule in rules:
        table &= rule.allowed[rule.key]
    return table


@pytest.mark.parametrize("block", [1, 2, 4096])
def test_equals_the_dense_table(block, monkeypatch):
    """Pairs are those of the table, in its order, for any block size."""
    monkeypatch.setattr(eligibility, "BLOCK", block)
    for seed in range(60):
        rng = np.random.default_rng(seed)
        n_leads, n_reps = rng.integers(0, 9), rng.integers(0, 5)
        rules = random_rules(rng, n_leads, n_reps)
        available, kept = rng.random(n_reps) < 0.8, rng.random(n_leads) < 0.8
        indptr, rep = eligible_pairs(rules, available, kept)
        table = dense(rules, available, kept)
        assert indptr.tolist() == [0, *np.cumsum(table.sum(axis=1))], seed
        assert rep.tolist() == np.nonzero(table)[1].tolist(), seed


def test_at_tells_pair_by_pair():
    """A rule answers for single pairs as its table does."""
    rule = Eligibility(np.array([0, 1]), np.array([[True, True], [False, True]]))
    lead, rep = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1], dtype=np.int32)
    assert rule.at(lead, rep).tolist() == [True, True, False, True]

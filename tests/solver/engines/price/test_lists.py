"""Stored pairs as lists: leads with the same reps share one, wherever they stand."""

import numpy as np

from solver.engines.price.market.lists import lists_of, without_slot
from solver.problem.exceptions import StoredPairs

KEY = np.arange(30, dtype=np.uint64)[::-1].copy()


def pairs_of(reps: list[list[int]]) -> StoredPairs:
    """Return pairs of value 1, each lead's reps as given."""
    rep = np.concatenate([np.asarray(own, dtype=np.int32) for own in reps])
    indptr = np.concatenate([[0], np.cumsum([len(own) for own in reps])])
    return StoredPairs(indptr, rep, np.ones(len(rep)), np.ones(len(rep), dtype=bool))


def test_leads_of_the_same_reps_share_a_list():
    """However many leads, and in any order."""
    rng = np.random.default_rng(0)
    known = [[0, 3, 7], [1], [], [2, 3, 4, 5, 6], list(range(30))]
    which = rng.integers(0, len(known), 5_000)
    lists = lists_of(pairs_of([known[w] for w in which]), np.zeros(5_000), KEY)
    assert len(lists.start) - 1 == len(known)
    for lead in range(5_000):
        own = slice(*lists.start[lists.segment[lead] :][:2])
        assert lists.rep[own].tolist() == known[which[lead]]


def test_of_equal_reps_without_a_slot_the_one_of_least_key_takes_the_lead():
    """Wherever its pair stands; a better one goes before."""
    lead, rep = np.array([0, 0, 0, 1, 1]), np.array([2, 9, 5, 4, 8], dtype=np.int32)
    value = np.array([1.0, 1.0, 1.0, 2.0, 1.0])
    for order in ([0, 1, 2, 3, 4], [4, 2, 1, 3, 0], [1, 0, 2, 4, 3]):
        pairs = lead[order], rep[order], value[order]
        outside, who = without_slot(np.array([0.0, 0.0, 3.0]), *pairs, KEY)
        assert outside.tolist() == [1.0, 2.0, 3.0]
        assert who.tolist() == [9, 4, -1]

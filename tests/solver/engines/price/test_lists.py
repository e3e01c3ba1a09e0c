"""Stored pairs as lists: leads with the same reps share one, wherever they stand."""

import numpy as np

from solver.engines.price.market.lists import lists_of
from solver.problem.exceptions import StoredPairs


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
    lists = lists_of(pairs_of([known[w] for w in which]), np.zeros(5_000), 30)
    assert len(lists.start) - 1 == len(known)
    for lead in range(5_000):
        own = slice(*lists.start[lists.segment[lead] :][:2])
        assert lists.rep[own].tolist() == known[which[lead]]

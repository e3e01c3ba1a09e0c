"""Rounding keeps every node's sum within one, and every arc right on average."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.randomised.rounding import rounded_up

WHOLE = 1_000


def permutations(n, draws, rng):
    """Yield who gets whom where n leads and n reps, one slot each, are all alike."""
    lead, rep = np.divmod(np.arange(n * n), n)
    part = np.full(n * n, WHOLE // n)
    part[:: n + 1] += WHOLE - n * (WHOLE // n)
    tail, head = (
        np.append(lead, n + np.arange(n)),
        np.append(n + rep, np.full(n, 2 * n)),
    )
    for _ in range(draws):
        up = rounded_up(tail, head, np.append(part, np.zeros(n, int)), WHOLE, rng)
        assert not up[n * n :].any()
        assert lead[up[: n * n]].tolist() == list(range(n))
        yield tuple(rep[up[: n * n]].tolist())


def test_two_leads_and_two_reps():
    """The two ways to pair them, each in half of the draws."""
    counts = Counter(permutations(2, 4_000, np.random.default_rng(0)))
    assert set(counts) == {(0, 1), (1, 0)}
    assert counts[0, 1] == pytest.approx(2_000, abs=4 * np.sqrt(1_000))


def test_three_leads_and_three_reps():
    """Only ways that give each rep one lead, and each pair in a third of the draws."""
    made = np.array(list(permutations(3, 4_000, np.random.default_rng(0))))
    assert np.all(np.sort(made, axis=1) == np.arange(3))
    for rep in range(3):
        share = (made == rep).mean(axis=0)
        assert share == pytest.approx(np.full(3, 1 / 3), abs=0.03)


@given(st.integers(0, 10**6))
@settings(max_examples=80, deadline=None)
def test_what_flows_in_flows_out(seed):
    """Amounts sent around random rings: each node's balance changes by whole units."""
    rng = np.random.default_rng(seed)
    n_nodes = int(rng.integers(2, 7))
    tail, head = np.divmod(np.arange(n_nodes**2), n_nodes)
    part = np.zeros(n_nodes**2, dtype=int)
    for _ in range(rng.integers(1, 5)):
        ring = rng.permutation(n_nodes)[: rng.integers(2, n_nodes + 1)]
        part[ring * n_nodes + np.roll(ring, 1)] += rng.integers(1, WHOLE)
    part %= WHOLE
    up = rounded_up(tail, head, part, WHOLE, rng)
    assert not up[part == 0].any()
    balance = np.zeros(n_nodes, dtype=int)
    np.add.at(balance, tail, part - WHOLE * up)
    np.subtract.at(balance, head, part - WHOLE * up)
    assert not balance.any()

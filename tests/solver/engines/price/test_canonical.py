"""The order of leads and segments hangs on their ids and the seed alone."""

import numpy as np
import pytest
from pandas.util import hash_array

from solver.engines.price.market.building import _size
from solver.engines.price.market.canonical import (
    GOLDEN,
    _mixed,
    by_least_key,
    in_order,
    keys,
)
from solver.engines.price.market.market import Leads


@pytest.mark.parametrize("n_parts", [3, 10_000], ids=["parts tie", "parts differ"])
def test_leads_are_ordered_by_size_then_part_then_key(n_parts):
    rng = np.random.default_rng(0)
    part = rng.permutation(n_parts)[rng.integers(n_parts, size=500)].astype(float)
    size, key = rng.integers(7, size=500), rng.permutation(500).astype(np.uint64)
    order = in_order(size, part, key)
    assert np.array_equal(order, np.lexsort((key, part, size)))


def test_one_pair_of_equal_parts_is_ordered_by_key():
    """The two lie far apart in the file, all other parts differ."""
    part = np.arange(200.0)
    part[190] = part[3]
    key = np.arange(200, dtype=np.uint64)[::-1].copy()
    order = in_order(np.zeros(200, dtype=np.uint16), part, key).tolist()
    assert order.index(190) < order.index(3)


def test_segments_are_ordered_by_the_least_key_of_their_leads():
    group = np.array([2, 0, 2, 3, 0], dtype=np.int32)
    key = np.array([9, 4, 1, 7, 8], dtype=np.uint64)
    assert by_least_key(group, key, 5).tolist() == [1, 3, 0, 2, 4]


def test_the_order_of_a_file_changes_nothing():
    ids = np.array([f"L{number}" for number in range(300)], dtype=object)
    rng = np.random.default_rng(1)
    part, size = rng.integers(4, size=300).astype(float), rng.integers(3, size=300)
    told = ids[in_order(size, part, keys(ids, 5))]
    moved = rng.permutation(300)
    again = ids[moved][in_order(size[moved], part[moved], keys(ids[moved], 5))]
    assert np.array_equal(told, again)
    other = ids[in_order(size, part, keys(ids, 6))]
    assert not np.array_equal(told, other)


@pytest.mark.parametrize("kind", ["i8", "i4", "u8", "i1"])
def test_numbers_have_the_keys_that_pandas_hashes_give(kind):
    """As words have: no id's key hangs on which of the two it is hashed by."""
    ids = np.arange(100).astype(kind)
    mixed = _mixed(hash_array(ids, categorize=False) + np.uint64(GOLDEN))
    assert np.array_equal(keys(ids, 0), mixed)
    assert len(set(keys(ids, 0))) == 100


def test_a_lead_without_an_option_has_no_size():
    """Stored values that come where its own would be are another lead's."""
    nothing = np.zeros(3)
    leads = Leads(
        np.array([0, 1, 2], dtype=np.int32),
        nothing,
        nothing,
        nothing,
        np.array([0, 0, 1]),
        np.array([1.0, 4.0]),
        np.empty((0, 0)),
    )
    size = _size(leads, np.array([0, 0, 1, 2]))
    assert size.tolist() == sorted(set(size))
    assert size[0] == 0

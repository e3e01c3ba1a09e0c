"""Segments are ordered, and of one shape; some of them are like the whole."""

import numpy as np
import pytest

from solver.problem.problem import ProblemError
from solver.problem.segments import Segments


def test_reps_of_a_segment_increase():
    """A rep named twice would make a pair twice."""
    rep = np.array([1, 1], dtype=np.int32)
    with pytest.raises(ProblemError, match="must increase"):
        Segments(np.array([0, 2]), rep, np.zeros(2), np.zeros(2))


def test_segments_have_one_value_of_each_kind_for_each_entry():
    """An entry without a charge is refused."""
    rep = np.array([0, 1], dtype=np.int32)
    with pytest.raises(ProblemError, match="for each entry"):
        Segments(np.array([0, 2]), rep, np.zeros(2), np.zeros(1))


def test_some_segments_keep_their_entries():
    """In the order asked for, an empty one among them."""
    rep = np.array([0, 2, 1], dtype=np.int32)
    of_entry = np.array([0.5, 0.25, 0.125])
    whole = Segments(np.array([0, 2, 2, 3]), rep, of_entry, -of_entry)
    some = whole.only(np.array([2, 1, 0]))
    assert some.start.tolist() == [0, 1, 1, 3]
    assert some.rep.tolist() == [1, 0, 2]
    assert some.added.tolist() == [0.125, 0.5, 0.25]
    assert some.charge.tolist() == [-0.125, -0.5, -0.25]

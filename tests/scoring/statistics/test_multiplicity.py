import numpy as np
import pytest

from scoring.statistics.multiplicity import holm


def test_by_hand():
    """The smallest of four counts four times, the next three, none below its better."""
    adjusted = holm(np.array([0.04, 0.001, 0.03, 0.5]))
    assert adjusted == pytest.approx([0.09, 0.004, 0.09, 0.5])


def test_no_test_and_one_test_stay_as_they_are():
    """Nothing to hold beside; never above one."""
    assert holm(np.empty(0)).tolist() == []
    assert holm(np.array([0.3])).tolist() == [0.3]
    assert holm(np.array([0.9, 0.8])).tolist() == [1, 1]

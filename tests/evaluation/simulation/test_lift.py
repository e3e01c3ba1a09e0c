import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.simulation.lift import paired_lift
from scoring.statistics.multiplicity import holm


def test_lift_by_hand() -> None:
    """(12 + 22) / (10 + 20) - 1, with the error of a ratio estimator."""
    lift = paired_lift(np.array([12.0, 22.0]), np.array([10.0, 20.0]))
    assert lift is not None and lift.interval is not None
    assert lift.estimate == pytest.approx(4 / 30)
    apart = np.array([12 - 34 / 3, 22 - 68 / 3])
    assert lift.error == pytest.approx(apart.std(ddof=1) / np.sqrt(2) / 15)
    assert lift.interval.half_width == pytest.approx(12.706 * lift.error, rel=1e-3)


def test_nobody_loses_more_than_everything() -> None:
    """The interval ends at -1."""
    lift = paired_lift(np.array([1.0, 5.0]), np.array([9.0, 2.0]))
    assert lift is not None and lift.interval is not None
    assert lift.interval.low == -1


def test_no_lift_over_nothing() -> None:
    """Where the baseline won nothing, there is no ratio."""
    assert paired_lift(np.array([1.0, 2.0]), np.zeros(2)) is None


def test_one_world_knows_no_error() -> None:
    """An estimate, no interval, no evidence."""
    lift = paired_lift(np.array([3.0]), np.array([2.0]))
    assert lift is not None
    assert lift.estimate == pytest.approx(0.5)
    assert lift.interval is None
    assert lift.p_value == 1


def test_the_same_wins_are_no_difference() -> None:
    """Equal in every world: no lift, and nothing speaks for one."""
    same = np.array([5.0, 7.0, 9.0])
    lift = paired_lift(same, same)
    assert lift is not None and lift.interval is not None
    assert (lift.interval.low, lift.interval.high, lift.p_value) == (0, 0, 1)


def test_intervals_cover_the_true_lift() -> None:
    """In 95 % of many sets of worlds, but for noise."""
    rng = np.random.default_rng(0)
    covered = []
    for _ in range(1000):
        size = rng.normal(1000, 50, 8)
        lift = paired_lift(1.1 * size + rng.normal(0, 20, 8), size)
        assert lift is not None and lift.interval is not None
        covered.append(lift.interval.covers(0.1))
    assert np.mean(covered) == pytest.approx(0.95, abs=0.025)


def test_holm_by_hand() -> None:
    """The smallest is multiplied by three, and nobody overtakes it."""
    assert holm([0.03, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.04])
    assert holm([0.9, 0.8]) == pytest.approx([1, 1])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_lies_between_alone_and_bonferroni(p_values: list[float]) -> None:
    """Never less than the p-value alone, never more than all of them times n."""
    adjusted = holm(p_values)
    assert (adjusted >= np.array(p_values)).all()
    assert (adjusted <= np.minimum(np.array(p_values) * len(p_values), 1)).all()

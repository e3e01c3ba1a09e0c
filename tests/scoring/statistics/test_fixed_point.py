import numpy as np
import pytest

from scoring.statistics.fixed_point import CYCLES, fixed_point

AT = np.array([3.0, -2.0, 0.5])


def slow(rates):
    """Steps that leave such a share of the distance, and how many were made."""
    made = []

    def step(point):
        made.append(point)
        return AT + np.asarray(rates) * (point - AT)

    return step, made


def anywhere(_):
    return True


def test_slow_steps_arrive_soon():
    """What plain steps need hundreds for takes a few."""
    step, made = slow([0.99, 0.9, 0.5])
    found = fixed_point(step, np.zeros(3), np.ones(3), anywhere)
    assert found == pytest.approx(AT, abs=0.02)
    assert len(made) < 40 < np.log(0.02 / 3) / np.log(0.99)


def test_who_begins_at_rest_stays():
    """Two steps tell that there is nothing to do."""
    step, made = slow([0.9, 0.9, 0.9])
    assert fixed_point(step, AT, np.ones(3), anywhere) == pytest.approx(AT)
    assert len(made) == 2


def test_what_has_no_unit_is_not_waited_for():
    """A number that never comes to rest does not keep the others."""
    rates = [0.5, 0.5, 1.0]
    step, made = slow(rates)
    unit = np.array([1.0, 1.0, 0.0])
    found = fixed_point(step, np.array([0.0, 0.0, 0.5]), unit, anywhere)
    assert found[:2] == pytest.approx(AT[:2], abs=0.02)
    assert len(made) < 3 * CYCLES


def test_no_step_is_made_from_where_none_can_be():
    """An extrapolation that is not valid gives way to the steps themselves."""
    step, made = slow([0.95, 0.9, 0.5])

    def is_valid(point):
        return bool(np.all(np.abs(point) <= np.abs(AT)))

    found = fixed_point(step, np.zeros(3), np.ones(3), is_valid)
    assert all(is_valid(point) for point in made)
    assert np.abs(found - AT).max() < np.abs(AT).max()

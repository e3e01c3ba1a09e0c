"""Axes of drawings: values lie where they should, beside round numbers."""

import pytest

from reporting.page.report.axis import MOST_TICKS, Axis


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0, 0.37, [0, 0.1, 0.2, 0.3]),
        (-1.2, 1.1, [-1, -0.5, 0, 0.5, 1]),
        (0, 1e-9, [0, 2e-10, 4e-10, 6e-10, 8e-10, 1e-9]),
    ],
)
def test_ticks_are_round_and_few(low, high, ticks):
    """From the first round number to the last."""
    found = Axis(low, high, 0, 100).ticks
    assert found == pytest.approx(ticks)
    assert len(found) <= MOST_TICKS


def test_values_lie_between_the_ends():
    """Axes run either way; what is beyond them lies at their end."""
    axis = Axis(0, 2, 100, 0)
    assert [axis.at(value) for value in (0, 0.5, 2, 9, -1)] == [100, 75, 0, 0, 100]

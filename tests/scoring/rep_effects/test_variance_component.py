from dataclasses import replace

import numpy as np
import pytest

from scoring.rep_effects import SpreadTest, VarianceComponent
from tests.scoring.rep_effects.synthetic_rows import world

CHANCE = SpreadTest(p_value=0.6, upper_sd=0.2, detectable_sd=0.1)
SHORT = SpreadTest(p_value=0.6, upper_sd=2.0, detectable_sd=0.9)
CLEAR = SpreadTest(p_value=1e-6, upper_sd=0.7, detectable_sd=0.1)


def component(test, persistence=0.9, sd=0.4):
    return VarianceComponent(
        sd=sd, test=test, probability=0.8, persistence=persistence, used=True
    )


@pytest.fixture(scope="module")
def effects():
    return world(n=200).fitted()


@pytest.mark.parametrize(
    ("main", "interaction", "answer"),
    [
        (component(CLEAR), component(CHANCE), "yes"),
        (component(CHANCE), component(CLEAR), "yes"),
        (component(CHANCE), component(CHANCE), "no"),
        (component(CLEAR, persistence=0.0), component(CHANCE), "no"),
        (component(CLEAR, sd=0.0), component(CHANCE), "no"),
        (component(SHORT), component(SHORT), "cannot_tell"),
        (component(SHORT), component(CLEAR), "yes"),
    ],
)
def test_there_are_three_answers(effects, main, interaction, answer):
    """Yes beyond chance and lasting, no where it would have shown, else neither."""
    assert replace(effects, main=main, interaction=interaction).answer == answer


def test_what_is_used_is_what_is_likely_and_lasts():
    """The shrinkage of a coefficient is probability times persistence, or all."""
    used = component(CLEAR)
    assert used.shrinkage == pytest.approx(0.8 * 0.9)
    assert used.shrunken_sd == pytest.approx(0.8 * 0.9 * 0.4)
    assert used.settled(False).shrinkage == 0
    assert component(CLEAR, persistence=0.05).settled(True).shrinkage == 0
    assert component(CLEAR, sd=0.0).settled(True).shrinkage == 0


def test_doubt_whether_there_is_anything_widens_the_error():
    """An effect that may be nothing is surer to be near 0 than to be itself."""
    error, effect = np.array([0.1, 0.1]), np.array([0.0, 1.0])
    sure = replace(component(CLEAR, persistence=1.0), probability=1.0)
    assert sure.error(error, effect).tolist() == [0.1, 0.1]
    found = component(CLEAR, persistence=1.0).error(error, effect)
    assert found[0] < 0.1 < found[1]
    assert component(CLEAR).settled(False).error(error, effect).tolist() == [0, 0]


def certain(persistence):
    return replace(component(CLEAR, persistence), probability=1.0)


def test_what_shrinkage_leaves_out_may_be_there():
    """An effect of which only a part is told is uncertain by the rest, used or not."""
    error, effect = np.array([0.1]), np.array([0.4])
    sure = certain(1.0).settled(True)
    assert sure.uncertainty(error, effect) == pytest.approx([0.1])
    half = certain(0.5).settled(True)
    assert half.uncertainty(error, effect) == pytest.approx([np.hypot(0.1, 0.2)])
    unused = certain(1.0).settled(False)
    assert unused.uncertainty(error, effect) == pytest.approx([np.hypot(0.1, 0.4)])


def test_a_spread_that_is_not_used_may_hide():
    """As wide as its test allows, and only where scores make no use of it."""
    test = SpreadTest(p_value=0.5, upper_sd=0.3, detectable_sd=0.2)
    unused = component(test).settled(False)
    assert unused.hidden(np.zeros(1)) == pytest.approx([0.03])
    assert unused.hidden(np.ones(1)) == [0.0]
    assert component(test).settled(True).hidden(np.zeros(1)) == [0.0]
    boundless = component(SpreadTest(1.0, np.inf, np.inf)).settled(False)
    assert boundless.hidden(np.zeros(1)) == pytest.approx([1 / 3])

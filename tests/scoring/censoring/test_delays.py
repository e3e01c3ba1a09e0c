import numpy as np
import pytest

from scoring.censoring.delays import estimate_delays


def test_old_rows_give_the_shares_as_they_are():
    """Where every row is older than every delay, nothing is hidden."""
    delay = np.tile([1.0, 2.0, 2.0, 5.0], 50)
    delays = estimate_delays(delay, np.full(200, 30.0))
    assert delays.days.tolist() == [1, 2, 5]
    assert delays.share == pytest.approx([0.25, 0.75, 1])
    assert delays.closed_by(np.array([0, 1, 4.9, 99])) == pytest.approx(
        [0, 0.25, 0.75, 1]
    )
    assert delays.reach == 30


def test_young_rows_are_asked_only_of_short_delays():
    """By hand: of three rows that could show it one took 3 days, of two one took 2."""
    delays = estimate_delays(np.array([1, 1, 2, 3.0]), np.array([1.5, 10, 10, 10]))
    assert delays.share == pytest.approx([1 / 3, 2 / 3, 1])


def test_hidden_delays_are_found_again():
    """Of delays seen only if shorter than the age, the whole distribution."""
    rng = np.random.default_rng(0)
    delay, age = rng.exponential(20, 40_000), rng.uniform(0, 200, 40_000)
    seen = delay <= age
    delays = estimate_delays(delay[seen], age[seen])
    days = np.array([5.0, 20.0, 60.0])
    assert delays.closed_by(days) == pytest.approx(1 - np.exp(-days / 20), abs=0.01)
    assert delays.age_at(0.5) == pytest.approx(20 * np.log(2), rel=0.03)


def test_the_oldest_row_alone_does_not_decide():
    """A delay that hardly any row is old enough to show moves nothing."""
    delay, age = np.tile([1.0, 2.0, 3.0, 4.0], 100), np.full(400, 50.0)
    alone = estimate_delays(np.append(delay, 300.0), np.append(age, 301.0))
    assert alone.share.tolist() == estimate_delays(delay, age).share.tolist()


def test_a_shorter_reach_is_of_what_closes_within_it():
    """Shares are of the leads that close by then; beyond all delays nothing changes."""
    delays = estimate_delays(np.tile([1.0, 2.0, 8.0, 9.0], 50), np.full(200, 30.0))
    assert delays.within(5).share == pytest.approx([0.5, 1])
    assert delays.within(5).reach == 5
    assert delays.within(20).share.tolist() == delays.share.tolist()

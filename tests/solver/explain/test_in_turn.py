"""Tasks in turn answer in order, in time, and not at all once they are called off."""

import signal
from _thread import interrupt_main
from functools import partial
from threading import Barrier
from time import perf_counter, sleep

import pytest

from solver.explain.in_turn import answers_in_turn
from solver.problem.deadline import Deadline


def until_due(deadline):
    began = perf_counter()
    while deadline.seconds > 0:
        sleep(0.005)
    return perf_counter() - began


@pytest.mark.parametrize("at_once", [1, 2, 7])
def test_answers_come_in_the_order_of_tasks(at_once):
    """Though the first one takes longest."""

    def late(place, deadline):
        sleep(0.02 * (place == 0))
        return place

    tasks = [partial(late, place) for place in range(5)]
    answers = answers_in_turn(tasks, Deadline.after(60), at_once)
    assert answers == list(range(5))


def test_two_at_once_are_there_at_the_same_time():
    """Each waits for the other one."""
    both = Barrier(2, timeout=30)
    assert answers_in_turn([lambda _: both.wait() >= 0] * 2, Deadline.after(60), 2)


@pytest.mark.parametrize("at_once", [1, 2])
def test_time_is_shared_and_then_it_is_up(at_once):
    """Four tasks of a quarter each, or of a half, two at a time."""
    began = perf_counter()
    took = answers_in_turn([until_due] * 4, Deadline.after(0.4), at_once)
    assert perf_counter() - began < 5
    assert took[0] == pytest.approx(0.1 * at_once, abs=0.05)
    assert answers_in_turn([until_due] * 4, Deadline.after(0.0), at_once) == [None] * 4


def test_a_task_that_cannot_end_in_time_is_not_begun():
    """The first one takes all of the time."""
    tasks = [lambda _: sleep(0.1)] + [lambda _: "begun"] * 2
    assert answers_in_turn(tasks, Deadline.after(0.1), 1) == [None] * 3


@pytest.fixture
def keyboard():
    """Interrupts are heeded as at a keyboard, whatever started the tests."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_ends_the_running_ones_first(keyboard):
    """Their time is up at once; those that wait are not begun."""
    begun = []

    def interrupted(deadline):
        begun.append(deadline)
        if len(begun) == 2:
            interrupt_main()
        return until_due(deadline)

    began = perf_counter()
    with pytest.raises(KeyboardInterrupt):
        answers_in_turn([interrupted] * 9, Deadline.after(90), 2)
    assert perf_counter() - began < 10
    assert len(begun) == 2
    assert all(deadline.seconds == 0 for deadline in begun)


def test_an_error_is_raised():
    """Not swallowed by a thread."""
    with pytest.raises(ZeroDivisionError):
        answers_in_turn([lambda _: 1 / 0] * 3, Deadline.after(60), 2)

"""Tasks that share a deadline, each in its turn, some of them at once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from threading import Event
from time import perf_counter
from typing import TypeVar

from solver.problem.deadline import Deadline

PATIENCE = 0.05
"""Seconds between two looks whether the user interrupts."""
Answer = TypeVar("Answer")


def answers_in_turn(
    tasks: Sequence[Callable[[Deadline], Answer]], deadline: Deadline, at_once: int
) -> list[Answer | None]:
    """Return what tasks answer, in their order; None where time had run out.

    Each has an equal part of the time that is left at its turn. None is begun in less
    than the shortest one took.

    Parameters
    ----------
    tasks
        From a deadline of its own to an answer.
    at_once
        How many may run side by side, in threads of this process.

    Raises
    ------
    KeyboardInterrupt
        When the user interrupts, after the running ones have ended.
    """
    called_off = Event()
    deadline, shortest = replace(deadline, called_off=called_off), [0.0]

    def turn(place: int) -> Answer | None:
        if deadline.seconds <= shortest[0]:
            return None
        began = perf_counter()
        own = deadline.part(min(1.0, at_once / (len(tasks) - place)))
        answer, took = tasks[place](own), perf_counter() - began
        shortest[0] = min(shortest[0] or took, took)
        return answer

    places = range(len(tasks))
    if at_once <= 1:
        return [turn(place) for place in places]
    with ThreadPoolExecutor(at_once) as threads:
        try:
            futures = [threads.submit(turn, place) for place in places]
            while wait(futures, PATIENCE).not_done:
                pass
        finally:
            called_off.set()
        return [future.result() for future in futures]

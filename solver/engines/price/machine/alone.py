"""One thread of a crew, with work of its own."""

from collections.abc import Callable, Sequence
from typing import Any

from solver.engines.price.machine.crew import Crew, StoppedError


class Alone(Crew):
    """Sweeps within a task of a crew, one part after the other in its thread.

    Parts are the crew's, and so are their sums.

    Parameters
    ----------
    crew
        Who runs the task; its deadline is watched there.
    """

    def __init__(self, crew: Crew) -> None:
        self.deadline, self.stop = crew.deadline, crew.stop

    def each(self, task: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> Any:
        """Return what a task answers to each call, in order.

        Raises
        ------
        StoppedError
            When the crew is to stop.
        """
        answers = [task(*call) for call in calls if not self.stop[0]]
        if self.stop[0]:
            raise StoppedError
        return answers

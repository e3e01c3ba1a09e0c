"""The stages of a job: announced as they begin, and timed."""

from collections.abc import Callable
from time import perf_counter

STAGES = ("reading", "training", "scoring", "solving", "pricing", "checking")
"""The stages of the daily job."""

Stage = Callable[[str], None]
"""Called with the name of each stage as it begins."""


def silent(_stage: str) -> None:
    """Announce nothing."""


class Clock:
    """Times the stages it passes on.

    Parameters
    ----------
    stage
        Called as well, with the name of each stage.

    Attributes
    ----------
    seconds
        Stage -> how long it took.
    """

    def __init__(self, stage: Stage) -> None:
        self.seconds: dict[str, float] = {}
        self._stage = stage
        self._current: str | None = None
        self._since = perf_counter()

    def __call__(self, name: str) -> None:
        """End the stage that runs, and begin this one."""
        self.stop()
        self._current, self._since = name, perf_counter()
        self._stage(name)

    def stop(self) -> None:
        """End the stage that runs."""
        if self._current is not None:
            passed = round(perf_counter() - self._since, 3)
            self.seconds[self._current] = self.seconds.get(self._current, 0) + passed
        self._current = None

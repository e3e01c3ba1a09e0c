"""A deadline that the parts of a task share."""

from dataclasses import dataclass, replace
from threading import Event
from time import perf_counter
from typing import Self


@dataclass(frozen=True)
class Deadline:
    """When the last answer of a task is due.

    Attributes
    ----------
    at
        As :func:`time.perf_counter` counts, in seconds; infinite for no deadline.
    called_off
        Set once nobody waits for the answers any more: no time is left then.
    """

    at: float
    called_off: Event | None = None

    @classmethod
    def after(cls, seconds: float) -> Self:
        """Return the deadline so many seconds from now."""
        return cls(perf_counter() + seconds)

    @property
    def seconds(self) -> float:
        """Time until then, not negative."""
        if self.called_off is not None and self.called_off.is_set():
            return 0.0
        return max(self.at - perf_counter(), 0.0)

    def part(self, share: float) -> Self:
        """Return the deadline of a task that may take this share of the time left."""
        return replace(self, at=perf_counter() + share * self.seconds)

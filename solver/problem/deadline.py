"""A deadline that the parts of a task share."""

from dataclasses import dataclass
from time import perf_counter
from typing import Self


@dataclass(frozen=True)
class Deadline:
    """When the last answer of a task is due.

    Attributes
    ----------
    at
        As :func:`time.perf_counter` counts, in seconds; infinite for no deadline.
    """

    at: float

    @classmethod
    def after(cls, seconds: float) -> Self:
        """Return the deadline so many seconds from now."""
        return cls(perf_counter() + seconds)

    @property
    def seconds(self) -> float:
        """Time until then, not negative."""
        return max(self.at - perf_counter(), 0.0)

    def part(self, share: float) -> Self:
        """Return the deadline of a task that may take this share of the time left."""
        return self.after(share * self.seconds)

"""Axes of drawings: from values to places on the page, with round numbers beside."""

from dataclasses import dataclass
from math import ceil, floor, log10

MOST_TICKS = 6
_STEPS = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Axis:
    """Values along one side of a drawing.

    Attributes
    ----------
    low, high
        The values at its ends, `low` below `high`.
    start, end
        Where these are, in the units of the drawing.
    """

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return where a value is; one beyond the ends is at the end."""
        part = (min(max(value, self.low), self.high) - self.low) / (
            self.high - self.low
        )
        return round(self.start + part * (self.end - self.start), 1)

    @property
    def ticks(self) -> list[float]:
        """At most `MOST_TICKS` round values between the ends, ascending."""
        least = (self.high - self.low) / (MOST_TICKS - 1)
        power = 10.0 ** floor(log10(least))
        step = power * next(s for s in _STEPS if s * power >= least * (1 - 1e-9))
        first, last = ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9)
        return [round(place * step, 12) for place in range(first, last + 1)]

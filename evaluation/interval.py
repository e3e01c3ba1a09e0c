"""An estimate with its 95 % confidence interval."""

from dataclasses import dataclass

from scipy.stats import norm

LEVEL = 0.95
POWER = 0.8


@dataclass(frozen=True)
class Interval:
    """An estimate and the ends of its 95 % confidence interval, in one unit.

    Attributes
    ----------
    estimate, low, high
        ``low <= high``; the estimate need not lie in the middle.
    """

    estimate: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Half the distance between the ends."""
        return (self.high - self.low) / 2

    @property
    def smallest_detectable(self) -> float:
        """The distance from 0 that would have shown in four of five such samples."""
        reach = float(norm.ppf((1 + LEVEL) / 2))
        return self.half_width * (reach + float(norm.ppf(POWER))) / reach

    def covers(self, value: float) -> bool:
        """Tell whether the value lies between the ends."""
        return self.low <= value <= self.high

    @property
    def is_above_zero(self) -> bool:
        """Tell whether even the lower end is above 0."""
        return self.low > 0

    @property
    def is_below_zero(self) -> bool:
        """Tell whether even the upper end is below 0."""
        return self.high < 0

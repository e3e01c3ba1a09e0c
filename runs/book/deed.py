"""A person's deed: when, by whom, and why."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd


@dataclass(frozen=True)
class Deed:
    """When something was decided, by whom, and why.

    Attributes
    ----------
    moment
        When, in UTC.
    actor, reason
        Who, and in whose words why.
    is_now
        Whether nobody said when, so that it is now.
    """

    moment: datetime
    actor: str
    reason: str = ""
    is_now: bool = False

    def at(self, started: pd.Timestamp | datetime | None) -> datetime:
        """Return the moment for a lead whose owner's time has started then.

        A run of a whole day starts at its end: what is decided now is not before that.
        """
        if not self.is_now or started is None or pd.isna(started):
            return self.moment
        begun = pd.Timestamp(started).to_pydatetime(warn=False)
        return max(self.moment, begun)

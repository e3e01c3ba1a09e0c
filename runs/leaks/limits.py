"""From where on something leaks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """From where on something leaks.

    Attributes
    ----------
    waiting_days
        Days that a lead may be unassigned.
    pile
        Times the mean of open leads that one rep may have.
    model_weeks
        Age of the model.
    outcome_days
        Days without a response or outcome.
    """

    waiting_days: int = 3
    pile: float = 3.0
    model_weeks: int = 8
    outcome_days: int = 7

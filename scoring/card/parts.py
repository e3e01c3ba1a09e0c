"""The parts of a model card that are made for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.deal_value.contest import ValueContest
from scoring.rep_effects import Answer, Component
from scoring.rep_effects.win_rates import WinRates


@dataclass(frozen=True)
class Teaching:
    """When, and under which options, a model was taught.

    Attributes
    ----------
    as_of
        Moment up to which history was known, ISO 8601.
    keep, leave_out, match_features
        As :class:`scoring.conversion_model.ConversionModel` has them.
    classifier
        Name of the classifier given for the lead part; empty if none was.
    """

    as_of: str
    keep: tuple[str, ...]
    leave_out: tuple[str, ...]
    match_features: tuple[str, ...] | None
    classifier: str


@dataclass(frozen=True)
class RepFigure:
    """One rep in the card.

    Attributes
    ----------
    effect
        Shrunken effect on all leads, logits; 0 unless some is believed.
    low, high
        95 % interval of the effect.
    n_leads
        Closed distributed leads it rests on.
    """

    effect: float
    low: float
    high: float
    n_leads: int


@dataclass(frozen=True)
class RepFinding:
    """Whether who gets the lead matters measurably, and on what evidence.

    Attributes
    ----------
    answer
        Yes, no or cannot tell.
    sentence
        The same with its evidence.
    main, match
        How reps differ on all leads, and in which leads suit them.
    match_features
        Features of the lead in which they may differ.
    win_rates
        The spread of win rates beside the spread by chance.
    reps
        Figures by rep.
    """

    answer: Answer
    sentence: str
    main: Component
    match: Component
    match_features: tuple[str, ...]
    win_rates: WinRates
    reps: Mapping[str, RepFigure]

    @property
    def used(self) -> bool:
        """Tell whether reps score differently."""
        return self.main.used or self.match.used


@dataclass(frozen=True)
class MaturityFigures:
    """How long leads take to close, and how young ones were counted.

    Attributes
    ----------
    sentence
        In words.
    window_days, median_won_days, median_lost_days
        Days; `None` where every lead counts once.
    n_immature
        Closed rows left out as too young.
    """

    sentence: str
    window_days: float
    median_won_days: float | None
    median_lost_days: float | None
    n_immature: int


@dataclass(frozen=True)
class ValueFinding:
    """Where the expected value of a won lead comes from.

    Attributes
    ----------
    source
        In words.
    contest
        How the ways of telling it compared; `None` where they could not.
    """

    source: str
    contest: ValueContest | None

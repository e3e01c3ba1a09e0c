"""The model card: how a model was trained, and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.card.figures import ColumnBlock, StratumBalance, Validation
from scoring.card.findings import OriginFinding, RepFinding
from scoring.deal_value.estimates import ValueFinding
from scoring.lead_model.lead_model import ModelSelection


@dataclass(frozen=True)
class TrainingRecord:
    """When, and under which options, a model was fitted.

    Attributes
    ----------
    as_of
        Moment up to which history was known, ISO 8601.
    keep, leave_out, interaction_features
        As :class:`scoring.conversion.conversion_model.ConversionModel` has them.
    lost_after_days
        Days after which open leads count as lost; `None`: never.
    classifier
        Name of the classifier given for the lead model; empty if none was.
    """

    as_of: str
    keep: tuple[str, ...]
    leave_out: tuple[str, ...]
    interaction_features: tuple[str, ...] | None
    classifier: str
    lost_after_days: int | None = None


@dataclass(frozen=True)
class CensoringFigures:
    """How long leads take to close, and how recent ones were weighted.

    Attributes
    ----------
    is_weighted
        Whether closed leads stand for open ones of their day.
    is_misleading
        Whether such weights were dropped, as those of one window ago misled.
    window_days, median_won_days, median_lost_days
        Days; 0 and `None` where every lead counts once.
    min_age_days
        Age in days below which closed rows are left out.
    n_left_out
        Closed rows left out as too recent.
    """

    is_weighted: bool
    is_misleading: bool
    window_days: float
    median_won_days: float | None
    median_lost_days: float | None
    min_age_days: float
    n_left_out: int


@dataclass(frozen=True)
class ModelCard:
    """All that a reader should know before trusting the scores.

    Attributes
    ----------
    training
        When the model was fitted, and how.
    first_assigned, last_assigned
        Span of the closed rows, ISO 8601.
    n_closed, n_won, n_open
        Closed rows and the won ones among them; open rows.
    n_unowned, n_assumed_lost
        Closed rows that name no rep; those that count as lost as they were open long.
    p_mean, p_sd
        Mean and standard deviation of P(convert) of history's distributed leads, each
        by a model that had not seen it.
    censoring
        How open rows were allowed for.
    features
        Feature columns.
    dropped
        Column -> why it is not used, leaks among them.
    leaks, suspects
        Columns with target leakage; columns in use that might have it.
    aliases
        Columns that are the rep under another name, and so not used -> why.
    selection
        How the lead model was chosen.
    validation
        Figures on the newest rows.
    rep_finding
        Whether it matters who gets the lead.
    balance
        Whether reps were assigned leads of like quality, by stratum.
    origins
        Distributed leads beside self-generated ones.
    value
        Expected value of a won lead.
    blocks
        Columns filled in the same rows that bring much, and may be a leak together.
    """

    training: TrainingRecord
    first_assigned: str
    last_assigned: str
    n_closed: int
    n_won: int
    n_open: int
    n_unowned: int
    p_mean: float
    p_sd: float
    censoring: CensoringFigures
    features: tuple[str, ...]
    dropped: Mapping[str, str]
    leaks: Mapping[str, str]
    suspects: Mapping[str, str]
    aliases: Mapping[str, str]
    selection: ModelSelection
    validation: Validation
    rep_finding: RepFinding
    balance: tuple[StratumBalance, ...]
    origins: OriginFinding
    value: ValueFinding
    n_assumed_lost: int = 0
    blocks: tuple[ColumnBlock, ...] = ()

    @property
    def unused(self) -> dict[str, str]:
        """Column -> why it is not used, leaks and the reps' other names apart."""
        apart = {**self.leaks, **self.aliases}
        return {name: why for name, why in self.dropped.items() if name not in apart}

"""Figures of a validation and of covariate balance, as a model card holds them."""

from dataclasses import dataclass

SIGNIFICANCE = 0.05
INTERVAL_Z = 1.96
LOSS_Z = 2.0
DETECTABLE_SHARE = 0.05
"""Share of variance between reps that a stratum must detect to look random."""


@dataclass(frozen=True)
class Gain:
    """How much lower one log loss is than another, on the same rows.

    Attributes
    ----------
    mean
        Mean difference per row; positive is better.
    standard_error
        Paired standard error of `mean`.
    """

    mean: float
    standard_error: float

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval."""
        return self.mean - INTERVAL_Z * self.standard_error

    @property
    def high(self) -> float:
        """Upper end of the 95 % interval."""
        return self.mean + INTERVAL_Z * self.standard_error

    @property
    def is_loss(self) -> bool:
        """Tell whether it is worse by more than two standard errors."""
        return self.mean < -LOSS_Z * self.standard_error


@dataclass(frozen=True)
class Figures:
    """Ranking and proper scores of one model's probabilities.

    Attributes
    ----------
    auc, average_precision
        Ranking; `None` if all rows have the same outcome.
    brier, log_loss
        Means per row; lower is better.
    """

    auc: float | None
    average_precision: float | None
    brier: float
    log_loss: float


@dataclass(frozen=True)
class ReliabilityBin:
    """Rows of about the same predicted probability.

    Attributes
    ----------
    predicted, observed
        Mean probability, and the share that was won.
    low, high
        95 % interval of the observed share (Wilson).
    n
        Rows.
    """

    predicted: float
    observed: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class Level:
    """How many of the newest rows were expected to be won, and how many were.

    Attributes
    ----------
    predicted, observed
        Mean probability, and the share that was won.
    standard_error
        Of the share, if the probabilities are right.
    """

    predicted: float
    observed: float
    standard_error: float

    @property
    def is_off(self) -> bool:
        """Tell whether they differ by more than chance."""
        return abs(self.predicted - self.observed) > LOSS_Z * self.standard_error


@dataclass(frozen=True)
class ColumnBlock:
    """Columns that are filled in the same rows, and the lead model without them.

    Attributes
    ----------
    names
        The columns.
    filled
        Share of the rows that fill them.
    auc, auc_without
        Of the lead model on newer rows, with all columns and without these.
    """

    names: tuple[str, ...]
    filled: float
    auc: float
    auc_without: float

    @property
    def brings(self) -> float:
        """How much the AUC falls without them."""
        return self.auc - self.auc_without


@dataclass(frozen=True)
class Measures:
    """Figures on the newest rows.

    Attributes
    ----------
    whole, lead_only, constant
        Of the model, of its lead model alone, and of the older rows' win rate.
    over_constant, over_lead_only
        Gain of the whole model over those two.
    reliability
        Predicted beside observed, by tenths.
    level
        Predicted beside observed, over all.
    """

    whole: Figures
    lead_only: Figures
    constant: Figures
    over_constant: Gain
    over_lead_only: Gain
    reliability: tuple[ReliabilityBin, ...]
    level: Level


@dataclass(frozen=True)
class Validation:
    """Out-of-time validation: fitted on what was known, tested on leads assigned later.

    Attributes
    ----------
    n_train, n_test, n_test_won
        Closed rows on either side of the line; only distributed rows test.
    test_from
        First assignment among the tested rows, ISO 8601; empty if there is none.
    measures
        What was measured; `None` if that was not possible.
    problem
        Why not; empty if it was.
    """

    n_train: int
    n_test: int
    n_test_won: int
    test_from: str
    measures: Measures | None
    problem: str


@dataclass(frozen=True)
class LowOverlapRep:
    """A rep whose leads have little overlap with those of the stratum.

    Attributes
    ----------
    rep_id
        The rep.
    better
        Whether their leads were better than most of the stratum.
    n_leads, effective_leads
        Leads they had, and the effective sample size: leads assigned at random with
        as much information.
    """

    rep_id: str
    better: bool
    n_leads: int
    effective_leads: float


@dataclass(frozen=True)
class StratumBalance:
    """Whether the reps of one stratum were assigned leads of like quality.

    Attributes
    ----------
    name
        The territory and product, in words.
    n_rows, n_reps
        Distributed leads, and reps they went to.
    p_value, adjusted_p
        How likely such differences are if leads were assigned at random; the same
        held beside all other strata (Holm).
    share_between, detectable_share
        As in :class:`scoring.diagnostics.quality_overlap.QualityOverlap`.
    effective_share
        Share of the leads that as many assigned at random would have needed.
    low_overlap
        Reps whose share of effective leads is below one half, where leads were
        not assigned at random.
    """

    name: str
    n_rows: int
    n_reps: int
    p_value: float
    adjusted_p: float
    share_between: float
    detectable_share: float
    effective_share: float
    low_overlap: tuple[LowOverlapRep, ...]

    @property
    def looks_random(self) -> bool:
        """Tell whether random assignment is not rejected, by a test of enough power."""
        passed = self.p_value > SIGNIFICANCE
        return passed and self.detectable_share <= DETECTABLE_SHARE

    @property
    def is_uneven(self) -> bool:
        """Tell whether random assignment is rejected."""
        return self.adjusted_p <= SIGNIFICANCE

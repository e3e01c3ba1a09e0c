"""Where a model comes from, how good it is, and whether the rep matters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scoring.card.parts import MaturityFigures, RepFinding, Teaching, ValueFinding
from scoring.card.record import record_of
from scoring.diagnostics.balance import Balance
from scoring.diagnostics.validation import Validation
from scoring.lead_model.selection import Contest
from scoring.origins.finding import OriginFinding


@dataclass(frozen=True)
class ModelCard:
    """All that a reader should know before trusting the scores.

    Attributes
    ----------
    teaching
        When it was taught, and how.
    first_assigned, last_assigned
        Span of the closed rows, ISO 8601.
    n_closed, n_won, n_open
        Closed rows and the won ones among them; open rows.
    maturity
        How open rows were allowed for.
    features
        Columns the leads are judged by.
    dropped
        Column -> why it is not used, leaks among them.
    leaks, suspects
        Columns that know the future; columns in use that might.
    contest
        How the model of the lead was chosen.
    validation
        Figures on the newest rows.
    rep_finding
        Whether it matters who gets the lead.
    balance
        Whether reps were given leads of like quality.
    origins
        Leads given beside leads that reps found.
    value
        Expected value of a won lead.
    """

    teaching: Teaching
    first_assigned: str
    last_assigned: str
    n_closed: int
    n_won: int
    n_open: int
    maturity: MaturityFigures
    features: tuple[str, ...]
    dropped: Mapping[str, str]
    leaks: Mapping[str, str]
    suspects: Mapping[str, str]
    contest: Contest
    validation: Validation
    rep_finding: RepFinding
    balance: Balance
    origins: OriginFinding
    value: ValueFinding

    @property
    def quality(self) -> str:
        """Say in one sentence whether newer leads were predicted any better."""
        measures = self.validation.measures
        if measures is None:
            return f"The model could not be validated: {self.validation.problem}."
        gain, n_tested = measures.over_constant, self.validation.n_tested
        newest = f"On the newest {n_tested:,} leads, which it had not seen, the model"
        if gain.low > 0:
            return f"{newest} predicts better than the plain win rate."
        if gain.high < 0:
            return (
                f"{newest} predicts WORSE than the plain win rate: do not rely on it."
            )
        return f"{newest} predicts no better than the plain win rate, within chance."

    @property
    def rep_quality(self) -> str:
        """Say in one sentence whether knowing the rep helped there; else empty."""
        measures = self.validation.measures
        if measures is None or not self.rep_finding.used:
            return ""
        gain = measures.over_lead_only
        if gain.low > 0:
            return "Knowing who got them made these leads easier to predict."
        if gain.high < 0:
            return "Knowing who got them made these leads HARDER to predict."
        return (
            "Knowing who got them made these leads no easier to predict, within chance."
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the card as JSON knows it; what is not finite is None."""
        content: dict[str, Any] = record_of(self)
        return content

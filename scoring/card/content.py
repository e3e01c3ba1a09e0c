"""Where a model comes from, how good it is, and whether the rep matters."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from scoring.balance.check import Balance
from scoring.deal_value.contest import ValueContest
from scoring.deal_value.value import DealValue
from scoring.history import closed_history, is_won
from scoring.lead_part.contest import Contest
from scoring.measures import INTERVAL_Z
from scoring.model import ConversionModel
from scoring.origins.finding import OriginFinding
from scoring.reps import Answer, Component, RepPart, answer_of, finding_of
from scoring.reps.win_rates import WinRates
from scoring.validation import Validation


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


@dataclass(frozen=True)
class ModelCard:
    """All that a reader should know before trusting the scores.

    Attributes
    ----------
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
    balance_sentence, warnings
        The same in words, and where reps cannot be compared.
    origins, origins_sentence
        Leads given beside leads that reps found.
    value
        Expected value of a won lead.
    """

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
    balance_sentence: str
    warnings: tuple[str, ...]
    origins: OriginFinding
    origins_sentence: str
    value: ValueFinding

    def to_dict(self) -> dict[str, Any]:
        """Return the card as JSON knows it; what is not finite is None."""
        content: dict[str, Any] = finite(asdict(self))
        return content


def make_card(
    model: ConversionModel,
    history: pd.DataFrame,
    validation: Validation,
    balance: Balance,
    origins: OriginFinding,
    value: DealValue,
) -> ModelCard:
    """Return the card of a model fitted on this history, and what else it told."""
    rows = closed_history(history)
    features = model.lead_part_.features
    names = features.numeric_names, features.categorical_names, features.encoded_names
    return ModelCard(
        first_assigned=rows["assigned_at"].iloc[0].isoformat(),
        last_assigned=rows["assigned_at"].iloc[-1].isoformat(),
        n_closed=len(rows),
        n_won=int(is_won(rows).sum()),
        n_open=len(history) - len(rows),
        maturity=maturity_figures(model),
        features=tuple(name for group in names for name in group),
        dropped=features.dropped,
        leaks=features.leaks,
        suspects=features.suspects,
        contest=model.lead_part_.contest,
        validation=validation,
        rep_finding=rep_finding(model.rep_part_),
        balance=balance,
        balance_sentence=balance.sentence,
        warnings=balance.warnings,
        origins=origins,
        origins_sentence=origins.sentence,
        value=ValueFinding(value.source, value.contest),
    )


def maturity_figures(model: ConversionModel) -> MaturityFigures:
    """Return how the model allowed for open rows."""
    found = model.maturity_
    return MaturityFigures(
        sentence=found.sentence,
        window_days=found.window_days,
        median_won_days=found.median_won,
        median_lost_days=found.median_lost,
        n_immature=found.n_immature,
    )


def rep_finding(part: RepPart) -> RepFinding:
    """Return what the fitted rep part says of the reps."""
    effect = part.coefficient[:, 0]
    low, high = effect - INTERVAL_Z * part.error, effect + INTERVAL_Z * part.error
    columns = (effect, low, high, part.n_leads)
    reps = zip(*(column.tolist() for column in columns), strict=True)
    return RepFinding(
        answer=answer_of(part),
        sentence=finding_of(part),
        main=part.main,
        match=part.match,
        match_features=part.columns.names,
        win_rates=part.win_rates,
        reps={
            rep_id: RepFigure(*figures)
            for rep_id, figures in zip(part.rep_ids, reps, strict=True)
        },
    )


def finite(content: Any) -> Any:
    """Return the same content with None for every number that is not finite."""
    if isinstance(content, Mapping):
        return {name: finite(value) for name, value in content.items()}
    if isinstance(content, list | tuple):
        return [finite(value) for value in content]
    if isinstance(content, float) and not math.isfinite(content):
        return None
    return content

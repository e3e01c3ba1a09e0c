"""From a fitted model, and what else history told, to its card."""

import pandas as pd

from scoring.card.content import ModelCard
from scoring.card.parts import (
    MaturityFigures,
    RepFigure,
    RepFinding,
    Teaching,
    ValueFinding,
)
from scoring.conversion_model import ConversionModel
from scoring.deal_value.value import DealValue
from scoring.diagnostics.balance import Balance
from scoring.diagnostics.measures import INTERVAL_Z
from scoring.diagnostics.validation import Validation
from scoring.history import closed_history, is_won
from scoring.origins.finding import OriginFinding
from scoring.rep_effects import RepPart, answer_of, finding_of


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
        teaching=teaching_of(model),
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
        rep_finding=rep_finding(model.rep_part_, balance),
        balance=balance,
        origins=origins,
        value=ValueFinding(value.source, value.contest),
    )


def teaching_of(model: ConversionModel) -> Teaching:
    """Return when the model was taught, and under which options."""
    names, classifier = model.match_features, model.lead_classifier
    return Teaching(
        as_of=model.maturity_.as_of,
        keep=tuple(model.keep),
        leave_out=tuple(model.leave_out),
        match_features=None if names is None else tuple(names),
        classifier="" if classifier is None else type(classifier).__name__,
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


def rep_finding(part: RepPart, balance: Balance) -> RepFinding:
    """Return what the fitted rep part says of the reps, and if leads may be why."""
    answer = answer_of(part)
    caveat = f" {balance.caveat}" if answer == "yes" and balance.caveat else ""
    effect = part.coefficient[:, 0]
    low, high = effect - INTERVAL_Z * part.error, effect + INTERVAL_Z * part.error
    columns = (effect, low, high, part.n_leads)
    reps = zip(*(column.tolist() for column in columns), strict=True)
    return RepFinding(
        answer=answer,
        sentence=f"{finding_of(part)}{caveat}",
        main=part.main,
        match=part.match,
        match_features=part.columns.names,
        win_rates=part.win_rates,
        reps={
            rep_id: RepFigure(*figures)
            for rep_id, figures in zip(part.rep_ids, reps, strict=True)
        },
    )

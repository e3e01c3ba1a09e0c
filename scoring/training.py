"""From the day's tables to a model with its card."""

from dataclasses import dataclass

import pandas as pd

from crm import CrmData, DataError, Issue
from scoring.card.content import ModelCard
from scoring.card.making import make_card
from scoring.conversion_model import ConversionModel
from scoring.deal_value.value import DealValue, fit_deal_value
from scoring.diagnostics.balance import check_balance
from scoring.diagnostics.validation import validate
from scoring.history import closed_history, known_history
from scoring.named_columns import ColumnError
from scoring.origins.finding import find_origins

MIN_CLOSED = 50


@dataclass(frozen=True)
class TrainedModel:
    """A fitted model and what a reader should know of it.

    Attributes
    ----------
    model
        Scores leads and reps.
    value
        What a won lead brings.
    card
        Where it comes from, and how good it is.
    """

    model: ConversionModel
    value: DealValue
    card: ModelCard


def train(crm: CrmData, model: ConversionModel | None = None) -> TrainedModel:
    """Return a model taught by all that was known at `crm.as_of`, with its card.

    Where what the older leads say of the reps makes the newest ones harder to
    predict, by more than two standard errors, every rep counts as average.

    Parameters
    ----------
    crm
        History teaches; the leads tell which columns are known in time, the reps who
        is of which seniority.
    model
        Unfitted; it is taught here.

    Raises
    ------
    DataError
        If the history cannot teach: too few closed rows, or all ended alike. If the
        model was to use columns that are not there, or not of use.
    """
    history = known_history(crm.history, crm.as_of)
    reason = why_not_teachable(history)
    if reason:
        raise DataError([Issue(file="history", expected=reason)])
    model = ConversionModel() if model is None else model
    try:
        model.fit(history, crm.leads, crm.reps, crm.as_of)
    except ColumnError as error:
        raise DataError([Issue(file="scoring", expected=str(error))]) from error
    validation = validate(model, history, crm.leads, crm.reps, model.maturity_)
    measures = validation.measures
    if measures is not None and measures.over_lead_only.is_loss:
        model.treat_reps_alike()
    rows = closed_history(history)
    value = fit_deal_value(
        rows, model.lead_part_.features, crm.leads, model.maturity_.weight(rows)
    )
    balance = check_balance(rows, model.held_out_)
    origins = find_origins(rows, model.held_out_)
    card = make_card(model, history, validation, balance, origins, value)
    return TrainedModel(model, value, card)


def why_not_teachable(history: pd.DataFrame) -> str:
    """Return why a model cannot learn from these rows, empty if it can."""
    closed = closed_history(history)
    if history.empty:
        return "there are no rows to learn from: give past leads with their outcome"
    if len(closed) < MIN_CLOSED:
        return (
            f"only {len(closed)} rows are won or lost (open rows do not count), "
            f"at least {MIN_CLOSED} are needed to learn from"
        )
    outcomes = closed["outcome"].unique()
    if len(outcomes) < 2:
        return f"every closed row is {outcomes[0]}: won and lost rows are both needed"
    return ""

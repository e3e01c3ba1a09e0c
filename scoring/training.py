"""From the day's tables to a model with its card."""

from dataclasses import replace

import pandas as pd
from scipy.special import expit

from crm import CrmData, DataError, Issue
from crm.past_columns import past_columns
from scoring.card.figures import INTERVAL_Z, StratumBalance, Validation
from scoring.card.findings import OriginFinding, RepFigure, RepFinding
from scoring.card.model_card import CensoringFigures, ModelCard, TrainingRecord
from scoring.censoring.weights import CensoringWeights
from scoring.conversion.conversion_model import ConversionModel, TrainedModel
from scoring.deal_value.deal_value import fit_deal_value
from scoring.deal_value.estimates import ValueFinding
from scoring.diagnostics.balance import check_balance
from scoring.diagnostics.blocks import find_blocks
from scoring.diagnostics.validating import begun_validation
from scoring.history.rows import (
    closed_history,
    has_owner,
    is_distributed,
    is_won,
    known_history,
    with_losses,
)
from scoring.lead_features.compatibility import ColumnError
from scoring.origins.finding import find_origins
from scoring.rep_effects import RepEffects

MIN_CLOSED = 50


def train(crm: CrmData, model: ConversionModel | None = None) -> TrainedModel:
    """Return a model fitted on all that was known at `crm.as_of`, with its card.

    Where rep effects fitted on older leads make the newest ones harder to predict, by
    more than two standard errors, every rep counts as average.

    Parameters
    ----------
    crm
        The model is fitted on the history; the leads decide which columns are known in
        time, the reps have the seniorities.
    model
        Unfitted; it is fitted here.

    Raises
    ------
    DataError
        If no model can be fitted: too few closed rows, or all of one outcome. If the
        model was to use columns that are not there, or not of use.
    """
    model = ConversionModel() if model is None else model
    known = known_history(crm.history, crm.as_of)
    history = with_losses(known, model.lost_after_days, crm.as_of)
    reason = why_not_trainable(history)
    if reason:
        raise DataError([Issue(file="history", expected=reason)])
    known_then = history, crm.leads, crm.reps, crm.as_of
    with begun_validation(model, *known_then) as validated:
        try:
            model.fit(*known_then)
        except ColumnError as error:
            raise DataError([Issue(file="scoring", expected=str(error))]) from error
        validation = validated()
    measures = validation.measures
    if measures is not None and measures.over_lead_only.is_loss:
        model.treat_reps_alike()
    rows, features = closed_history(history), model.lead_model_.features
    weight = model.censoring_.weight(rows)
    value, value_finding = fit_deal_value(rows, features, crm.leads, weight)
    balance = check_balance(rows, model.held_out_)
    origins = find_origins(rows, model.held_out_)
    card = make_card(model, history, validation, balance, origins, value_finding)
    n_open = [int((table["outcome"] == "open").sum()) for table in (known, history)]
    card = replace(
        card,
        n_assumed_lost=n_open[0] - n_open[1],
        blocks=find_blocks(rows, model.lead_model_, weight),
    )
    past = past_columns(crm.history, crm.columns_of("history"))
    return TrainedModel(model, value, card, past)


def why_not_trainable(history: pd.DataFrame) -> str:
    """Return why no model can be fitted on these rows, empty if one can."""
    closed = closed_history(history)
    if history.empty:
        return "there are no rows to train on: give past leads with their outcome"
    if len(closed) < MIN_CLOSED:
        return (
            f"only {len(closed)} rows are won or lost (open rows do not count), "
            f"at least {MIN_CLOSED} are needed to train on"
        )
    outcomes = closed["outcome"].unique()
    if len(outcomes) < 2:
        return f"every closed row is {outcomes[0]}: won and lost rows are both needed"
    return ""


def make_card(
    model: ConversionModel,
    history: pd.DataFrame,
    validation: Validation,
    balance: tuple[StratumBalance, ...],
    origins: OriginFinding,
    value: ValueFinding,
) -> ModelCard:
    """Return the card of a model fitted on this history."""
    rows = closed_history(history)
    features = model.lead_model_.features
    p_convert = expit(model.held_out_[is_distributed(rows)])
    names = features.numeric_names, features.categorical_names, features.encoded_names
    return ModelCard(
        training=training_record(model),
        first_assigned=rows["assigned_at"].iloc[0].isoformat(),
        last_assigned=rows["assigned_at"].iloc[-1].isoformat(),
        n_closed=len(rows),
        n_won=int(is_won(rows).sum()),
        n_open=int((history["outcome"] == "open").sum()),
        n_unowned=int((~has_owner(rows)).sum()),
        p_mean=float(p_convert.mean()) if len(p_convert) else 0.0,
        p_sd=float(p_convert.std()) if len(p_convert) else 0.0,
        censoring=censoring_figures(model.censoring_),
        features=tuple(name for group in names for name in group),
        dropped=features.dropped,
        leaks=features.leaks,
        suspects=features.suspects,
        aliases=features.aliases,
        selection=model.lead_model_.selection,
        validation=validation,
        rep_finding=rep_finding(model.rep_effects_),
        balance=balance,
        origins=origins,
        value=value,
    )


def training_record(model: ConversionModel) -> TrainingRecord:
    """Return when the model was fitted, and under which options."""
    names, classifier = model.interaction_features, model.lead_classifier
    return TrainingRecord(
        as_of=model.censoring_.as_of,
        keep=tuple(model.keep),
        leave_out=tuple(model.leave_out),
        interaction_features=None if names is None else tuple(names),
        lost_after_days=model.lost_after_days,
        classifier="" if classifier is None else type(classifier).__name__,
    )


def censoring_figures(weights: CensoringWeights) -> CensoringFigures:
    """Return the figures of the censoring weights."""
    return CensoringFigures(
        is_weighted=weights.won is not None,
        is_misleading=weights.is_misleading,
        window_days=weights.window_days,
        median_won_days=weights.median_won,
        median_lost_days=weights.median_lost,
        min_age_days=weights.min_age,
        n_left_out=weights.n_left_out,
    )


def rep_finding(effects: RepEffects) -> RepFinding:
    """Return the finding on the reps from their fitted effects."""
    effect = effects.coefficient[:, 0]
    low, high = effect - INTERVAL_Z * effects.error, effect + INTERVAL_Z * effects.error
    columns = (effect, low, high, effects.n_leads)
    reps = zip(*(column.tolist() for column in columns), strict=True)
    return RepFinding(
        answer=effects.answer,
        main=effects.main,
        interaction=effects.interaction,
        interaction_features=effects.columns.names,
        win_rates=effects.win_rates,
        reps={
            rep_id: RepFigure(*figures)
            for rep_id, figures in zip(effects.rep_ids, reps, strict=True)
        },
        doubt=effects.doubt,
        lasting_tested=effects.lasting_tested,
    )

"""Fitting the rep effects to the rows of history."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from scoring.history.cells import spread_out
from scoring.history.rows import has_both
from scoring.rep_effects.interaction_columns import InteractionColumns
from scoring.rep_effects.mixed_model import MixedModel, fit_mixed_model
from scoring.rep_effects.persistence import (
    Persistence,
    has_order,
    persistence_of,
)
from scoring.rep_effects.rep_effects import RepEffects, position_of
from scoring.rep_effects.rows import RepRows
from scoring.rep_effects.screening import screen
from scoring.rep_effects.significance import win_rates
from scoring.rep_effects.variance_component import (
    MATERIAL_SD,
    NOTHING_TO_TEST,
    SpreadTest,
    VarianceComponent,
    WinRates,
)
from scoring.statistics.likelihood import group_levels

MAX_SCREENED = 100_000
MAX_COLUMNS = 40
ROWS_PER_PERIOD = 500
MOST_PERIODS = 200
LEVEL_SD = 1.0


def fit_rep_effects(
    logit: np.ndarray,
    won: np.ndarray,
    rep_id: Sequence[str],
    columns: InteractionColumns,
    frame: pd.DataFrame,
    seniority: pd.Series | None = None,
    assigned_at: pd.Series | None = None,
    doubt: str = "",
) -> RepEffects:
    """Return the reps' coefficients beyond what their leads explain.

    Every row counts once: weights would overstate the evidence, and the level of
    recent rows is removed with the drift.

    Parameters
    ----------
    logit
        Cross-fitted log odds of each lead, (n_rows,).
    won
        1.0 or 0.0, (n_rows,), in order of time.
    rep_id
        Rep of each lead, (n_rows,).
    columns
        The lead's columns that may interact with the rep.
    frame
        The leads' features, (n_rows,), as for
        :meth:`scoring.rep_effects.interaction_columns.InteractionColumns.matrix`.
    seniority
        Seniority by rep id; None where nothing is known.
    assigned_at
        Times of the rows, (n_rows,); None: their order is one in time.
    doubt
        Why reps cannot be compared by these rows: then every one is average.
    """
    rep_ids, rep = np.unique(np.asarray(rep_id, dtype=object), return_inverse=True)
    levels, level = seniority_levels(seniority, rep_ids)
    if doubt or len(rep_ids) < 2 or not has_both(won):
        return nothing_to_compare(rep_ids, rep, columns, doubt)
    offset = at_level_of_period(logit, won)

    def rows_with(chosen: InteractionColumns, subset: np.ndarray | slice) -> RepRows:
        matrix = chosen.matrix(frame.iloc[subset], logit[subset])
        table = np.column_stack([np.ones(len(matrix)), matrix])
        return RepRows(offset[subset], won[subset], table, rep[subset], len(rep_ids))

    sample = spread_out(len(won), MAX_SCREENED)
    *tests, feature_p = screen(rows_with(columns, sample).by_rep(), numbered(columns))
    columns = most_significant(columns, feature_p)
    rows = rows_with(columns, slice(None))
    model = fit_mixed_model(rows.by_rep(), numbered(columns), level, len(levels))
    persistences = (Persistence(), Persistence())
    if assigned_at is None or has_order(assigned_at):
        persistences = persistence_of(rows, numbered(columns), level, len(levels))
    main, interaction = components(model, tests, persistences, rows.columns)
    shrinkage = np.full(len(model.feature), interaction.shrinkage)
    shrinkage[0] = main.shrinkage
    return RepEffects(
        rep_ids=tuple(rep_ids),
        n_leads=np.bincount(rep, minlength=len(rep_ids)),
        columns=columns,
        shared=model.shared * (main.used or interaction.used),
        coefficient=model.deviation * shrinkage,
        error=main.error(model.error[:, 0], model.deviation[:, 0]),
        uncertainty=uncertainty(model, main, interaction, rows.columns),
        levels=levels,
        level=model.level_deviation * shrinkage,
        main=main,
        interaction=interaction,
        win_rates=win_rates(won, rep, len(rep_ids)),
        lasting_tested=persistences[0].tested,
    )


def seniority_levels(
    seniority: pd.Series | None, rep_ids: np.ndarray
) -> tuple[tuple[int, ...], np.ndarray]:
    """Return the seniorities of these reps, and each rep's place among them.

    (n_levels,) and (n_reps,); -1 where unknown.
    """
    if seniority is None:
        return (), np.full(len(rep_ids), -1)
    known = seniority.reindex(rep_ids)
    levels = tuple(sorted(known.dropna().astype(int).unique().tolist()))
    return levels, position_of(known, levels, len(rep_ids))


def at_level_of_period(logit: np.ndarray, won: np.ndarray) -> np.ndarray:
    """Return log odds moved, period by period, to the win rate observed, (n_rows,).

    So that a drift is not attributed to the reps of its time.

    Parameters
    ----------
    logit
        Log odds of rows in order of time, (n_rows,).
    won
        1.0 or 0.0, (n_rows,).
    """
    n_periods = min(MOST_PERIODS, max(1, len(won) // ROWS_PER_PERIOD))
    period = np.arange(len(won)) * n_periods // max(1, len(won))
    return logit + group_levels(logit, won, period, n_periods, LEVEL_SD)[period]


def nothing_to_compare(
    rep_ids: np.ndarray,
    rep: np.ndarray,
    columns: InteractionColumns,
    doubt: str = "",
) -> RepEffects:
    """Return the effects of reps who all count as average, and any doubt in them."""
    n_reps = len(rep_ids)
    nothing = VarianceComponent(0.0, NOTHING_TO_TEST, 0.0, 0.0, used=False)
    return RepEffects(
        rep_ids=tuple(rep_ids),
        n_leads=np.bincount(rep, minlength=n_reps),
        columns=columns.only(()),
        shared=np.zeros(1),
        coefficient=np.zeros((n_reps, 1)),
        error=np.zeros(n_reps),
        uncertainty=np.zeros((n_reps, 1)),
        levels=(),
        level=np.zeros((0, 1)),
        main=nothing,
        interaction=nothing,
        win_rates=WinRates(0.0, 0.0, 1.0),
        doubt=doubt,
    )


def numbered(columns: InteractionColumns) -> np.ndarray:
    """Return the feature of each coefficient, (1 + k,): 0 is the rep's own."""
    return np.r_[0, columns.feature]


def most_significant(
    columns: InteractionColumns, p_value: np.ndarray
) -> InteractionColumns:
    """Return the features of the smallest p-values that fit into `MAX_COLUMNS`."""
    if not len(p_value):
        return columns
    width = np.bincount(columns.feature, minlength=len(p_value) + 1)[1:]
    order = np.argsort(p_value, kind="stable")
    fits = np.cumsum(width[order]) <= MAX_COLUMNS
    return columns.only([columns.names[place] for place in order[fits]])


def components(
    model: MixedModel,
    tests: Sequence[SpreadTest],
    persistences: Sequence[Persistence],
    table: np.ndarray,
) -> tuple[VarianceComponent, VarianceComponent]:
    """Return the variance components of main effect and interactions, used or not.

    None is used where neither test shows a sign of a spread although the test of the
    main effect would have detected a material one.
    """
    covariance = model.whole_covariance
    moment = table[:, 1:].T @ table[:, 1:] / max(1, len(table))
    variance = max(0.0, float(np.sum(covariance[1:, 1:] * moment)))
    spreads = (float(np.sqrt(covariance[0, 0])), float(np.sqrt(variance)))
    any_sign = any(test.suggestive for test in tests)
    any_sign |= tests[0].detectable_sd > MATERIAL_SD
    main, interaction = (
        VarianceComponent(sd, test, part.probability, part.slope, used=False)
        for sd, test, part in zip(spreads, tests, persistences, strict=True)
    )
    return main.settled(any_sign), interaction.settled(any_sign)


def uncertainty(
    model: MixedModel,
    main: VarianceComponent,
    interaction: VarianceComponent,
    table: np.ndarray,
) -> np.ndarray:
    """Return how far true coefficients may be from the shrunken ones, (n_reps, 1 + k).

    A spread that no score makes use of may be there all the same, as far as its test
    allows: it counts in the first column.

    Parameters
    ----------
    table
        What the coefficients are multiplied by, (n_rows, 1 + k).
    """
    own = main.uncertainty(model.error[:, :1], model.deviation[:, :1])
    rest = interaction.uncertainty(model.error[:, 1:], model.deviation[:, 1:])
    moment = np.mean(table[:, 1:] ** 2, axis=0)
    of_lead = np.sum(rest**2 * moment, axis=1, keepdims=True)
    hidden = main.hidden(own**2) + interaction.hidden(of_lead)
    return np.hstack([np.sqrt(own**2 + hidden), rest])

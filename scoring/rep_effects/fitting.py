"""From the rows of history to the rep part."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from scoring.history import has_both
from scoring.lead_features.values import spread_out
from scoring.rep_effects.drift import without_drift
from scoring.rep_effects.estimate import Estimate, estimate
from scoring.rep_effects.interaction_columns import MatchColumns
from scoring.rep_effects.periods import persistence_of
from scoring.rep_effects.persistence import Persistence
from scoring.rep_effects.rep_effects import RepPart, position_of
from scoring.rep_effects.screening import Screening, screen
from scoring.rep_effects.significance import NOTHING_TO_TEST
from scoring.rep_effects.timed_rows import TimedRows
from scoring.rep_effects.variance_component import Component
from scoring.rep_effects.win_rates import WinRates, win_rates

MATERIAL_SD = 0.25
"""A spread in logits that a sales manager would care about."""
MAX_SCREENED = 100_000
MAX_COLUMNS = 40


def fit_rep_part(
    logit: np.ndarray,
    won: np.ndarray,
    rep_id: Sequence[str],
    columns: MatchColumns,
    frame: pd.DataFrame,
    seniority: pd.Series | None = None,
) -> RepPart:
    """Return the reps' coefficients beyond what their leads explain.

    Every row counts once: rows that stand for several would look like more evidence
    than there is, and the level of young rows is taken off with the drift.

    Parameters
    ----------
    logit
        Log odds of each lead from a model that has not seen it, (n_rows,).
    won
        1.0 or 0.0, (n_rows,), in order of time.
    rep_id
        Who had the lead, (n_rows,).
    columns
        The lead's columns that may suit some reps.
    frame
        The leads' features, (n_rows,), as for
        :meth:`scoring.rep_effects.interaction_columns.MatchColumns.matrix`.
    seniority
        Seniority by rep id; None where nothing is known.
    """
    rep_ids, rep = np.unique(np.asarray(rep_id, dtype=object), return_inverse=True)
    known = None if seniority is None else seniority.reindex(rep_ids)
    levels = () if known is None else tuple(sorted(known.dropna().astype(int).unique()))
    level = position_of(known, levels, len(rep_ids))
    if len(rep_ids) < 2 or not has_both(won):
        return nothing_to_compare(rep_ids, rep, columns)
    offset = without_drift(logit, won)

    def rows_with(chosen: MatchColumns, some: np.ndarray | slice) -> TimedRows:
        matrix = chosen.matrix(frame.iloc[some], logit[some])
        table = np.column_stack([np.ones(len(matrix)), matrix])
        return TimedRows(offset[some], won[some], rep[some], len(rep_ids), table)

    sample = spread_out(len(won), MAX_SCREENED)
    screening = screen(rows_with(columns, sample).by_rep(), numbered(columns))
    columns = most_telling(columns, screening.feature_p)
    rows = rows_with(columns, slice(None))
    found = estimate(rows.by_rep(), numbered(columns), level, len(levels))
    lasting = persistence_of(rows, numbered(columns), level, len(levels))
    main, match = components(found, screening, lasting, rows.columns)
    share = np.r_[main.share, np.full(len(found.feature) - 1, match.share)]
    used = main.used or match.used
    return RepPart(
        rep_ids=tuple(rep_ids),
        n_leads=np.bincount(rep, minlength=len(rep_ids)),
        columns=columns,
        shared=found.shared * used,
        coefficient=found.deviation * share,
        error=main.error(found.error, found.deviation[:, 0]),
        levels=tuple(int(one) for one in levels),
        level=found.level_deviation * share,
        main=main,
        match=match,
        win_rates=win_rates(won, rep, len(rep_ids)),
    )


def nothing_to_compare(
    rep_ids: np.ndarray, rep: np.ndarray, columns: MatchColumns
) -> RepPart:
    """Return the part of reps who all count as average."""
    n_reps = len(rep_ids)
    nothing = Component(0.0, NOTHING_TO_TEST, 0.0, 0.0, used=False)
    return RepPart(
        rep_ids=tuple(rep_ids),
        n_leads=np.bincount(rep, minlength=n_reps),
        columns=columns.only(()),
        shared=np.zeros(1),
        coefficient=np.zeros((n_reps, 1)),
        error=np.zeros(n_reps),
        levels=(),
        level=np.zeros((0, 1)),
        main=nothing,
        match=nothing,
        win_rates=WinRates(0.0, 0.0, 1.0),
    )


def numbered(columns: MatchColumns) -> np.ndarray:
    """Return the feature of each coefficient, (1 + k,): 0 is the rep's own."""
    return np.r_[0, columns.feature]


def most_telling(columns: MatchColumns, p_value: np.ndarray) -> MatchColumns:
    """Return the features of the smallest p-values that fit into `MAX_COLUMNS`."""
    if not len(p_value):
        return columns
    width = np.bincount(columns.feature, minlength=len(p_value) + 1)[1:]
    order = np.argsort(p_value, kind="stable")
    fits = np.cumsum(width[order]) <= MAX_COLUMNS
    return columns.only([columns.names[one] for one in order[fits]])


def components(
    found: Estimate, screening: Screening, lasting: Persistence, table: np.ndarray
) -> tuple[Component, Component]:
    """Return both ways in which reps may differ, put to use unless there is nothing.

    There is nothing where neither is even suggestive although a spread of reps that
    matters would have shown.
    """
    covariance = found.whole_covariance
    moment = table[:, 1:].T @ table[:, 1:] / max(1, len(table))
    match_sd = np.sqrt(max(0.0, float(np.sum(covariance[1:, 1:] * moment))))
    main = Component(
        sd=float(np.sqrt(covariance[0, 0])),
        test=screening.main,
        belief=lasting.main.belief,
        persistence=lasting.main.slope,
        used=False,
    )
    match = Component(
        sd=float(match_sd),
        test=screening.match,
        belief=lasting.match.belief,
        persistence=lasting.match.slope,
        used=False,
    )
    some = main.test.suggestive or match.test.suggestive
    some |= main.test.detectable_sd > MATERIAL_SD
    return main.settled(some), match.settled(some)

"""Feature selection: the columns the model is fitted on, and why not the others."""

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from scoring.history.cells import has_value, kind
from scoring.lead_features.features import AGE, HOUR, SEASON, WEEKDAY, Features
from scoring.lead_features.fitting import fit_features
from scoring.lead_features.identifiers import why_identifier
from scoring.lead_features.people import why_personal
from scoring.leakage.alias import find_alias
from scoring.leakage.guard import make_guard

IDENTITY = frozenset(
    ["lead_id", "account_id", "company", "email", "phone", "current_rep_id"]
)
AFTER_ASSIGNMENT = frozenset(
    [
        "rep_id",
        "assigned_at",
        "outcome",
        "closed_at",
        "won_value",
        "origin",
        "first_response_at",
        "arm",
        "propensity",
    ]
)
DERIVED = frozenset([WEEKDAY, *HOUR, *SEASON])


def choose_features(
    history: pd.DataFrame,
    leads: pd.DataFrame | None,
    *,
    open_rows: pd.DataFrame | None = None,
    reps: pd.DataFrame | None = None,
    keep: Collection[str] = (),
    leave_out: Collection[str] = (),
) -> Features:
    """Return the columns that both history and the leads to score fill.

    Parameters
    ----------
    history
        Closed rows the model will be fitted on, in order of time, (n_rows,).
    leads
        Leads to be scored, (n_leads,): a column they lack would be known too
        late. `None` or no rows: history alone decides.
    open_rows
        Rows of history whose outcome is not known: what closed rows have and
        these lack came with the outcome.
    reps
        The day's reps: a column that repeats their names is the rep.
    keep
        Columns known to be filled in time, though they look like target leakage, or
        to be features, though they look like names, ids or free text.
    leave_out
        Columns not to be used.
    """
    to_score = history if leads is None or leads.empty else leads
    guard = make_guard(history, open_rows, leads)
    used: list[str] = []
    dropped: dict[str, str] = {}
    leaks: dict[str, str] = {}
    suspects: dict[str, str] = {}
    aliases: dict[str, str] = {}
    tells_rep: dict[str, str] = {}
    for name in candidates(history, to_score):
        reason = "left out by choice" if name in leave_out else None
        reason = reason or why_not_usable(history, name)
        leak = None if reason or name in keep else guard.find(name)
        if leak and leak.certain:
            leaks[name] = leak.reason
            reason = leak.reason
        reason = reason or why_not_known(history, to_score, name)
        alias = None if reason else find_alias(name, history, leads, reps)
        if alias and alias.certain and name not in keep:
            aliases[name] = reason = alias.reason
        if not reason and name not in keep:
            reason = why_personal(history[name]) or why_identifier(history[name])
        if reason:
            dropped[name] = reason
        else:
            used.append(name)
            suspects |= {name: leak.reason} if leak else {}
            tells_rep |= {name: alias.reason} if alias else {}
            suspects |= tells_rep
    fitted = fit_features(history, used)
    return replace(
        fitted,
        dropped=dropped | dict(fitted.dropped),
        leaks=leaks,
        suspects=suspects,
        aliases=aliases,
        tells_rep=tells_rep,
    )


def candidates(history: pd.DataFrame, leads: pd.DataFrame) -> list[str]:
    """Return the columns filled somewhere in either table, by name."""
    never = IDENTITY | AFTER_ASSIGNMENT | {"created_at"}
    names = sorted((set(history.columns) | set(leads.columns)) - never)
    return [n for n in names if has_value(history, n) or has_value(leads, n)]


def why_not_usable(history: pd.DataFrame, name: str) -> str | None:
    """Return why nothing can be fitted on this column, `None` if it may be."""
    if name in DERIVED or (
        name.startswith(AGE) and name[len(AGE) :] in history.columns
    ):
        return "has the name of a feature made of created_at"
    if not has_value(history, name):
        return "no value in the history"
    if history[name].nunique(dropna=False) == 1:
        return "the same in every row"
    return None


def why_not_known(history: pd.DataFrame, leads: pd.DataFrame, name: str) -> str | None:
    """Return why this column is not known of leads, `None` if it is."""
    if not has_value(leads, name):
        return "no value in the leads: not known when a lead is assigned"
    if kind(history[name]) != kind(leads[name]):
        return "numbers in one of leads and history, text in the other"
    return None

"""Past days as they were: their leads, the reps at work, and the eligible pairs.

Rules of today that history did not follow are left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import CrmData
from crm.zones import day_of
from scoring.history.rows import is_assigned
from solver.day.availability import at_work
from solver.day.eligibility import Eligibility, eligible_pairs
from solver.rules.base import Rule

MOST_BROKEN = 0.01
"""Share of leads that may break a rule which was in force."""


def past_days(
    crm: CrmData, since: pd.Timestamp, until: pd.Timestamp
) -> Iterator[CrmData]:
    """Yield the tables of every day on which leads were assigned, oldest first.

    They are as of the day's last assignment: the day's leads, and reps with the leads
    that were open in their books when the day began. Leads that reps found themselves
    were assigned by nobody. A lead that was assigned several times counts on its first
    day. A day on which leads were assigned was a working day.

    Parameters
    ----------
    crm
        Tables whose history holds the days.
    since, until
        First moment, and the moment before which the days end.
    """
    rows = first_assignments(crm.history)
    inside = (rows["assigned_at"] >= since) & (rows["assigned_at"] < until)
    rows = rows[inside]
    worked = replace(crm, calendar=crm.calendar.always_working())
    for date, today in rows.groupby(day_of(rows["assigned_at"]), sort=True):
        began = crm.calendar.start_of(date)
        leads, reps = _as_leads(crm, today), reps_on(crm, began)
        yield replace(worked, leads=leads, reps=reps, as_of=today["assigned_at"].max())


def first_assignments(history: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in which a lead was first assigned, in order of time."""
    rows = history[is_assigned(history)]
    ordered = rows.sort_values(["assigned_at", "lead_id", "rep_id"], kind="stable")
    return ordered.drop_duplicates("lead_id")


def eligibility_of(
    days: Iterable[CrmData], owner: Mapping[str, str], rules: Sequence[Rule]
) -> tuple[pd.DataFrame, dict[str, float]]:
    """Return the eligible pairs of past leads, and rules that were not in force.

    A rule of today that more leads break than `MOST_BROKEN` was not in force then.

    Parameters
    ----------
    days
        Past days with their leads.
    owner
        Lead id -> the rep it was assigned to.
    rules
        Hard rules that say which reps may have which leads.

    Returns
    -------
    pairs
        ``lead_id`` and ``rep_id`` of every pair allowed by the rules in force.
    not_followed
        Rules that were not in force: name -> share of the leads that break them.
    """
    past = [(crm, [_allowed(rule, crm) for rule in rules]) for crm in days]
    n_leads = sum(len(crm.leads) for crm, _ in past)
    n_broken = sum(_n_broken(crm, filters, owner) for crm, filters in past)
    share = np.broadcast_to(n_broken / max(n_leads, 1), len(rules))
    in_force = share <= MOST_BROKEN
    not_followed = {
        rule.name: float(part)
        for rule, part, is_in_force in zip(rules, share, in_force, strict=True)
        if not is_in_force
    }
    pairs = [_pairs(crm, filters, in_force) for crm, filters in past]
    return pd.concat(pairs), not_followed


def _allowed(rule: Rule, crm: CrmData) -> Eligibility:
    everyone = Eligibility.everyone(len(crm.leads), len(crm.reps))
    return rule.eligibility(crm) or everyone


def _as_leads(crm: CrmData, today: pd.DataFrame) -> pd.DataFrame:
    """Return rows of history in the columns of the table of leads."""
    leads = today.reindex(columns=crm.leads.columns).reset_index(drop=True)
    text = crm.leads.select_dtypes("object").columns
    return leads.astype(crm.leads.dtypes.to_dict()).fillna(dict.fromkeys(text, ""))


def reps_on(crm: CrmData, date: pd.Timestamp) -> pd.DataFrame:
    """Return the reps with the books they had; who got leads later was active."""
    reps, history = crm.reps, crm.history
    later = set(history.loc[history["assigned_at"] >= date, "rep_id"])
    active = reps["active"].astype(bool) | reps["rep_id"].isin(later)
    before = history["assigned_at"] < date
    still_open = before & ~(history["closed_at"] < date)
    n_open = history.loc[still_open, "rep_id"].value_counts()
    books = reps["rep_id"].map(n_open).fillna(0.0).astype(float)
    return reps.assign(active=active, open_leads=books)


def _n_broken(
    crm: CrmData, filters: Sequence[Eligibility], owner: Mapping[str, str]
) -> NDArray[np.int64]:
    """Return how many leads were assigned against each rule, (n_rules,).

    A rep whom the table of reps lacks breaks none.
    """
    rep_ids = pd.Index(crm.reps["rep_id"])
    owners = rep_ids.get_indexer(pd.Index(crm.leads["lead_id"].map(owner)))
    lead = np.flatnonzero(owners >= 0)
    rep = owners[lead].astype(np.int32)
    broken = [(~allowed.at(lead, rep)).sum() for allowed in filters]
    return np.array(broken, dtype=np.int64)


def _pairs(
    crm: CrmData, filters: Sequence[Eligibility], in_force: NDArray[np.bool_]
) -> pd.DataFrame:
    """Return the pairs that the rules in force allow."""
    held = [
        allowed for allowed, is_held in zip(filters, in_force, strict=True) if is_held
    ]
    every = np.ones(len(crm.leads), dtype=bool)
    indptr, rep = eligible_pairs(held, at_work(crm), every)
    lead = np.repeat(np.arange(len(crm.leads)), np.diff(indptr))
    lead_ids, rep_ids = crm.leads["lead_id"].to_numpy(), crm.reps["rep_id"].to_numpy()
    return pd.DataFrame({"lead_id": lead_ids[lead], "rep_id": rep_ids[rep]})

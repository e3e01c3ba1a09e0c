"""What the ledger should have been told: today's run, outcomes, a newer model."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from ledger.frames import frame_of
from ledger.measures import leaks as asked
from ledger.measures.lives import ENDS
from ledger.measures.numbers import columns_of, long_columns_of
from reporting.text.company.leaks import Concern
from runs.company.company import Company
from runs.kpi.lead_figures import wilson
from scenarios.leak_limits import LeakLimits

YOUNGEST, OLDEST = 30, 120
"""Days ago that the leads were assigned by which a model is judged."""
LEAST_LEADS = 200
"""Leads below which no drift is told."""


def of_run(connection: Connection, company: Company, day: date) -> Iterator[Concern]:
    """Yield that there is no run today, unless nobody works."""
    name = company.file.scenario.name
    last = connection.scalar(asked.last_day(name))
    if last != day and company.calendar.works_on(day):
        yield Concern("no_run", (name,), 0, {"last": last and str(last)})


def of_outcomes(
    connection: Connection, company: Company, day: date, limits: LeakLimits
) -> Iterator[Concern]:
    """Yield that no outcome was told for some days, since there are runs."""
    told, first = connection.scalar(asked.last_told()), asked.first_day()
    since = company.day(told) if told else connection.scalar(first)
    days = 0 if since is None else (day - since).days
    if days > limits.outcome_days:
        yield Concern("outcomes_stale", (), days, {"most": limits.outcome_days})


def of_model(
    connection: Connection, company: Company, day: date, limits: LeakLimits
) -> Iterator[Concern]:
    """Yield that the model of the last run is old; one trained by the run is not."""
    model = connection.scalar(asked.model_used(company.file.scenario.name))
    if not model:
        return
    known = frame_of(connection.execute(asked.fitted(model)).all(), asked.FITTED)
    is_known = len(known) > 0
    since = known["at"].iloc[0] if is_known else None
    fitted = connection.scalar(asked.first_used(model))
    if since is not None:
        fitted = company.day(since)
    days = (day - fitted).days
    if days > 7 * limits.model_weeks:
        figures = {"most": 7 * limits.model_weeks, "is_known": is_known}
        yield Concern("model_old", (model,), days, figures)


def of_drift(connection: Connection, day: date) -> Iterator[Concern]:
    """Yield that conversion left what the model expected, whatever open leads become.

    The interval reaches from that of leads won so far to that of leads not lost.
    """
    first, last = day - timedelta(days=OLDEST), day - timedelta(days=YOUNGEST)
    lead_ids, expected = columns_of(connection, asked.expected(first, last))
    index = pd.Index(lead_ids, dtype=object)
    leads = pd.DataFrame({"expected": expected}, index=index, dtype=float)
    leads = leads[~leads.index.duplicated()]
    if len(leads) < LEAST_LEADS:
        return
    ids, kinds, numbers = long_columns_of(connection, asked.ended(first, last))
    row = leads.index.get_indexer(pd.Index(ids, dtype=object))
    order = np.argsort(numbers, kind="stable")
    state = np.full(len(leads), -1)
    state[row[order]] = kinds[order]
    is_real = state != ENDS.index("merged")
    n = np.array([is_real.sum()])
    won, lost = ((state == ENDS.index(end)).sum() for end in ("won", "lost"))
    least, most = wilson(np.array([won]), n)[0][0], wilson(n - lost, n)[1][0]
    mean = leads["expected"][is_real].mean()
    if not least <= mean <= most:
        figures = {"first": str(first), "last": str(last), "expected": mean}
        yield Concern(
            "model_drift", (), int(n[0]), figures | {"least": least, "most": most}
        )

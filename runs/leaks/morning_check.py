"""The leak check: all that a person should look at this morning."""

from collections.abc import Iterator
from datetime import datetime

import pandas as pd

from reporting.text.company.leaks import LEAK_TEXT, Concern, MorningCheck
from runs.company.company import Company
from runs.kpi.reps import reps_of
from runs.leaks import open_work, records
from scenarios.leak_limits import LeakLimits

NO_REPS = "owners, since the table of reps cannot be read"


def check_morning(
    company: Company, limits: LeakLimits, now: datetime | None = None
) -> MorningCheck:
    """Return what leaks now, the gravest first.

    Parameters
    ----------
    now
        The moment that is looked from; by default this one.
    """
    moment = company.moment(now)
    reps, fault = reps_of(company)
    found = list(_of_records(company, limits, moment))
    if not fault:
        found += open_work.of_owners(
            company.ledger, reps, moment, company.day(moment), limits
        )
    order = list(LEAK_TEXT)
    return MorningCheck(
        scenario=company.file.scenario.name,
        day=str(company.day(moment)),
        leaks=tuple(sorted(found, key=lambda leak: order.index(leak.kind))),
        unknown=(f"{NO_REPS}: {fault}",) if fault else (),
    )


def _of_records(
    company: Company, limits: LeakLimits, moment: datetime
) -> Iterator[Concern]:
    now, day = pd.Timestamp(moment), company.day(moment)
    with company.ledger.reading() as connection:
        yield from records.of_run(connection, company, day)
        yield from open_work.of_clocks(connection, now)
        yield from open_work.of_nobody(connection, now, limits)
        yield from records.of_outcomes(connection, company, day, limits)
        yield from records.of_model(connection, company, day, limits)
        yield from records.of_drift(connection, day)

"""What an experiment has measured so far, where the ledger has its record."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pandas as pd

from runs.job.run import Run
from runs.prepared.ledger_place import is_there, ledger_place
from scenarios.schema import Scenario

DAYS_BACK = 180
"""Days of runs that count, today not among them."""


def measured_sentences(run: Run) -> Iterator[str]:
    """Yield the measured lift, or why there is none."""
    scenario = run.file.scenario
    if scenario.experiment is None:
        yield (
            "Nothing was measured: without a randomised share (experiment: in the "
            "scenario) nobody knows what would have been won otherwise."
        )
        return
    place = ledger_place(run.file)
    if place is None or not is_there(place):
        yield (
            "This run is part of an experiment; rightrep evaluate measures it once "
            "outcomes are known."
        )
        return
    from reporting import lift_sentences

    yield from lift_sentences(*_lift(run, scenario, place), DAYS_BACK)


def _lift(run: Run, scenario: Scenario, place: Any) -> tuple[Any, str]:
    from ledger import Ledger
    from runs.kpi.lift import lift_of
    from runs.kpi.lives import lives_of
    from runs.kpi.window import Window

    today = run.crm.today
    now = pd.Timestamp(run.crm.as_of).tz_convert("UTC").to_pydatetime(warn=False)
    first, last = today - timedelta(days=DAYS_BACK), today - timedelta(days=1)
    window = Window.of(run.crm.calendar, now, first, last)
    with Ledger(place) as ledger, ledger.reading() as connection:
        return lift_of(connection, lives_of(connection, window), scenario)

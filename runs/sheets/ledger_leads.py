"""The open leads of the ledger and their clocks, as sheets need them."""

from datetime import datetime

import pandas as pd

from ledger.frames import frame_of
from ledger.open_work import OPEN_WORK, known_columns, open_work
from runs.company.company import Company
from runs.service_levels.checking import clock_readings
from runs.service_levels.reps import reps_of
from runs.sheets.own_leads import OpenBook


def open_book(here: Company, moment: datetime) -> OpenBook:
    """Return who has which open lead at a moment, and when its first clock is due.

    Raises
    ------
    ScenarioError, DataError
        Where the scenario's reps cannot be read.
    """
    at, reps = pd.Timestamp(moment), reps_of(here)
    with here.ledger.reading() as connection:
        work = frame_of(connection.execute(open_work()).all(), OPEN_WORK)
        known = known_columns(connection, work["lead_id"].tolist())
        readings = list(clock_readings(connection, here, reps, at))
    due: dict[str, pd.Timestamp] = {}
    for reading in readings:
        for row in reading.running.to_dict("records"):
            lead_id = str(row["lead_id"])
            due[lead_id] = min(row["due_at"], due.get(lead_id, row["due_at"]))
    cells = {
        str(row["lead_id"]): {**(row["columns"] or {}), **_personal(row)}
        for row in known.to_dict("records")
    }
    return OpenBook(work, due, cells, at)


def _personal(row: dict) -> dict[str, str]:
    return {name: row[name] or "" for name in ("company", "email", "phone")}

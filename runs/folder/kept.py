"""A lead that a run left with the owner it had, read from the run folder."""

from datetime import tzinfo

import pandas as pd

from reporting.text.words.why import KeptLead
from runs.folder.day import refuse_changed
from runs.folder.reading import RunFolder

KEPT = "kept.csv"
COLUMNS = "lead_id", "rep_id", "started_at", "run_id", "reason", "duplicate_of", "same"


def kept_leads(run: RunFolder) -> list[KeptLead]:
    """Return the leads that took no slot of a run, with their owners.

    Raises
    ------
    DataError
        Where the table is missing or was changed.
    """
    refuse_changed(run, {KEPT}, "who kept which lead cannot be told")
    zone = run.crm.calendar.zone
    return [
        KeptLead(
            row["lead_id"],
            row["rep_id"],
            row["reason"],
            _moment(row["started_at"], zone),
            row["run_id"],
            row["duplicate_of"],
            row["same"],
        )
        for row in run.rows(KEPT, *COLUMNS)
    ]


def kept_lead(run: RunFolder, lead_id: str) -> KeptLead | None:
    """Return a lead that took no slot of a run; None where it is no such lead.

    Raises
    ------
    DataError
        As :func:`kept_leads`.
    """
    return next((kept for kept in kept_leads(run) if kept.lead_id == lead_id), None)


def _moment(text: str, zone: tzinfo) -> pd.Timestamp | None:
    return pd.Timestamp(text).tz_convert(zone) if text else None

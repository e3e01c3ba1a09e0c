"""How the tables were read, for machines."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from crm import CrmData
from crm.past_columns import PastColumns
from reporting.text.layout.json_record import record_of

PAST = "past"
NAMES = tuple(field.name for field in fields(PastColumns))


def reading_json(crm: CrmData) -> dict[str, Any]:
    """Return table name -> how it was read, complete.

    Where a model stands for the history, its columns are there under :data:`PAST`.
    """
    told = {name: record_of(reading) for name, reading in crm.readings.items()}
    return told if crm.past is None else told | {PAST: record_of(crm.past)}


def past_of(record: Mapping[str, Any]) -> PastColumns | None:
    """Return what stood for the history, by a record of :func:`reading_json`."""
    told = record.get(PAST)
    if not isinstance(told, Mapping) or told.keys() != {*NAMES}:
        return None
    return PastColumns(**told)

"""How the tables were read, for machines."""

from typing import Any

from crm import CrmData
from reporting.text.layout.json_record import record_of


def reading_json(crm: CrmData) -> dict[str, Any]:
    """Return table name -> how it was read, complete."""
    return {name: record_of(told) for name, told in crm.readings.items()}

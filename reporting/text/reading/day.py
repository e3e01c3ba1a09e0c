"""The company's day in words and as JSON: its zone, and whether it is worked."""

from typing import Any

from crm import CrmData
from crm.zones import moment_text


def day_text(crm: CrmData, *, is_given: bool) -> str:
    """Return the day of the allocation in one line.

    Parameters
    ----------
    is_given
        Whether the scenario names a calendar.
    """
    if not is_given:
        return f"{crm.today:%A} {crm.today} in UTC, as no `calendar` names a time zone"
    works = crm.calendar.works_on(crm.today)
    kind = "a working day" if works else "no working day"
    return f"{crm.today:%A} {crm.today} in {crm.calendar.time_zone}, {kind}"


def day_json(crm: CrmData) -> dict[str, Any]:
    """Return the day of the allocation for machines."""
    first, last = crm.calendar.span(crm.today)
    return {
        "date": crm.today.isoformat(),
        "time_zone": crm.calendar.time_zone,
        "starts": moment_text(first),
        "ends": moment_text(last),
        "is_working_day": crm.calendar.works_on(crm.today),
    }

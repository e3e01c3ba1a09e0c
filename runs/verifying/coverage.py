"""Every lead of the day in exactly one of the two tables."""

from collections import Counter
from collections.abc import Iterator

from crm import CrmData
from runs.experiment.recorded import Rows
from solver import known_reasons


def coverage_problems(crm: CrmData, assigned: Rows, unassigned: Rows) -> Iterator[str]:
    """Yield a sentence for each lead that is not in exactly one place, once."""
    counts = Counter(row["lead_id"] for row in [*assigned, *unassigned])
    for lead_id in crm.leads["lead_id"]:
        if counts[lead_id] == 0:
            yield f"lead {lead_id} is lost: neither assigned nor unassigned"
        elif counts[lead_id] > 1:
            yield f"lead {lead_id} is listed {counts[lead_id]} times"
    leads, reasons = set(crm.leads["lead_id"]), known_reasons()
    for row in unassigned:
        if row["lead_id"] not in leads:
            yield f"lead {row['lead_id']} is unassigned but not among the leads"
        if row["reason"] not in reasons:
            yield f"lead {row['lead_id']}: unknown reason {row['reason']!r}"

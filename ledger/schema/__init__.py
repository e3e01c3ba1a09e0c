"""The ledger's tables.

What happened is only ever added: runs, decisions, events and facts are never changed,
and an assignment only ends. Leads are the one table with personal data.
"""

from ledger.schema.leads import lead_keys, lead_versions, leads
from ledger.schema.metadata import METADATA
from ledger.schema.ownership import EVENTS, SUPERSEDED, assignments, decisions, events
from ledger.schema.reps import rep_facts
from ledger.schema.runs import models, runs, scenarios

__all__ = [
    "EVENTS",
    "METADATA",
    "SUPERSEDED",
    "assignments",
    "decisions",
    "events",
    "lead_keys",
    "lead_versions",
    "leads",
    "models",
    "rep_facts",
    "runs",
    "scenarios",
]

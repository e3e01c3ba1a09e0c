"""What runs decided, who owned which lead when, and what happened to leads."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from ledger.schema.metadata import METADATA, number, words
from ledger.schema.moment import UtcMoment

EVENTS = (
    *("assigned", "kept", "unassigned", "recalled", "reassigned", "overridden"),
    *("responded", "progressed", "won", "lost", "reopened", "credited"),
    *("merged", "parted", "warned", "escalated", "rep_off", "rep_on", "erased"),
)
"""Kinds of events."""
SUPERSEDED = "superseded"
"""Why an assignment of a run that is void has ended."""

decisions = Table(
    "decisions",
    METADATA,
    Column("run", ForeignKey("runs.number"), primary_key=True),
    Column("lead_id", ForeignKey("leads.lead_id"), primary_key=True, index=True),
    Column("kind", Text, nullable=False),
    Column("rep_id", Text, nullable=False, comment="Empty where unassigned."),
    Column("reason", Text, nullable=False),
    Column("p_convert", Float),
    Column("value", Float),
    Column("arm", Text, nullable=False),
    Column("propensity", Float),
    words("kind", "assigned", "kept", "unassigned"),
    CheckConstraint("(rep_id = '') = (kind = 'unassigned')", name="owner"),
)
_is_unassigned = text("kind = 'unassigned'")
Index(
    "decisions_unassigned",
    decisions.c.lead_id,
    sqlite_where=_is_unassigned,
    postgresql_where=_is_unassigned,
)

assignments = Table(
    "assignments",
    METADATA,
    number(),
    Column("lead_id", ForeignKey("leads.lead_id"), nullable=False, index=True),
    Column("rep_id", Text, nullable=False),
    Column("started_at", UtcMoment, nullable=False),
    Column("cause", Text, nullable=False, server_default="assigned"),
    Column("run", ForeignKey("runs.number"), comment="Empty where a person did it."),
    Column("after_run", Integer, comment="Then: the last run before."),
    Column("ended_at", UtcMoment),
    Column("end_cause", Text),
    Column("end_run", ForeignKey("runs.number"), comment="The run that ended it."),
    Column("end_after_run", Integer, comment="The last run before a person did."),
    CheckConstraint("rep_id <> ''", name="owner"),
    CheckConstraint("(ended_at IS NULL) = (end_cause IS NULL)", name="end"),
    CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="order"),
)

_is_current = assignments.c.ended_at.is_(None)
Index(
    "assignments_one_current_owner",
    assignments.c.lead_id,
    unique=True,
    sqlite_where=_is_current,
    postgresql_where=_is_current,
)
Index("assignments_of_rep", assignments.c.rep_id, assignments.c.started_at)
Index(
    "assignments_current_of_rep",
    assignments.c.rep_id,
    assignments.c.lead_id,
    assignments.c.ended_at,
    sqlite_where=_is_current,
    postgresql_where=_is_current,
)
_has_ended = assignments.c.ended_at.is_not(None)
Index(
    "assignments_ended",
    assignments.c.lead_id,
    sqlite_where=_has_ended,
    postgresql_where=_has_ended,
)

events = Table(
    "events",
    METADATA,
    number(),
    Column("at", UtcMoment, nullable=False),
    Column("recorded_at", UtcMoment, comment="Unknown before version 3."),
    Column("kind", Text, nullable=False),
    Column("lead_id", ForeignKey("leads.lead_id")),
    Column("rep_id", Text),
    Column("other", Text, comment="The lead or rep that it was before, or as well."),
    Column("value", Float, comment="Of a deal that was won."),
    Column("until", UtcMoment, comment="When it ends by itself."),
    Column("run", ForeignKey("runs.number")),
    Column("after_run", Integer, comment="Of no run: the last run before."),
    Column("actor", Text, nullable=False, comment="A run, or who did it."),
    Column("reason", Text, nullable=False, server_default=""),
    Column("content", Text, unique=True, comment="Hash; tells repeated events."),
    words("kind", *EVENTS),
)
Index("events_of_kind", events.c.kind, events.c.at)
Index("events_of_lead", events.c.lead_id, events.c.kind, events.c.number)

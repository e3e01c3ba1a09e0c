"""What is known of reps' days: absences, part-time, ramp-up, and their leaving."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Integer,
    Table,
    Text,
)

from ledger.schema.metadata import METADATA, number, words
from ledger.schema.moment import UtcMoment

rep_facts = Table(
    "rep_facts",
    METADATA,
    number(),
    Column("recorded_at", UtcMoment, nullable=False),
    Column("after_run", Integer, nullable=False, comment="The last run before."),
    Column("rep_id", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("from_day", Date, nullable=False),
    Column("to_day", Date, comment="The last day; empty for an open end."),
    Column("factor", Float, comment="Of the rep's daily capacity."),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("voids", ForeignKey("rep_facts.number"), comment="A fact that is void."),
    words("kind", "absent", "part_time", "ramp_up", "left", "void"),
    CheckConstraint("to_day IS NULL OR to_day >= from_day", name="order"),
    CheckConstraint("factor IS NULL OR (factor >= 0 AND factor <= 1)", name="factor"),
)

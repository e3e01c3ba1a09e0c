"""Leads, the one place of personal data, and the keys that find a lead again."""

from sqlalchemy import JSON, Column, ForeignKey, Index, Table, Text

from ledger.schema.metadata import METADATA, words
from ledger.schema.moment import UtcMoment

leads = Table(
    "leads",
    METADATA,
    Column("lead_id", Text, primary_key=True),
    Column("created_at", UtcMoment),
    Column("first_run", ForeignKey("runs.number"), nullable=False),
    Column("company", Text, nullable=False, server_default=""),
    Column("email", Text, nullable=False, server_default=""),
    Column("phone", Text, nullable=False, server_default=""),
    Column("columns", JSON, nullable=False, comment="The others, as text."),
    Column("erased_at", UtcMoment, comment="When its personal data were blanked."),
)

lead_keys = Table(
    "lead_keys",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True, comment="Normalised."),
    Column("lead_id", ForeignKey("leads.lead_id"), primary_key=True),
    words("kind", "email", "phone", "domain", "company"),
)
Index("lead_keys_of_lead", lead_keys.c.lead_id)

lead_versions = Table(
    "lead_versions",
    METADATA,
    Column("lead_id", ForeignKey("leads.lead_id"), primary_key=True),
    Column(
        "until_run",
        ForeignKey("runs.number"),
        primary_key=True,
        comment="The run that knew it otherwise.",
    ),
    Column("columns", JSON, nullable=False, comment="As they were before."),
)

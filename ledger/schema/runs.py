"""Runs with the text of their scenarios, and the models that they used."""

from sqlalchemy import (
    JSON,
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

scenarios = Table(
    "scenarios",
    METADATA,
    Column("scenario_id", Text, primary_key=True, comment="Hash of the text."),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False, comment="All of it, `extends` resolved."),
)

runs = Table(
    "runs",
    METADATA,
    number(),
    Column("run_id", Text, nullable=False, unique=True, comment="Hash of the input."),
    Column("scenario", Text, nullable=False),
    Column("scenario_id", ForeignKey("scenarios.scenario_id")),
    Column("day", Date, nullable=False, comment="The company's day.", index=True),
    Column("as_of", UtcMoment, nullable=False),
    Column("recorded_at", UtcMoment, comment="Unknown before version 2."),
    Column("actor", Text, nullable=False, server_default="", comment="Who ran it."),
    Column("status", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("objective", Float),
    Column("n_leads", Integer, nullable=False),
    Column("n_assigned", Integer, nullable=False),
    Column("n_kept", Integer, nullable=False),
    Column("n_unassigned", Integer, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("model_id", Text, nullable=False, server_default="", comment="Of models."),
    Column("supersedes", ForeignKey("runs.number"), comment="A run that is void."),
    CheckConstraint("n_leads = n_assigned + n_kept + n_unassigned", name="all_leads"),
)

models = Table(
    "models",
    METADATA,
    number(),
    Column("model_id", Text, nullable=False, comment="Hash of the file.", index=True),
    Column("at", UtcMoment, nullable=False, comment="The moment it was fitted for."),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("actor", Text, nullable=False),
    Column("figures", JSON, nullable=False, comment="Out of time, new and old."),
    words("verdict", "first", "better", "not_worse", "worse"),
)

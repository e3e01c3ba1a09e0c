"""The ledger's tables.

What happened is only ever added: runs, decisions and events are never changed, and an
assignment only ends. Leads are the one table with personal data.
"""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

from ledger.moment import UtcMoment

METADATA = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_name)s",
        "uq": "%(table_name)s_one_%(column_0_name)s",
        "ck": "%(table_name)s_%(constraint_name)s",
        "fk": "%(table_name)s_%(column_0_name)s_known",
        "pk": "%(table_name)s_key",
    }
)


def _number() -> Column[int]:
    return Column("number", Integer, Identity(), primary_key=True)


def _words(name: str, *words: str) -> CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{name} IN ({listed})", name=name)


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
    _number(),
    Column("run_id", Text, nullable=False, unique=True, comment="Hash of the input."),
    Column("scenario", Text, nullable=False),
    Column("scenario_id", ForeignKey("scenarios.scenario_id")),
    Column("day", Date, nullable=False, comment="The company's day."),
    Column("as_of", UtcMoment, nullable=False),
    Column("recorded_at", UtcMoment, comment="Unknown before version 2."),
    Column("status", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("objective", Float),
    Column("n_leads", Integer, nullable=False),
    Column("n_assigned", Integer, nullable=False),
    Column("n_kept", Integer, nullable=False),
    Column("n_unassigned", Integer, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("supersedes", ForeignKey("runs.number"), comment="A run that is void."),
    CheckConstraint("n_leads = n_assigned + n_kept + n_unassigned", name="all_leads"),
)

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
)

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
    _words("kind", "assigned", "kept", "unassigned"),
    CheckConstraint("(rep_id = '') = (kind = 'unassigned')", name="owner"),
)

assignments = Table(
    "assignments",
    METADATA,
    _number(),
    Column("lead_id", ForeignKey("leads.lead_id"), nullable=False, index=True),
    Column("rep_id", Text, nullable=False),
    Column("started_at", UtcMoment, nullable=False),
    Column("run", ForeignKey("runs.number"), comment="Empty where a person did it."),
    Column("ended_at", UtcMoment),
    Column("end_cause", Text),
    Column("end_run", ForeignKey("runs.number"), comment="The run that ended it."),
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

events = Table(
    "events",
    METADATA,
    _number(),
    Column("at", UtcMoment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("lead_id", ForeignKey("leads.lead_id"), index=True),
    Column("rep_id", Text),
    Column("run", ForeignKey("runs.number")),
    Column("actor", Text, nullable=False, comment="A run, or who did it."),
    Column("reason", Text, nullable=False, server_default=""),
    _words(
        "kind",
        *("assigned", "kept", "unassigned", "recalled", "reassigned", "overridden"),
        *("responded", "won", "lost", "credited", "merged", "rep_off", "rep_on"),
    ),
)
